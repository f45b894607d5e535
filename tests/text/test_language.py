from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from analyzer.errors import InputError
from analyzer.text.language import detect, require_supported

OTHERS = {
    "nl": "De Amsterdamse beurs is maandag met 2 procent gedaald. Die daling was de grootste in een jaar, want de "
    "beleggers zijn bang dat de rente nog verder zal stijgen. Wie had dat gedacht van die man?",
    "da": "Aktierne faldt mandag med to procent. Den store nedgang var den værste i et år, og der er mange, der tror, "
    "at det vil blive værre for alle. Man har ikke set det før.",
    "sv": "Börsen föll med två procent på måndagen, och det var den värsta nedgången på ett år. Det blir värre.",
    "fr": "La Bourse de Paris a chuté lundi de deux pour cent. C'est la pire baisse depuis un an, on a peur.",
    "es": "La Bolsa de Madrid cayó el lunes un dos por ciento. Es la peor caída en un año, y temen lo peor.",
    "af": "Dit was die ergste daling in 'n jaar, en beleggers is bang dat die rentekoers nog sal styg.",
    "pl": "Giełda spadła w poniedziałek o dwa procent. To był najgorszy spadek od roku, a inwestorzy boją się.",
}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Dax fiel am Montag um zwei Prozent. Die Anleger sind nervös.", "de"),
        ("Stocks fell two percent on Monday. Investors are nervous.", "en"),
        ("Nvidia stürzt ab, Dax bricht ein.", "de"),
        ("Nvidia loses 17 percent.", "en"),
        ("Wall Street slumps, Nvidia plunges 17%.", "en"),
        ("Der Dax fiel. Panik!", "de"),
        ("„It is over“, sagte er, und die Händler an der Wall Street wussten, dass es nicht vorbei war.", "de"),
    ],
)
def test_short_german_and_english_texts_are_told_apart(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_is_named_and_refused(language: str) -> None:
    assert detect(OTHERS[language]) == language
    with pytest.raises(InputError, match=rf"\({language}\).*--language|\"{language}\".*--language") as refused:
        require_supported(OTHERS[language], None)
    assert refused.value.code == "language"


def test_a_text_without_words_has_no_language() -> None:
    assert detect("17 % … 600!") == "und"
    with pytest.raises(InputError, match="no words"):
        require_supported("17 %", None)


def test_a_given_language_is_believed_when_it_is_read() -> None:
    assert require_supported("Stocks fell.", "de") == "de"
    assert require_supported("", "en-GB") == "en"
    assert require_supported("", "de_AT") == "de"
    with pytest.raises(InputError, match="French"):
        require_supported("Stocks fell.", "fr")
    with pytest.raises(InputError, match="deutsch"):
        require_supported("Stocks fell.", "deutsch")


def test_a_plain_commentary_is_told_without_loading_the_model() -> None:
    code = (
        "import sys; from analyzer.text.language import detect;"
        "assert detect('Der Dax fiel am Montag um zwei Prozent, und die Anleger sind nervös.') == 'de';"
        "assert not {'py3langid', 'numpy'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_real_article_is_told_right_whole_and_by_any_two_sentences(shared: Path) -> None:
    from analyzer.text.sentences import sentences

    for meta in sorted((shared / "articles").glob("*.meta.json")):
        language = json.loads(meta.read_text(encoding="utf-8"))["language"]
        text = meta.with_name(meta.name.replace(".meta.json", ".txt")).read_text(encoding="utf-8")
        assert detect(text) == language
        found = sentences(text, language)
        wrong = [a.of(text) for a, b in pairwise(found) if detect(text[a.start : b.end]) != language]
        assert wrong == []
