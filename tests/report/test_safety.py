"""The workbook is machine-safe: text is text, nothing reaches out, parts stand in the order the standard asks."""

from __future__ import annotations

import re
import zipfile
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from cmic_screen.report import workbook

NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection", "autoFilter",
    "mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "ignoredErrors", "drawing", "legacyDrawing", "tableParts", "extLst",
)  # fmt: skip
OURS = re.compile(r"^[=(]*(ROUND|SUM|SUMIFS|COUNTIF|COUNTA|[A-D]\d)")


@pytest.fixture(scope="module")
def parts(run, tmp_path_factory):
    path = tmp_path_factory.mktemp("safe") / "r.xlsx"
    workbook.write_report(run, path)
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


@pytest.fixture(scope="module")
def trees(parts):
    return {n: ET.fromstring(d) for n, d in parts.items() if n.endswith((".xml", ".rels"))}


def sheets(trees):
    return {n: t for n, t in trees.items() if n.startswith("xl/worksheets/sheet")}


def test_no_formula_but_ours_and_each_has_a_stored_result(trees):
    formulas = [c for t in sheets(trees).values() for c in t.iterfind(".//m:c[m:f]", NS)]
    assert len(formulas) > 15
    for cell in formulas:
        assert OURS.match(cell.find("m:f", NS).text)
        assert float(cell.find("m:v", NS).text) is not None
    checks = [c for c in formulas if "-" in c.find("m:f", NS).text]
    assert [c.get("r") for c in checks if float(c.find("m:v", NS).text) != 0] == []


def test_hostile_text_is_typed_as_text(trees, parts):
    found = 0
    for tree in sheets(trees).values():
        for cell in tree.iterfind(".//m:c", NS):
            text = cell.findtext("m:is/m:t", "", NS)
            if text.lstrip("\t ").startswith(("=", "+", "-2", "@")):
                assert cell.get("t") == "inlineStr"
                found += 1
    assert found >= 6
    styles = trees["xl/styles.xml"].findall(".//m:cellXfs/m:xf", NS)
    assert any(x.get("quotePrefix") == "1" for x in styles)


def test_every_text_cell_is_quoted(trees):
    styles = trees["xl/styles.xml"].findall(".//m:cellXfs/m:xf", NS)
    cells = [(n, c) for n, t in sheets(trees).items() for c in t.iterfind(".//m:c[@t='inlineStr']", NS)]
    assert len(cells) > 1000
    bare = [(n, c.get("r")) for n, c in cells if styles[int(c.get("s"))].get("quotePrefix") != "1"]
    assert bare == []


def test_nothing_reaches_out(parts, trees):
    assert not [n for n in parts if re.search(r"externalLink|vba|macro|media/|pivot|connections|embeddings", n)]
    for name, tree in trees.items():
        if name.endswith(".rels"):
            assert all(r.get("TargetMode") != "External" for r in tree), name
    for tree in sheets(trees).values():
        for link in tree.iterfind(".//m:hyperlink", NS):
            assert re.fullmatch(r"'[A-Z][A-Za-z ]+'!A\d+", link.get("location"))


def test_parts_stand_in_the_order_of_the_standard(trees):
    for name, tree in sheets(trees).items():
        places = [ORDER.index(child.tag.split("}")[1]) for child in tree]
        assert places == sorted(places), name


def test_names_of_sheets_tables_and_ranges_are_ours(trees, run):
    tables = [t for n, t in trees.items() if n.startswith("xl/tables/")]
    names = [t.get("displayName") for t in tables]
    assert len(set(names)) == len(names) > 3
    assert all(re.fullmatch(r"tbl_[a-z_]+", n) for n in names)
    for t in tables:
        heads = [c.get("name").lower() for c in t.iterfind(".//m:tableColumn", NS)]
        assert len(set(heads)) == len(heads)
    defined = [d.get("name") for d in trees["xl/workbook.xml"].iterfind(".//m:definedName", NS)]
    assert all(re.fullmatch(r"(cmic|list)_[a-z_]+|_xlnm\..+", n) for n in defined)


def test_table_headers_equal_their_cells(run, tmp_path):
    workbook.write_report(run, tmp_path / "r.xlsx")
    book = load_workbook(tmp_path / "r.xlsx")
    for sheet in book:
        for table in sheet.tables.values():
            head = [c.value for c in sheet[table.ref][0]]
            assert head == [c.name for c in table.tableColumns]


def test_control_characters_are_replaced_and_counted(trees):
    texts = [c.findtext("m:is/m:t", "", NS) for t in sheets(trees).values() for c in t.iterfind(".//m:c", NS)]
    assert any("Bell\ufffd and null\ufffd Inc" in t for t in texts)
    assert "CONTROL_CHARACTERS" in texts
    assert not any(re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", t) for t in texts)


def test_chart_has_words_for_those_who_do_not_see_it(parts):
    drawing = next(d for n, d in parts.items() if n.startswith("xl/drawings/drawing"))
    assert b"Bar chart of rows that are not clear: prohibited 6" in drawing


def test_excel_puts_no_title_of_its_own_over_a_chart(trees):
    c = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    charts = [t for n, t in trees.items() if n.startswith("xl/charts/chart")]
    assert charts
    for chart in charts:
        inside = [e.tag.removeprefix(c) for e in chart.find(f"{c}chart")]
        assert inside[:2] == ["autoTitleDeleted", "plotArea"]


def test_properties_hold_run_and_digests(parts):
    custom = parts["docProps/custom.xml"].decode()
    for name in (
        "cmic_run_id",
        "cmic_content_digest",
        "cmic_workbook_digest",
        "cmic_holdings_sha256",
        "cmic_list_sha256",
    ):
        assert f'name="{name}"' in custom
