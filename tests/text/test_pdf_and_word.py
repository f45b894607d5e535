"""PDFs are written by hand here, byte by byte: pypdf reads and encrypts, it does not draw."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfReader, PdfWriter

from analyzer.errors import InputError
from analyzer.text.align import locate
from analyzer.text.documents import Document, read_document

INFO = "/Title (Kursrutsch) /Author (Eva M.) /Subject (SECRET) /CreationDate (D:20250127101010+01'00')"
LINES = [
    "Frankfurt, 27. Januar 2025",
    "Der Dax fiel um 2,1 Prozent – die Bör-",
    "sianer zittern. Nvidia \x01el um 17 %.",
]
W = nsdecls("w")


def pdf(lines: list[str], info: str = INFO) -> bytes:
    """One page of text in Helvetica; byte 1 draws the ligature fi."""
    shown = [line.encode("cp1252").replace(b"(", b"\\(") for line in lines]
    content = b"BT /F1 12 Tf 14 TL 72 720 Td " + b" T* ".join(b"(%s) Tj" % line for line in shown) + b" ET"
    encoding = b"<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [1 /fi] >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>"
        b" >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content if lines else b" " * len(content)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding %s >>" % encoding,
        b"<< %s >>" % info.encode("cp1252"),
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer\n<< /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 7\n0000000000 65535 f \n" + table + trailer


def encrypted(raw: bytes, password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(raw)))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    return saved(writer.write)


def saved(save: Any) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


def read(raw: bytes, limit: int = 10_000_000) -> Document:
    return read_document("-", max_bytes=limit, stdin=io.BytesIO(raw))


def code_of(raw: bytes, limit: int = 10_000_000) -> str:
    with pytest.raises(InputError) as refused:
        read(raw, limit)
    return refused.value.code


def damaged(raw: bytes, seed: int) -> bytes:
    chance, copy = random.Random(seed), bytearray(raw)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(copy))
        copy[at : at + chance.choice([1, 30])] = chance.randbytes(1)
    return bytes(copy)


def test_a_pdf_keeps_its_lines_and_its_quotes_are_found_through_them(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(LINES))
    document = read_document(str(tmp_path / "a.pdf"), max_bytes=10_000)
    assert document.text == "\n".join(LINES).replace("\x01", "ﬁ")
    assert document.media_type == "application/pdf"
    assert locate("die Börsianer zittern. Nvidia fiel um 17 %.", document.text) is not None
    assert locate("die Börsianer zittern. Nvidia fiel um 11 %.", document.text) is None


def test_the_metadata_of_a_pdf_do_not_reach_its_text() -> None:
    document = read(pdf(LINES))
    assert (document.metadata.title, document.metadata.author) == ("Kursrutsch", "Eva M.")
    assert "SECRET" not in document.text
    assert "Eva" not in document.text


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("27. Januar 2025", date(2025, 1, 27)),
        ("January 27, 2025", date(2025, 1, 27)),
        ("27.1.2025", date(2025, 1, 27)),
        ("Der Dax fiel.", None),
        ("27.01.25, 10:10", None),
        ("127.1.2025", None),
    ],
)
def test_the_day_a_pdf_was_made_is_its_date_only_when_the_text_says_so(line: str, expected: date | None) -> None:
    metadata = read(pdf([line])).metadata
    assert metadata.published == expected
    assert metadata.published_from == ("pdf_info" if expected else None)


def test_a_pdf_with_a_password_is_refused_and_one_with_an_empty_password_is_read() -> None:
    assert code_of(encrypted(pdf(LINES), "secret")) == "encrypted"
    assert "2,1 Prozent" in read(encrypted(pdf(LINES), "")).text


def test_a_pdf_without_text_is_said_to_be_a_scan() -> None:
    with pytest.raises(InputError, match=r"no text on its 1 page: it is probably a scan.*ocrmypdf") as refused:
        read(pdf([]))
    assert refused.value.code == "no_text"


def test_a_broken_pdf_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"no pdf at all")
    with pytest.raises(InputError, match=r"a\.pdf is a broken PDF"):
        read_document(str(tmp_path / "a.pdf"), max_bytes=10_000)
    assert code_of(pdf(LINES)[:300]) == "broken"


def word(*blocks: str) -> bytes:
    document = docx.Document()
    document.add_heading("Kursrutsch", 1)
    document.add_paragraph("Der Dax fiel um 2,1 Prozent.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Dax", "17.297"
    document.add_paragraph("Danach\nstieg er.")
    for block in blocks:
        document.element.body.insert(0, parse_xml(block))
    document.core_properties.title, document.core_properties.author = "Titel", "Eva M."
    return saved(document.save)


def test_paragraphs_and_tables_of_a_word_document_come_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(word())
    document = read_document(str(tmp_path / "a.docx"), max_bytes=1_000_000)
    assert document.text == "Kursrutsch\n\nDer Dax fiel um 2,1 Prozent.\n\nDax | 17.297\n\nDanach\nstieg er."
    assert (document.metadata.title, document.metadata.author) == ("Titel", "Eva M.")
    assert document.metadata.published is None


def test_inserted_text_is_read_and_deleted_and_hidden_text_is_not() -> None:
    block = f"""<w:p {W}><w:pPr><w:rPr/></w:pPr><w:ins w:id="1" w:author="a"><w:r><w:t>NEW</w:t></w:r></w:ins>
      <w:del w:id="2" w:author="a"><w:r><w:delText>SECRET</w:delText></w:r></w:del>
      <w:moveFrom w:id="3" w:author="a"><w:r><w:t>SECRET</w:t></w:r></w:moveFrom>
      <w:r><w:rPr><w:vanish/></w:rPr><w:t>SECRET</w:t></w:r>
      <w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> SHOWN</w:t></w:r>
      <w:hyperlink><w:r><w:t xml:space="preserve"> LINK</w:t><w:tab/><w:t>x</w:t></w:r></w:hyperlink></w:p>"""
    control = f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>CONTROL</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    text = read(word(block, control)).text
    assert text.startswith("CONTROL\n\nNEW SHOWN LINK\tx\n\nKursrutsch")
    assert "SECRET" not in text


def test_a_zip_that_is_no_word_document_and_a_broken_one_are_refused(tmp_path: Path) -> None:
    def archive(stream: io.BytesIO, name: str) -> None:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as opened:
            opened.writestr(name, b"<x>" + bytes(50_000))

    assert code_of(saved(lambda stream: archive(stream, "mimetype"))) == "binary"
    assert code_of(saved(lambda stream: archive(stream, "word/document.xml"))) == "broken"
    assert code_of(saved(lambda stream: archive(stream, "word/document.xml")), limit=4_000) == "too_large"
    (tmp_path / "a.docx").write_text("no archive")
    with pytest.raises(InputError, match=r"a\.docx is a broken Word document"):
        read_document(str(tmp_path / "a.docx"), max_bytes=10_000)


def test_the_program_that_wrote_a_document_is_not_its_author() -> None:
    document = docx.Document()
    document.add_paragraph("Nvidia fell 17 percent.")
    assert document.core_properties.author == "python-docx"
    assert read(saved(document.save)).metadata.author is None


def test_a_word_document_without_text_is_empty() -> None:
    assert code_of(saved(docx.Document().save)) == "empty"


@pytest.mark.parametrize("whole", [pdf(LINES), word()], ids=["pdf", "docx"])
def test_damage_is_never_more_than_an_input_error(whole: bytes) -> None:
    outcomes = set()
    for seed in range(150):
        try:
            outcomes.add(type(read(damaged(whole, seed))).__name__)
        except InputError as error:
            outcomes.add(error.code)
    assert "broken" in outcomes
