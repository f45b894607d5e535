"""Families of names and of what looks like one, a few sentences of each, all written for this test.

The first word of a group says what makes the difference; what a sentence should yield stands behind it, nothing being
the most frequent answer: a wrong instrument is worse than none.
"""

from __future__ import annotations

import pytest

from analyzer.market.instruments import Basket, Catalogue, load_catalogue
from analyzer.market.mentions import find_mentions
from analyzer.model import Language


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return load_catalogue()


FAMILIES: dict[str, list[tuple[Language, str, list[str]]]] = {
    "another company, index or coin of a longer name": [
        ("en", "Samsung Biologics rose 4 percent.", []),
        ("en", "Sony Pictures bought the studio.", []),
        ("en", "The Citi Bike scheme expanded.", []),
        ("en", "Deutsche Bank Securities advised the sellers.", []),
        ("en", "Delivery Hero fell 5%, Barrick Gold 3%.", ["DHER.DE"]),
        ("en", "Premier Oil cut its debt.", []),
        ("en", "Bitcoin Cash fell 12 percent, Bitcoin 3 percent.", ["BTC-USD"]),
        ("en", "The Stoxx 600 autos index lost 4 percent.", []),
        ("en", "The Nasdaq Golden Dragon China Index jumped 9 percent.", []),
        ("en", "Tesla Shares Plunge 12% After Earnings Miss", ["TSLA"]),
        ("en", "NVIDIA SLUMPS AS DEEPSEEK STUNS WALL STREET", ["NVDA", "basket:us-market"]),
        ("en", "Copper CMCU3 slipped in London.", ["HG=F"]),
        ("de", "Ethereum Classic verdoppelte sich, Hyundai Mobis gewann 3 Prozent.", []),
        ("de", "In Tokio legte Toyota Industries um 10 Prozent zu.", []),
        ("de", "Der Stoxx 600 Banks stieg um 2 Prozent.", []),
        ("de", "Der Nikkei 300 fiel, der Dax 50 ESG stieg.", []),
        ("de", "Gestern verlor der Nikkei 300 Punkte.", ["^N225"]),
        ("de", "Bayer 04 verlor 0:3 gegen Mainz.", []),
        ("de", "Nvidias Börsenwert schrumpfte.", ["NVDA"]),
        ("de", "Der Porsche 911 ist schnell, im VW Golf sitzt man gut.", []),
    ],
    "persons, places, things, works": [
        ("en", "Harrison Ford earned 20 million dollars.", []),
        ("en", "President Ford pardoned his predecessor.", []),
        ("en", "A lawyer from Brent, aged 44, complained.", []),
        ("en", "Nike, the goddess of victory, has wings.", []),
        ("en", "The town of Santander voted.", []),
        ("en", "He drives a Ford and a Tesla.", []),
        ("en", "She wrote it on Facebook and watched a series on Netflix.", []),
        ("en", "The engine makes 300 HP and cost $3M.", []),
        ("en", "In Oliver Stone's film Wall Street, greed is good.", []),
        ("en", "Mercedes won the Grand Prix in Monza, Ferrari came second.", []),
        ("en", "He left Wall Street for a monastery.", []),
        ("de", "Ferdinand Porsche baute den Käfer. Porsche senkte die Prognose.", ["P911.DE"]),
        ("de", "Werner von Siemens gründete den Konzern.", []),
        ("de", "Die Familie Porsche verkaufte Aktien.", []),
        ("de", "Er fährt einen Mercedes.", []),
        ("de", "Der Roman „Wall Street“ erschien.", []),
        ("de", "Die glorreichen Sieben ritten ins Dorf, der Western wurde ein Klassiker.", []),
        ("de", "Gold bei Olympia: die Schwimmer jubeln.", []),
        ("de", "Ein Pfund Butter kostet 2 Euro, ein Pfund Kaffee 8 Euro.", []),
        ("de", "Kaffee kostet im Café jetzt fünf Euro.", []),
        ("de", "Der BND warnte die Regierung, und das AGG verbietet es.", []),
        ("de", "Forscher der ETH haben ein Modell gebaut.", []),
    ],
    "common words that are companies": [
        ("en", "Apple orchards in Kent lost a third of their crop.", []),
        ("en", "Apple warned that tariffs would cost it $900 million.", ["AAPL"]),
        ("en", "Nobody sells more phones than Apple.", ["AAPL"]),
        ("en", "Amazon tribes went to court over the new road.", []),
        ("en", "Amazon said sales rose 10 percent.", ["AMZN"]),
        ("en", "Oracle bones were found near the river.", []),
        ("en", "Visa applications from India tripled.", []),
        ("en", "Visa processed more payments than ever, and revenue rose.", ["V"]),
        ("en", "Target cut its sales forecast for the year.", ["TGT"]),
        ("en", "Retail giant Target saw its shares fall.", ["TGT"]),
        ("en", "Shell casings were found in the street.", []),
        ("en", "Block, the owner of Cash App, missed estimates.", ["XYZ"]),
        ("en", "Block trades fell by a third.", []),
        ("en", "Times Square was empty.", []),
        ("en", "The chip designer Arm raised its outlook.", ["ARM"]),
        ("en", "GM and Ford make fewer cars.", ["GM", "F"]),
        ("en", "GM crops are banned.", []),
        ("en", "Apple, Nike and Disney were hit hardest.", ["AAPL", "NKE", "DIS"]),
        ("de", "Die Allianz erhöht ihre Dividende.", ["ALV.DE"]),
        ("de", "Die Allianz zwischen CDU und FDP zerbrach.", []),
        ("de", "Bei der Allianz stieg der Gewinn.", ["ALV.DE"]),
        ("de", "Linde erhöhte die Prognose für den Gewinn.", ["LIN"]),
        ("de", "Die Linde vor dem Haus verlor ihre Blätter.", []),
        ("de", "Bei Linde brummt das Geschäft.", ["LIN"]),
        ("de", "Das Visa für China kostet 60 Euro.", []),
        ("de", "Puma senkte die Prognose, die Aktie brach ein.", ["PUM.DE"]),
        ("de", "Ein Puma lief durch den Wald.", []),
        ("de", "Conti streicht 3000 Stellen.", ["CON.DE"]),
    ],
    "who speaks, and who is listed where": [
        ("en", "Citi's economists see a recession.", ["USREC"]),
        ("en", "Goldman Sachs upgraded Tesla to buy.", ["TSLA"]),
        ("en", "Deutsche Bank fell 3 percent after a downgrade by JPMorgan.", ["DBK.DE"]),
        ("en", "UBS cut its year-end target for the S&P 500.", ["^GSPC"]),
        ("en", "HSBC said profits rose 5 percent.", ["HSBA.L"]),
        ("en", "JPMorgan reported a record profit.", ["JPM"]),
        ("en", "After S&P cut the rating, the Dow fell.", ["^DJI"]),
        ("en", "Moody's cut the rating of the United States.", []),
        ("en", "Nikkei reported that Nissan would cut jobs.", ["7201.T"]),
        ("en", "The Nikkei rose 2 percent.", ["^N225"]),
        ("en", "Shares are quoted on the Nasdaq and in London.", []),
        ("en", "Nasdaq-listed Tesla fell 4 percent.", ["TSLA"]),
        ("de", "Der Börsengang an der Nasdaq brachte 2 Milliarden ein.", []),
        ("de", "Die Nasdaq schloss im Minus.", ["^IXIC"]),
        ("de", "Laut Commerzbank steigt der Ölpreis.", ["BZ=F"]),
        ("de", "Goldman Sachs senkte das Kursziel für Siemens auf 200 Euro.", ["SIE.DE"]),
        ("de", "Der Versicherer Hannover Rück warnte.", ["HNR1.DE"]),
        ("de", "Wie die Wirtschaftszeitung Nikkei berichtet, plant Toyota Werke.", ["7203.T"]),
    ],
    "bonds by issuer and maturity": [
        ("en", "the yield on the 10-year US Treasury note rose to 4.6 percent", ["DGS10"]),
        ("en", "Buyers fled 30-year Treasuries.", ["DGS30"]),
        ("en", "The US 10-year climbed to 4.8 percent.", ["DGS10"]),
        ("en", "The two-year, which tracks the Fed, yields 3.9 percent.", ["DGS2"]),
        ("en", "Yields on 10-year and 30-year Treasuries rose.", ["DGS10", "DGS30"]),
        ("en", "Two-year gilts yielded 4 percent.", []),
        ("en", "Gilts of two years' maturity yielded 4.1 percent.", []),
        ("en", "Germany's 10-year yield rose to 2.9 percent.", ["IRLTLT01DEM156N"]),
        ("en", "The French 10-year yield rose to 3.4 percent.", []),
        ("en", "The two-year deal collapsed; a 10-year plan rose from the ashes.", []),
        ("en", "After a ten-year wait, shares rose 5 percent.", []),
        ("de", "zehnjährige Bundesanleihen rentierten mit 2,6 Prozent", ["IRLTLT01DEM156N"]),
        ("de", "Fünfjährige Bundesanleihen rentierten bei 2,3 Prozent.", []),
        ("de", "Dreißigjährige US-Anleihen rentierten mit 5 Prozent.", ["DGS30"]),
        ("de", "Die Rendite der US-Anleihen mit zehn Jahren Laufzeit stieg.", ["DGS10"]),
        ("de", "Die amerikanische Zehnjahresrendite stieg, die deutsche fiel.", ["DGS10"]),
        ("de", "Zweijährige kommen in die Krippe.", []),
        ("de", "Der Bund-Future stieg um 20 Ticks auf 132,10 Punkte.", []),
        ("de", "Die Rendite stieg auf 4²/₃ Prozent.", []),
    ],
    "currencies, pairs and prices": [
        ("en", "The Egyptian pound lost half its value.", []),
        ("en", "The Hong Kong dollar fell to the weak end of its band.", []),
        ("en", "Sterling fell to 1.15 euros.", ["EURGBP=X"]),
        ("en", "The euro climbed to 163 yen.", ["EURJPY=X"]),
        ("en", "The yen weakened past 150 to the dollar.", ["JPY=X"]),
        ("en", "The single currency bought $1.0715.", ["EURUSD=X"]),
        ("en", "The dollar's slide continued.", ["DX-Y.NYB"]),
        ("en", "Cable fell below 1.20.", ["GBPUSD=X"]),
        ("en", "The cable company cut prices.", []),
        ("en", "Traders pound the phones as shares fall.", []),
        ("en", "Dollar stores lost customers.", []),
        ("de", "Das ägyptische Pfund verlor die Hälfte.", []),
        ("de", "Der Franken wertete zum Euro auf.", ["EURCHF=X"]),
        ("de", "Der Euro kostete 0,94 Franken.", ["EURCHF=X"]),
        ("de", "Ein Euro kostete 1,08 Dollar.", ["EURUSD=X"]),
        ("de", "Weingüter in Franken klagen.", []),
        ("de", "Die Dollarschwäche half den Schwellenländern.", ["DX-Y.NYB"]),
    ],
    "regions": [
        ("en", "The Bank of Canada cut its key rate.", []),
        ("en", "The ECB cut its key rate to 2 percent.", ["ECBDFR"]),
        ("en", "The Bank of England raised Bank Rate to 5 percent.", ["BOERUKM"]),
        ("en", "Unemployment in Ohio fell.", []),
        ("en", "Canadian payrolls fell.", []),
        ("en", "Japanese regional banks fell.", []),
        ("en", "Russian crude traded at a discount.", []),
        ("de", "Die EZB tagte. Der Leitzins blieb unverändert.", ["ECBDFR"]),
        ("de", "Die Fed beließ ihren Leitzins bei 4,5 Prozent.", ["FEDFUNDS"]),
        ("de", "Die Inflation in Ägypten erreichte 38 Prozent.", []),
    ],
    "symbols, errors of writing, compounds, descriptions": [
        ("en", "He lost all his tsla gains.", ["TSLA"]),
        ("en", "GME rose 100% in a day.", ["GME"]),
        ("en", "The CMA dropped its probe.", []),
        ("en", "Nvida shares slumped.", ["NVDA"]),
        ("en", "Shares of Pay Pal tumbled 8%.", ["PYPL"]),
        ("en", "Goldman Sacks fell 4 percent.", ["GS"]),
        ("en", "The chief economist at First Trust Advisors has stated it.", []),
        ("en", "Ford recalled trucks. The carmaker's shares fell 3 percent.", ["F", "F"]),
        ("en", "Nvidia rose. Shares of the carmaker fell.", ["NVDA"]),
        ("de", "Unter dem Kürzel RHM wird gehandelt.", ["RHM.DE"]),
        ("de", "Der Indexfonds SPY verlor, die Halbleiter (SOXX) gewannen.", ["SPY", "SOXX"]),
        ("de", "Die Goldrally geht weiter, die Telekomaktie fiel.", ["GC=F", "DTE.DE"]),
        ("de", "Gold-Aktien und Bitcoin-Aktien sind billig. Der Ölstand im Motor ist niedrig.", []),
        ("de", "Die Lehman-Insolvenz erschütterte die Märkte.", ["LEH"]),
        ("de", "Anteilsscheine von Rheinmetall und Siemens-Titel waren gefragt.", ["RHM.DE", "SIE.DE"]),
        ("de", "Papiere des Autobauers BMW gaben nach.", ["BMW.DE"]),
        ("de", "BMW rief Wagen zurück. Die Papiere des Autobauers gaben nach.", ["BMW.DE", "BMW.DE"]),
        ("de", "Die Papiere des Autobauers gaben nach.", []),
        ("de", "Der Softwareriese aus Walldorf hob die Prognose.", ["SAP.DE"]),
        ("de", "Der weltgrößte Autobauer VW verlor.", ["VOW3.DE"]),
        ("de", "Die großen Tech-Konzerne Apple und Microsoft fielen.", ["basket:big-tech", "AAPL", "MSFT"]),
    ],
}  # fmt: skip
CASES = [(family, *case) for family, cases in FAMILIES.items() for case in cases]


@pytest.mark.parametrize(("family", "language", "text", "expected"), CASES, ids=[text[:40] for _, _, text, _ in CASES])
def test_a_family_is_read_as_a_reader_would(
    known: Catalogue, family: str, language: Language, text: str, expected: list[str]
) -> None:
    targets = [m.target for m in find_mentions(text, language, known)]
    keys = [f"basket:{t.id}" if isinstance(t, Basket) else t.symbol for t in targets]
    assert keys == expected, family
