"""Names in sentences, all written for this test: found as what they mean, or not at all."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.market.instruments import Basket, Catalogue, Instrument, load_catalogue
from analyzer.market.mentions import Mention, find_mentions
from analyzer.model import Language


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return load_catalogue()


def shown(mention: Mention) -> str:
    """ "Nvidias = NVDA inflected"; a basket by its id, an inverse name with a minus."""
    key = mention.target.id if isinstance(mention.target, Basket) else mention.target.symbol
    return f"{mention.text} = {'-' if mention.inverse else ''}{key} {mention.certainty}"


FOUND: list[tuple[Language, str, list[str]]] = [
    # shares: genitives, compounds, ellipses, appositions
    (
        "de", "Nvidias Kurs fiel, die Nvidia-Aktie verlor 17 Prozent.",
        ["Nvidias = NVDA inflected", "Nvidia-Aktie = NVDA inflected"],
    ),
    ("de", "Der Chiphersteller Nvidia verlor 600 Mrd. Dollar an Börsenwert.", ["Nvidia = NVDA exact"]),
    (
        "de", "NVIDIA gab nach, und mit Nvidia\u00adaktien war nichts zu holen.",
        ["NVIDIA = NVDA exact", "Nvidia\u00adaktien = NVDA inflected"],
    ),
    (
        "de", "Broadcom-, Marvell- und Micron-Aktien brachen ein.",
        ["Broadcom = AVGO exact", "Marvell = MRVL exact", "Micron-Aktien = MU inflected"],
    ),
    ("de", "Die Aktie der Deutschen Bank stieg um 3 Prozent.", ["Deutschen Bank = DBK.DE inflected"]),
    ("de", "Siemens Energy stürzte ab, Siemens kaum.", ["Siemens Energy = ENR.DE exact", "Siemens = SIE.DE exact"]),
    ("de", "Die Tochter 1&1 und E.ON legten zu.", ["1&1 = 1U1.DE exact", "E.ON = EOAN.DE exact"]),
    ("en", "Nvidia's shares fell 17%. Apple Inc. rose.", ["Nvidia's = NVDA inflected", "Apple Inc = AAPL exact"]),
    (
        "en", "J.P. Morgan fell; so did JPMorgan Chase and JP Morgan.",
        ["J.P. Morgan = JPM exact", "JPMorgan Chase = JPM exact", "JP Morgan = JPM exact"],
    ),
    (
        "en", "The Facebook parent and the iPhone maker slipped.",
        ["Facebook parent = META exact", "iPhone maker = AAPL exact"],
    ),
    # symbols
    (
        "en", "Nvidia (NASDAQ: NVDA) fell, $TSLA rose, Ford (F) slid.",
        ["Nvidia = NVDA exact", "TSLA = TSLA exact", "Ford = F context"],
    ),
    ("en", "HSBC (0005.HK) fell 9 percent and ^GSPC 3 percent.", ["HSBC = 0005.HK exact", "^GSPC = ^GSPC exact"]),
    # words that mean other things too, with evidence
    ("de", "Meta verlor 5 Prozent.", ["Meta = META context"]),
    (
        "de", "Apple, Meta und Amazon standen im Mittelpunkt.",
        ["Apple = AAPL exact", "Meta = META context", "Amazon = AMZN exact"],
    ),
    ("de", "Die Allianz gegen den Terror hält. Die Allianz-Aktie stieg.", ["Allianz-Aktie = ALV.DE context"]),
    (
        "de", "Linde (-2,4 Prozent) und Bayer (+1 Prozent) bewegten den Dax.",
        ["Linde = LIN context", "Bayer = BAYN.DE context", "Dax = ^GDAXI exact"],
    ),
    ("en", "Target fell 4% after results. The target was missed.", ["Target = TGT context"]),
    ("en", "Shares of Shell gained, said the oil giant.", ["Shell = SHEL.L context"]),
    (
        "en", "Meta Platforms closed higher. Later, Meta went public with a plan.",
        ["Meta Platforms = META exact", "Meta = META context"],
    ),
    # indices, with their numbers
    (
        "de", "Der S&P-500-Index und der Euro-Stoxx-50 fielen.",
        ["S&P-500-Index = ^GSPC exact", "Euro-Stoxx-50 = ^STOXX50E exact"],
    ),
    (
        "de", "Die technologielastige Nasdaq verlor, der Nasdaq 100 auch.",
        ["technologielastige Nasdaq = ^IXIC exact", "Nasdaq 100 = ^NDX exact"],
    ),
    ("de", "Gestern verlor der Nasdaq 100 Punkte.", ["Nasdaq = ^IXIC exact"]),
    (
        "de", "Der deutsche Leitindex Dax und der MDAX fielen.",
        ["deutsche Leitindex Dax = ^GDAXI exact", "MDAX = ^MDAXI exact"],
    ),
    (
        "de", "Des Dax' Verluste, die Dax-Werte und der Dax-Wert Siemens.",
        ["Dax = ^GDAXI exact", "Dax-Werte = ^GDAXI inflected", "Siemens = SIE.DE exact"],
    ),
    ("de", "In Seoul sackte der Leitindex Kospi ab.", ["Leitindex Kospi = ^KS11 exact"]),
    (
        "de", "Der japanische Leitindex fiel, der südkoreanische Aktienmarkt auch.",
        ["japanische Leitindex = ^N225 inflected", "Aktienmarkt = ^KS11 context"],
    ),
    ("de", "Das Angstbarometer VIX sprang auf 38 Punkte.", ["Angstbarometer VIX = ^VIX exact"]),
    ("en", "S&P 500-listed companies; the S&P fell 2%.", ["S&P 500 = ^GSPC inflected", "S&P = ^GSPC context"]),
    (
        "en", "The Standard & Poor's 500 and the Russell 2000 rose.",
        ["Standard & Poor's 500 = ^GSPC exact", "Russell 2000 = ^RUT exact"],
    ),
    ("en", "The fear gauge jumped as the Dow fell.", ["fear gauge = ^VIX exact", "Dow = ^DJI exact"]),
    (
        "en", "Japan's stock market fell. The stock market in London did not.",
        ["stock market = ^N225 context", "stock market = ^FTSE context"],
    ),
    # baskets
    ("de", "KI-Aktien fielen, KI-Chips sind teuer.", ["KI-Aktien = ai-stocks exact"]),
    ("de", "Ein KI-Unternehmen verlor. Die KI-Unternehmen verloren.", ["KI-Unternehmen = ai-stocks exact"]),
    (
        "de", "Chipwerte und Halbleiteraktien brachen ein, asiatische Chipwerte auch.",
        ["Chipwerte = chip-stocks context", "Halbleiteraktien = chip-stocks context"],
    ),
    ("de", "Die Aktien der Chiphersteller brachen ein.", ["Chiphersteller = chip-stocks context"]),
    (
        "de", "Die glorreichen Sieben und die Mag7 verloren.",
        ["glorreichen Sieben = magnificent-seven inflected", "Mag7 = magnificent-seven exact"],
    ),
    (
        "de", "Chinesische Aktien stiegen, chinesischen Tech-Werten half das.",
        ["Chinesische Aktien = china-stocks exact", "chinesischen Tech-Werten = china-tech inflected"],
    ),
    (
        "de", "Deutsche Autowerte gaben nach: VW und BMW.",
        ["Deutsche Autowerte = german-autos exact", "VW = VOW3.DE exact", "BMW = BMW.DE exact"],
    ),
    (
        "de", "An der Wall Street ging es abwärts, die US-Banken hielten sich.",
        ["Wall Street = us-market context", "US-Banken = us-banks exact"],
    ),
    (
        "en", "Tech stocks sold off, Chinese tech stocks rose.",
        ["Tech stocks = big-tech context", "Chinese tech stocks = china-tech exact"],
    ),
    (
        "en", "Big Tech, the Magnificent Seven and regional banks fell.",
        ["Big Tech = big-tech exact", "Magnificent Seven = magnificent-seven exact",
         "regional banks = regional-banks exact"],
    ),
    (
        "en", "The market fell 5% once the S&P 500 had broken down.",
        ["The market = us-market context", "S&P 500 = ^GSPC exact"],
    ),
    # rates and bonds: the price of a bond is the other side of its yield
    (
        "de", "Die Rendite zehnjähriger US-Staatsanleihen stieg auf 4,5 Prozent.",
        ["Rendite zehnjähriger US-Staatsanleihen = DGS10 exact"],
    ),
    ("de", "Zehnjährige US-Staatsanleihen legten zu.", ["Zehnjährige US-Staatsanleihen = -DGS10 exact"]),
    ("de", "Die Zehnjährigen rentierten bei 4,3 Prozent.", ["Zehnjährigen = DGS10 context"]),
    (
        "de", "Der Bund-Future stieg, die Bundrendite fiel.",
        ["Bund-Future = -IRLTLT01DEM156N exact", "Bundrendite = IRLTLT01DEM156N exact"],
    ),
    (
        "en", "Treasuries rallied. Treasuries yielded 4 percent.",
        ["Treasuries = TLT exact", "Treasuries = DGS10 context"],
    ),
    ("en", "The yield on the 10-year Treasury note fell.", ["yield on the 10-year Treasury note = DGS10 exact"]),
    ("en", "Treasuries slumped, with 10-year yields below 3%.",
     ["Treasuries = -DGS10 context", "10-year yields = DGS10 context"]),
    ("de", "US-Staatsanleihen fielen, die zehnjährige Rendite stieg auf 3 Prozent.",
     ["US-Staatsanleihen = -DGS10 context", "zehnjährige Rendite = DGS10 context"]),
    ("en", "The yield on Treasuries fell.", ["Treasuries = DGS10 context"]),
    ("de", "Die EZB senkte den Leitzins auf 2 Prozent.", ["Leitzins = ECBDFR context"]),
    ("en", "The Fed funds rate stood at 5.3 percent.", ["Fed funds rate = FEDFUNDS exact"]),
    # macro: American by default, another region when the text says so
    ("de", "Die Inflation stieg auf 3 Prozent.", ["Inflation = CPIAUCSL context"]),
    ("de", "Die Inflationsrate in der Eurozone lag bei 2,2 Prozent.", ["Inflationsrate = CP0000EZ19M086NEST context"]),
    (
        "en", "German inflation eased as unemployment in the US rose.",
        ["German inflation = DEUCPIALLMINMEI exact", "unemployment = UNRATE context"],
    ),
    # commodities
    ("de", "Der Goldpreis stieg, Gold kostete 2.800 Dollar.", ["Goldpreis = GC=F exact", "Gold = GC=F context"]),
    ("de", "Anleger flüchteten in Gold und den Yen.", ["Gold = GC=F context", "Yen = -JPY=X exact"]),
    ("de", "Des Ölpreises Anstieg; Rohöl verteuerte sich.", ["Ölpreises = BZ=F inflected", "Rohöl = BZ=F exact"]),
    ("en", "Gold rose 2% to $2,900 an ounce; U.S. crude fell.", ["Gold = GC=F context", "U.S. crude = CL=F exact"]),
    ("en", "Oil fell 3%, Brent less.", ["Oil = CL=F context", "Brent = BZ=F context"]),
    # currencies and pairs
    ("de", "Der Euro fiel auf 1,03 Dollar.", ["Euro = EURUSD=X context"]),
    ("de", "Endlich fällt der Euro wieder.", ["Euro = EURUSD=X context"]),
    ("de", "Seit Monaten steigt der Dollar.", ["Dollar = DX-Y.NYB context"]),
    ("de", "Der Euro verlor gegenüber dem Dollar 2 Prozent.", ["Euro = EURUSD=X context"]),
    ("de", "Der Dollar stieg gegenüber dem Yen.", ["Dollar = JPY=X context"]),
    ("de", "Der Franken wertete gegenüber dem Euro auf.", ["Franken = -EURCHF=X context"]),
    (
        "de", "Eine Abwertung des Rubels und ein schwacher Dollar.",
        ["Rubels = -RUB=X inflected", "Dollar = DX-Y.NYB context"],
    ),
    (
        "en", "The greenback slid and the pound collapsed to $1.35.",
        ["greenback = DX-Y.NYB exact", "pound = GBPUSD=X context"],
    ),
    # crypto
    (
        "de", "Der Bitcoin fiel, die älteste und bekannteste Kryptowährung.",
        ["Bitcoin = BTC-USD exact", "älteste und bekannteste Kryptowährung = BTC-USD exact"],
    ),
    (
        "en", "Bitcoin fell below $60,000 and cryptocurrencies followed.",
        ["Bitcoin = BTC-USD exact", "cryptocurrencies = crypto exact"],
    ),
    # misspelt
    ("de", "Infinion fiel um 4 Prozent.", ["Infinion = IFX.DE fuzzy"]),
    ("en", "Broadocm shares fell.", ["Broadocm = AVGO fuzzy"]),
]  # fmt: skip

NOT_FOUND: list[tuple[Language, str]] = [
    # money, units, coins
    ("de", "Das Buch kostet 60 Euro, das Werk 5 Mio. Euro und 600 Milliarden Dollar."),
    ("de", "Je Block gibt es 50 Bitcoin; die Bitcoins liegen im Wallet."),
    ("en", "It cost a dollar; sixty dollars per share; revenue in US dollar."),
    ("en", "He owns 3 bitcoin and 100 euro."),
    # other meanings
    ("de", "Sie gewann Gold bei den Spielen und hat ein Herz aus Gold. Die goldene Regel."),
    ("de", "Reden ist Silber, Schweigen ist Gold."),
    ("de", "Eine Meta-Analyse mit Alphabet und Visum. Jeder Bayer liebt die Linde am Tor."),
    ("de", "Die Allianz der Willigen traf sich. Wer Visa braucht, wartet."),
    ("de", "Der Nvidia-Chef lobte die Nvidia-Chips; die Apple- und Google-Chefs schwiegen."),
    ("de", "Der Amazonas und die Arme der Elbe. Ätherisches Öl, Salatöl."),
    ("en", "Block out the noise. Target practice. Shell companies. Visa rules. Alphabet soup."),
    ("en", "A heart of gold, golden times, the gold standard, liquid gold."),
    ("en", "Amazon rainforest fires; the Oracle of Omaha; Harrison Ford; the Ford Foundation."),
    ("en", "Oil producers and oil storage; copper pipes; a silver lining; olive oil."),
    ("en", "They made a crude attempt to buck the trend. A sterling idea."),
    # newspapers, agencies, cited banks
    ("en", "The Wall Street Journal and Dow Jones Newswires reported."),
    ("de", "Standard & Poor's und S&P stuften Frankreich herab."),
    ("de", "Analysten von Goldman Sachs und Alexander Beispiel von der Bank of America raten zum Kauf."),
    ("en", "JPMorgan strategists and Morgan Stanley expect growth."),
    ("de", "Die Fed und die US-Notenbank tagten. Moody's zögert."),
    # one company is no basket, another region is another thing
    ("de", "Der Chiphersteller verlor am Montag 17 Prozent."),
    ("de", "Asiatische Chipwerte litten. Europäische Tech-Werte auch."),
    ("de", "Die Inflation in der Türkei erreichte 60 Prozent. In Russland ist die Inflation höher."),
    ("de", "Die Börse ist keine Einbahnstraße."),
    ("en", "The S&P 600 and the FTSE 250 rose."),
    # parts of words, domains, addresses, acronyms
    ("en", "See nvidia.com and mail to ir@apple.com or www.Oracle.example."),
    ("en", "Nvidias-like; Nvidiax; CHECK_GE; Universal Serial Bus (USB)."),
    ("de", "Daxler und Goldmann aßen Bayerisch; Europa und Eurovision."),
    ("en", "Give us inflation-free apples, and meta targets shell out visa fees."),
    # near a name, but a word of its own
    ("de", "Die Moderne begann früh und stieg auf. Philipps fiel."),
    ("en", ""),
    ("de", "   \n\n  "),
]


@pytest.mark.parametrize(("language", "text", "expected"), FOUND, ids=[text[:40] for _, text, _ in FOUND])
def test_a_name_is_found_as_what_it_means(known: Catalogue, language: Language, text: str, expected: list[str]) -> None:
    assert [shown(m) for m in find_mentions(text, language, known)] == expected


@pytest.mark.parametrize(("language", "text"), NOT_FOUND, ids=[text[:40] for _, text in NOT_FOUND])
def test_a_word_that_is_no_instrument_here_is_not_found(known: Catalogue, language: Language, text: str) -> None:
    assert [shown(m) for m in find_mentions(text, language, known)] == []


def test_the_tables_are_large_enough() -> None:
    assert len(FOUND) + len(NOT_FOUND) >= 90
    assert len(NOT_FOUND) >= (len(FOUND) + len(NOT_FOUND)) * 0.3
    assert {language for language, *_ in FOUND} == {"de", "en"}


def test_the_choice_among_several_meanings_is_seen_in_the_candidates(known: Catalogue) -> None:
    (inflation,) = find_mentions("Die Inflation stieg auf 3 Prozent.", "de", known)
    symbols = [c.symbol for c in inflation.candidates if isinstance(c, Instrument)]
    assert symbols[0] == "CPIAUCSL"
    assert {"CP0000EZ19M086NEST", "DEUCPIALLMINMEI"} <= set(symbols)
    (nasdaq,) = find_mentions("Die Nasdaq fiel.", "de", known)
    assert [c.symbol for c in nasdaq.candidates if isinstance(c, Instrument)] == ["^IXIC", "^NDX"]
    (gold,) = find_mentions("Der Goldpreis fiel.", "de", known)
    assert [c.symbol for c in gold.candidates if isinstance(c, Instrument)] == ["GC=F", "GLD"]


def test_the_paragraph_says_which_exchange_is_meant(known: Catalogue) -> None:
    german = "Der Dax fiel, Siemens auch. Die Börse reagierte nervös."
    american = "Der Dow fiel, Apple auch. Die Börse reagierte nervös."
    mixed = "Der Dax fiel, der Dow auch. Die Börse reagierte nervös."
    said = [[shown(m) for m in find_mentions(t, "de", known) if m.text == "Börse"] for t in (german, american, mixed)]
    assert said == [["Börse = ^GDAXI context"], ["Börse = us-market context"], []]


def test_offsets_count_code_points_and_the_text_is_verbatim(known: Catalogue) -> None:
    text = (
        "📉 Über Nacht verlor »Nvi\u00addia« 17\u202fProzent; der S&P\u00a0500, Suess Microtec, Muenchener Rueck auch."
    )
    found = find_mentions(text, "de", known)
    assert [m.text for m in found] == ["Nvi\u00addia", "S&P\u00a0500", "Suess Microtec", "Muenchener Rueck"]
    assert all(text[m.start : m.end] == m.text for m in found)


def test_a_users_instrument_is_found_in_a_text(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "instruments:\n"
        "  VBK.DE: {name: Verbio, kind: equity, exchange: XFRA, ambiguous: [Biosprit], context: [Zörbig]}\n"
        "not_instruments: [Verbio Straße]\n",
        encoding="utf-8",
    )
    catalogue = load_catalogue((path,))
    text = "Verbios Kurs fiel. Die Verbio Straße ist gesperrt."
    assert [shown(m) for m in find_mentions(text, "de", catalogue)] == ["Verbios = VBK.DE inflected"]
    assert find_mentions("Biosprit ist teuer.", "de", catalogue) == ()
    assert [shown(m) for m in find_mentions("Biosprit aus Zörbig", "de", catalogue)] == ["Biosprit = VBK.DE context"]


@given(st.text(alphabet="Nvidia Gold Euro Dax 10%-'’.&$()\n 500S&P", max_size=60), st.sampled_from(["de", "en"]))
def test_any_text_gives_ordered_mentions_without_overlap(text: str, language: Language) -> None:
    found = find_mentions(text, language, load_catalogue())
    assert all(m.text and text[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_real_commentary_is_read_as_a_reader_would(known: Catalogue, shared: Path) -> None:
    seed = (shared / "articles" / "00-seed.txt").read_text(encoding="utf-8")
    found = [shown(m).rsplit(" ", 1)[0] for m in find_mentions(seed, "de", known)]
    assert found.count("Nvidia = NVDA") == 2
    assert {"KI-Aktien = ai-stocks", "KI-Unternehmen = ai-stocks", "KI-Werte = ai-stocks"} <= set(found)
    assert not any("Dollar" in f or f.startswith("KI-Chips") for f in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yields on the cash note US10YT=RR fell 21 basis points.", ["US10YT=RR = DGS10 exact"]),
        (
            "The Nikkei .N225 lost 8 percent and crude CLc1 shed $2.02.",
            ["Nikkei = ^N225 exact", "crude = CL=F context"],
        ),
        ("The dollar JPY= fell to 101.52.", ["dollar JPY= = JPY=X context"]),
        ("Sterling GBP=D4 dived.", ["GBP=D4 = GBPUSD=X exact"]),
        ("Shares of BASFn.DE and the ratio A=B12 are no codes of the table.", []),
    ],
)
def test_codes_of_agencies(text: str, expected: list[str], known: Catalogue) -> None:
    assert [shown(m) for m in find_mentions(text, "en", known)] == expected
