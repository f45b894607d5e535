from __future__ import annotations

from datetime import date

import pytest

from analyzer.errors import InputError
from analyzer.text.html_page import looks_like_html, read_html

BODY = """<article><h1>Kursrutsch</h1>
<p>Nvidia fiel am&nbsp;Montag um 17 Prozent &ndash; so viel wie nie zuvor an einem einzigen Tag.</p>
<p>Die <b>Anleger</b> flohen, und der Dax verlor 2,1 Prozent.</p></article>"""


def page(body: str = BODY, head: str = "", *, charset: str = "utf-8") -> bytes:
    frame = '<!DOCTYPE html><html lang="en"><head><meta charset="{}">{}</head><body>{}</body></html>'
    navigation = '<nav><a href="/">Start</a></nav>', "<footer>Impressum 2024, alle Rechte vorbehalten</footer>"
    return frame.format(charset, "<title>Kursrutsch | Zeitung</title>" + head, body.join(navigation)).encode(charset)


def read(raw: bytes) -> str:
    return read_html(raw, "page.html")[0]


def test_the_main_text_is_read_without_navigation_in_blocks_apart() -> None:
    assert read(page()).replace("\u00a0", " ").split("\n\n") == [
        "Kursrutsch",
        "Nvidia fiel am Montag um 17 Prozent – so viel wie nie zuvor an einem einzigen Tag.",
        "Die Anleger flohen, und der Dax verlor 2,1 Prozent.",
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>SECRET</p>",
        '<p style="color:red; display : none">SECRET</p>',
        '<div style="visibility:hidden"><p>SECRET</p></div>',
        '<p style="font-size:0px">SECRET</p>',
        '<p style="position:absolute;left:-9999px">SECRET</p>',
        "<!-- <p>SECRET</p> -->",
        "<template><p>SECRET</p></template>",
        "<noscript><p>SECRET</p></noscript>",
        "<style>/* x */ .a, #gone { display:none }</style><p id='gone'>SECRET</p>",
        "<script>document.write('SECRET')</script>",
    ],
)
def test_what_a_reader_does_not_see_is_not_in_the_text(hidden: str) -> None:
    text = read(page(BODY.replace("<p>Die", f"{hidden}<p>Die")))
    assert "SECRET" not in text
    assert "Die Anleger flohen" in text


@pytest.mark.parametrize(
    "style",
    ["opacity:0.8", "font-size:0.9em", "left:-10px", "display:block"],
)
def test_what_is_only_styled_stays(style: str) -> None:
    sheet = "<style>@media print { .a { display:none } } .b p {display:none}</style>"
    assert "bleibt stehen" in read(
        page(BODY + f'{sheet}<p class="a" style="{style}">Das bleibt stehen, und zwar ganz.</p>')
    )


def test_title_author_and_outlet_come_from_the_head() -> None:
    head = '<meta name="author" content="Eva Muster"><meta property="og:site_name" content="Zeitung">'
    _, metadata = read_html(page(head=head), "page.html")
    assert (metadata.title, metadata.author, metadata.outlet) == ("Kursrutsch", "Eva Muster", "Zeitung")
    assert metadata.language is None


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta property="article:published_time" content="2025-01-28T23:30:00+01:00">', date(2025, 1, 28)),
        ('<meta name="date" content="2025/01/28">', date(2025, 1, 28)),
        ('<script type="application/ld+json">{"@graph":[{"@type":"Report","datePublished":"2025-01-28"}]}</script>',
         date(2025, 1, 28)),
        ('<script type="application/ld+json">[{"@type":"NewsArticle","datePublished":"2025-01-28"},'
         '{"@type":"NewsArticle","datePublished":"2024-01-28"}]</script>', None),
        ('<script type="application/ld+json">{"@type":"WebPage","datePublished":"2025-01-28"}</script>', None),
        ('<script type="application/ld+json">{broken</script>', None),
        ('<meta property="article:modified_time" content="2025-01-28">', None),
        ('<meta name="date" content="28.01.2025">', None),
        ("", None),
    ],
)  # fmt: skip
def test_only_a_stated_date_of_publication_counts(head: str, expected: date | None) -> None:
    body = BODY + "<p>Stand: 3. März 2023. Copyright 2022.</p>"
    _, metadata = read_html(page(body, head), "page.html")
    assert metadata.published == expected
    assert metadata.published_from == ("html_meta" if expected else None)


def test_a_time_element_marked_as_publication_counts() -> None:
    _, metadata = read_html(
        page(f'<time itemprop="datePublished" datetime="2025-01-28">gestern</time>{BODY}'), "page.html"
    )
    assert metadata.published == date(2025, 1, 28)


def test_declared_and_undeclared_encodings_are_read() -> None:
    assert "größte Škoda" in read(page(BODY.replace("so viel", "größte Škoda"), charset="windows-1250"))
    assert "größte" in read(page(BODY.replace("so viel", "größte"), charset="iso-8859-1"))
    wrong = page(BODY.replace("so viel", "größte")).replace(b'charset="utf-8"', b'charset="koi8-u8"')
    assert "größte" in read(wrong)
    assert "größte" in read(b'<?xml version="1.0" encoding="utf-8"?>' + page(BODY.replace("so viel", "größte")))


@pytest.mark.parametrize(
    "raw", [b"<html><body></body></html>", b"<html></html>", b"<!-- x -->", b"<p hidden>Weg damit</p>"]
)
def test_a_page_without_text_is_empty(raw: bytes) -> None:
    with pytest.raises(InputError) as refused:
        read_html(raw, "page.html")
    assert refused.value.code == "empty"
    assert "page.html" in str(refused.value)


def test_a_page_is_known_by_its_beginning() -> None:
    assert looks_like_html("\n<!-- a -->\n<!DOCTYPE HTML><html>")
    assert looks_like_html('<?xml version="1.0"?><html>')
    assert not looks_like_html("Der <b>Dax</b> fiel. <html>")
