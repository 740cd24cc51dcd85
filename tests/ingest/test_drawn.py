"""What lies over a workbook's cells: a listed company named there asks, a picture or an embedded file is said."""

import io
import zipfile

import zoo_files as zoo
from openpyxl.comments import Comment

from cmic_screen.ingest.files import open_bytes
from cmic_screen.model import Verdict
from cmic_screen.service import Request, run
from cmic_screen.settings import load_settings

DRAWING = (
    '<xdr:wsDr xmlns:xdr="x" xmlns:a="a"><xdr:twoCellAnchor>'
    "<xdr:from><xdr:col>1</xdr:col><xdr:row>4</xdr:row></xdr:from>"
    "<xdr:to><xdr:row>9</xdr:row></xdr:to><xdr:sp><xdr:txBody><a:p><a:r><a:t>Held away: </a:t></a:r><a:r><a:t>CNOOC Ltd"
    "</a:t></a:r></a:p><a:p><a:r><a:t>thank you</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>"
)
ROWS = [["Name", "ISIN", "Qty"], ["Apple Inc", "US0378331005", 5], ["Nestle SA", "CH0038863350", 7]]


def relations(**targets):
    """A part of relations: kind to target."""
    inside = "".join(
        f'<Relationship Id="r{n}" Type="{zoo.RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="{zoo.PACKAGE}">{inside}</Relationships>'


def with_parts(data, parts):
    """The workbook with further parts in its package."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def commented(book):
    sheet = book["Holdings"]
    for row in ROWS:
        sheet.append(row)
    sheet["A2"].comment = Comment("Jane Doe:\nChina Mobile Ltd\nnot for sale", "Jane Doe")


def held(book):
    for row in ROWS:
        book["Holdings"].append(row)


def pictured(*, rows):
    """A book whose one sheet has these drawings; `rows` says what is in its cells."""
    return with_parts(
        zoo.book(rows),
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relations(drawing="../drawings/drawing1.xml", package="../e/b.xlsx"),
            "xl/drawings/drawing1.xml": DRAWING,
            "xl/drawings/_rels/drawing1.xml.rels": relations(image="../media/i.png"),
            "xl/media/i.png": b"\x89PNG",
            "xl/e/b.xlsx": b"PK",
        },
    )


def screened(data, name, tmp_path, monkeypatch):
    monkeypatch.setenv("CMIC_HOME", str(tmp_path / "home"))
    path = tmp_path / name
    path.write_bytes(data)
    return run(Request(files=(path,)), load_settings())


def grid(data, name="b.xlsx"):
    (raw,) = open_bytes(data, name)
    return raw.grids[0]


def test_comments_are_told_line_by_line_with_their_row():
    assert grid(zoo.book(commented)).notes == ((2, "Jane Doe:"), (2, "China Mobile Ltd"), (2, "not for sale"))


def test_threaded_comments_are_told_too():
    thread = '<Comments xmlns="t"><threadedComment ref="B3"><text>CNOOC Ltd</text></threadedComment></Comments>'
    data = with_parts(
        zoo.book(held),
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relations(threadedComment="../tc/t1.xml"),
            "xl/tc/t1.xml": thread,
        },
    )
    assert grid(data).notes == ((3, "CNOOC Ltd"),)


def test_drawings_tell_their_texts_and_how_much_is_not_read():
    found = grid(pictured(rows=held))
    assert (found.notes, found.pictures, found.embedded) == (((5, "Held away: CNOOC Ltd"), (5, "thank you")), 1, 1)


def test_a_malformed_drawing_counts_as_a_picture_and_its_cells_are_read():
    data = with_parts(
        zoo.book(held),
        {"xl/worksheets/_rels/sheet1.xml.rels": relations(drawing="d.xml"), "xl/worksheets/d.xml": "<a><b></a>"},
    )
    found = grid(data)
    assert (found.pictures, found.rows[1][0]) == (1, "Apple Inc")


def test_malformed_relations_of_a_drawing_hide_no_cell():
    parts = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(drawing="d.xml"),
        "xl/worksheets/d.xml": DRAWING,
        "xl/worksheets/_rels/d.xml.rels": "<Relationships><Relationship",
    }
    found = grid(with_parts(zoo.book(held), parts))
    assert (found.pictures, found.rows[1][0]) == (1, "Apple Inc")


def test_a_comment_that_names_a_listed_company_is_asked_about(tmp_path, monkeypatch):
    result = screened(zoo.book(commented), "b.xlsx", tmp_path, monkeypatch)
    (finding,) = result.findings
    assert (finding.judgement.verdict, finding.source.row) == (Verdict.REVIEW, 2)
    assert finding.security.security_name == "China Mobile Ltd"
    assert any("comment or text box" in said for said in result.intake.said_at_once())


def test_a_comment_beside_the_holding_it_names_asks_nothing(tmp_path, monkeypatch):
    def fill(book):
        held(book)
        book["Holdings"].append(["China Mobile Ltd", "HK0941009539", 3])
        book["Holdings"]["C4"].comment = Comment("China Mobile Ltd", "Jane")

    result = screened(zoo.book(fill), "b.xlsx", tmp_path, monkeypatch)
    assert [f.judgement.verdict for f in result.findings] == [Verdict.PROHIBITED]


def test_a_text_box_in_no_row_of_the_table_is_asked_about_and_the_rest_said(tmp_path, monkeypatch):
    result = screened(pictured(rows=held), "b.xlsx", tmp_path, monkeypatch)
    assert [(f.source.row, f.judgement.verdict) for f in result.findings] == [(5, Verdict.REVIEW)]
    codes = {i.code for i in result.intake.issues}
    assert {"PICTURES", "EMBEDDED_FILES"} <= codes
    assert any("1 embedded file" in said for said in result.intake.said_at_once())


def test_a_sheet_of_nothing_but_pictures_is_said_at_once(tmp_path, monkeypatch):
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "a.csv").write_text("Name,ISIN\nApple Inc,US0378331005\n", "utf-8")
    (tmp_path / "more" / "b.xlsx").write_bytes(pictured(rows=None))
    monkeypatch.setenv("CMIC_HOME", str(tmp_path / "home"))
    result = run(Request(files=(tmp_path / "more",)), load_settings())
    assert any("1 picture and no cell" in said for said in result.intake.said_at_once())


def test_an_opendocument_sheet_tells_the_same_and_its_cells_keep_their_texts():
    spaces = (
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    shapes = f"<table:shapes {spaces}><draw:frame><draw:image/></draw:frame></table:shapes>"
    note = f"<office:annotation {spaces}><text:p>China <text:span>Mobile</text:span> Ltd</text:p></office:annotation>"
    row = (
        f'<table:table-row {spaces}><table:table-cell office:value-type="string">{note}<text:p>Apple</text:p>'
        "</table:table-cell></table:table-row>"
    )
    found = grid(zoo.ods([], raw=shapes + row), "b.ods")
    assert (found.notes, found.pictures, found.rows[0][0]) == (((1, "China Mobile Ltd"),), 1, "Apple")
