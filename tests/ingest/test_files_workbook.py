"""Workbooks: what only the file can tell (hidden, formats, formulas, errors, merges), far cells, limits, crashes."""

import contextlib
import datetime as dt
import io
import zipfile

import pytest
import zoo_files as zoo
from hypothesis import given
from hypothesis import strategies as st

from cmic_screen.errors import InputError
from cmic_screen.ingest import child, limits, sheetcells, sheetfacts, sheetscan, workbook
from cmic_screen.ingest.files import open_bytes
from cmic_screen.ingest.formats import FormatRuns

ZEROS = (
    '<numFmts><numFmt numFmtId="164" formatCode="000000000"/></numFmts>'
    '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="9"/></cellXfs>'
)


def text_cell(place, text):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def grid_of(data, name="b.xlsx"):
    (raw,) = open_bytes(data, name)
    return raw.grids[0]


def test_hidden_sheets_rows_and_columns_are_read_and_known():
    def fill(book):
        sheet = book["Open"]
        sheet.append(["Name", "Code"])
        sheet.append(["A", "1"])
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.merge_cells("A3:B4")
        book["Away"].sheet_state = "hidden"
        book["Deep"].sheet_state = "veryHidden"
        for name in ("Away", "Deep"):
            book[name].append(["x"])

    (raw,) = open_bytes(zoo.book(fill, sheets=("Open", "Away", "Deep")), "b.xlsx")
    assert [(g.name, g.hidden) for g in raw.grids] == [("Open", False), ("Away", True), ("Deep", True)]
    assert raw.grids[0].hidden_rows == {2}
    assert raw.grids[0].hidden_columns == {2}
    assert raw.grids[0].merged == ((3, 1, 4, 2),)


def test_values_keep_their_types_and_text_stays_text():
    def fill(book):
        book.active.append(["NA", "TRUE", "007", True, 1.5, 941, None, dt.date(2026, 10, 30), "", "NULL"])

    row = grid_of(zoo.book(fill)).rows[0]
    assert row == ["NA", "TRUE", "007", True, 1.5, 941.0, None, dt.date(2026, 10, 30), None, "NULL"]


def test_number_formats_of_numbers_formulas_without_value_and_error_cells():
    cells = (
        '<row r="1">' + text_cell("A1", "CUSIP") + "</row>"
        '<row r="2"><c r="A2" s="1"><v>37833100</v></c><c r="B2" s="2"><v>0.5</v></c><c r="C2"><v>1</v></c></row>'
        '<row r="3"><c r="A3" s="1"><v>38259508</v></c><c r="B3"><f>1+1</f></c><c r="C3"><f>1+1</f><v></v></c>'
        '<c r="D3"><f>1+1</f><v>2</v></c><c r="E3" t="str"><f>""</f><v></v></c></row>'
        '<row r="5"><c r="A5" t="e"><v>#N/A</v></c><c r="B5" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    )
    grid = grid_of(zoo.raw_book(cells, styles=ZEROS))
    assert dict(grid.formats) == {(2, 1): "000000000", (3, 1): "000000000", (2, 2): "0%"}
    assert grid.no_value == {(3, 2), (3, 3)}
    assert grid.errors == {(5, 1): "#N/A", (5, 2): "#DIV/0!"}
    assert grid.rows[1][:3] == [37833100.0, 0.5, 1.0]


def test_a_row_of_formulas_without_value_behind_the_last_value_is_still_a_row():
    cells = (
        '<row r="1">' + text_cell("A1", "Name") + '</row><row r="3"><c r="A3"><f>1</f></c><c r="B3"><f>1</f></c></row>'
    )
    grid = grid_of(zoo.raw_book(cells))
    assert [grid.rows[i] for i in (0, 2)] == [["Name"], [None, None]]
    assert grid.no_value == {(3, 1), (3, 2)}


def test_a_sheet_of_nothing_but_formulas_without_value_has_its_rows():
    def fill(book):
        book.active["A2"] = "=Other!A1"

    assert grid_of(zoo.book(fill)).rows == [[], [None]]


def test_room_is_made_between_the_rows_of_a_sparse_sheet():
    rows, numbers = [["a"], ["b"]], [1, 900]
    workbook._make_room(rows, numbers, {(500, 2), (900, 2), (901, 1)})
    assert (numbers, rows) == ([1, 500, 900, 901], [["a"], [None, None], ["b", None], [None]])


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_sheet_with_a_prefix_or_without_references_is_walked_alike(prefix):
    p = prefix
    with_places = f'<{p}row r="1"><{p}c r="A1" s="1"><{p}v>5</{p}v></{p}c><{p}c r="B1"><{p}f>A1</{p}f></{p}c></{p}row>'
    without = with_places.replace(' r="1"', "").replace(' r="A1"', "").replace(' r="B1"', "")
    found = [
        sheetfacts.parse(zoo.raw_book(cells, prefix=prefix, styles=ZEROS), where="x")["S"]
        for cells in (with_places, without)
    ]
    assert found[0]["formats"] == {1: [(1, 1, "000000000")]}
    assert found[0]["no_value"] == [(1, 2)]
    assert found[0] == {**found[1], "rows": 1}


CELLS = st.sampled_from(
    [
        '<c r="{p}"><v>1</v></c>', '<c r="{p}" s="1"><v>5</v></c>', '<c r="{p}" s="2" t="n"><v>5</v></c>',
        '<c r="{p}" s="1"/>',
        '<c r="{p}" s="1" t="s"><v>0</v></c>', '<c r="{p}" t="inlineStr"><is><t>t="e"</t></is></c>',
        '<c r="{p}" s="1"><f>A1</f></c>', '<c r="{p}" s="1"><f>A1</f><v>2</v></c>', '<c r="{p}" t="e"><v>#N/A</v></c>',
        '<c r="{p}" t="str"><f>A1</f><v></v></c>', "<c r='{p}'><v>1</v></c>", '<c s="1" r="{p}"><v>1</v></c>', "",
        '<c r="{p}" s="1" t="n" vm="1"><v>1</v></c>', "<!-- note -->", '<c s="1"><v>1</v></c>',
        '<c r="Z9" s="2"><v>1</v></c>', '<c r="{p}" s="2" />', '<c r="{p}" s="02"><v>1</v></c>',
        '<c r="{p}" s="7"><v>1</v></c>', '<c r="{p}" s="3"><v>1</v></c>', '<c r="{p}" s="0" t="b"><v>1</v></c>',
        '<c r="{p}" s="1"><f t="shared" si="0"/><v>2</v></c>', '<c r="{p}"><f>A1</f><v> </v></c>',
        '<c r="{p}" s="1"><f ca="1">A1</f><v>&#32;</v></c>', '<c r="{p}"><f\n>A1</f></c>', '<c r="AB7"/>',
        '<c r="{p}" t="inlineStr"><is><r><rPr><family val="2"/><color rgb="0"/></rPr><t>x</t></r></is></c>',
    ]
)  # fmt: skip
ROW = st.tuples(
    st.sampled_from(
        ['r="{n}"'] * 3
        + [
            'r="{n}" hidden="1"',
            "r=\"{n}\" hidden='1'",
            'r="{n}" ht="0" x="1"',
            'r="{n}" ht="15"',
            'hidden="true" r="{n}"',
            "",
        ]
    ),
    st.lists(CELLS, max_size=5),
)


def far(cell):
    """Cells stand in their row from left to right; only so does the last of them tell how far it reaches."""
    return "Z9" in cell


@given(
    st.lists(ROW, max_size=8),
    st.sampled_from(["", '<cols><col min="2" max="3" hidden="1"/></cols>']),
    st.sampled_from([300, 700, 1 << 20]),
)
def test_scanning_and_walking_tell_the_same(rows, before, chunk):
    cells = "".join(
        f"<row {head.format(n=n)}>" + "".join(c.format(p=f"{'ABCDE'[i]}{n}") for i, c in enumerate(row)) + "</row>"
        for n, (head, row) in enumerate(((head, sorted(row, key=far)) for head, row in rows), 2)
    )
    after = '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'
    data = zoo.raw_book(cells, before=before, after=after)
    styles = ["", "000", "0%", "000"]
    with zipfile.ZipFile(io.BytesIO(data)) as book, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheetfacts, "SCAN_FROM", 0)
        patch.setattr(sheetscan, "_CHUNK", chunk)
        part = "xl/worksheets/sheet1.xml"
        assert sheetfacts._sheet(book, part, "x", styles).plain() == sheetfacts._walked(book, part, "x", styles).plain()


def test_a_style_that_does_not_exist_is_no_format():
    data = zoo.raw_book('<row r="1"><c r="A1" s="99"><v>5</v></c><c r="B1" s="1"><v>5</v></c></row>', styles=ZEROS)
    assert sheetfacts.parse(data, where="x")["S"]["formats"] == {2: [(1, 1, "000000000")]}


def test_a_plain_book_is_scanned_and_an_odd_one_declined():
    plain = zoo.raw_book('<row r="1"><c r="A1" s="1"><v>5</v></c></row><row r="2"><c r="A2" s="1"><f>A1</f></c></row>')
    odd = zoo.raw_book('<row><c s="1" r="A1"><v>5</v></c></row>')
    for data, taken in ((plain, True), (odd, False)):
        with (
            zipfile.ZipFile(io.BytesIO(data)) as book,
            contextlib.nullcontext() if taken else pytest.raises(ValueError),
        ):
            facts = sheetfacts._scanned(book, "xl/worksheets/sheet1.xml", ["", "000"]).plain()
            assert facts["formats"] == {1: [(1, 2, "000")]}
            assert facts["no_value"] == [(2, 1)]


def test_format_runs_answer_like_the_mapping_they_stand_for():
    runs = FormatRuns({1: [(2, 4, "000"), (6, 6, "0%")]})
    flat = {(2, 1): "000", (3, 1): "000", (4, 1): "000", (6, 1): "0%"}
    assert dict(runs) == flat
    assert len(runs) == 4
    assert runs.column(1) == {"000", "0%"}
    assert [runs.get(place) for place in ((1, 1), (5, 1), (7, 1), (2, 2))] == [None] * 4


def test_a_far_row_does_not_stop_the_reading():
    cells = '<row r="1">' + text_cell("A1", "Name") + '</row><row r="100000"><c r="AO100000"><v>1</v></c></row>'
    (raw,) = open_bytes(zoo.raw_book(cells), "b.xlsx")
    assert raw.grids[0].row_numbers == [1, 100000]
    assert raw.grids[0].rows[0] == ["Name"]
    assert [i.code for i in raw.issues] == ["FAR_CELL"]


def test_a_cell_far_to_the_right_of_many_rows_is_refused_in_words(monkeypatch):
    monkeypatch.setattr(limits, "DENSE_AREA", 20_000)
    cells = "".join(f'<row r="{i}">{text_cell(f"A{i}", "x")}</row>' for i in range(1, 4))
    data = zoo.raw_book(cells + '<row r="900000"><c r="XFD900000"><v>1</v></c></row>')
    with pytest.raises(InputError, match=r"a cell stands as far out as column 16,384") as caught:
        sheetcells.parse(data, where="b.xlsx", kind="xlsx")
    assert caught.value.where == "b.xlsx, sheet S"


def test_an_ordinary_book_of_200_000_by_12_is_not_far():
    assert not limits.far(200_001, 12, 2_400_012)
    assert not limits.far(200_001, 12, 1_200_000)
    assert limits.far(1_048_576, 16_384, 2)


def test_a_document_type_is_refused():
    data = zoo.raw_book('<row r="1"/>', head='<!DOCTYPE w [<!ENTITY x "y">]>')
    with pytest.raises(InputError, match="declares a document type"):
        open_bytes(data, "b.xlsx")


def test_bounds_on_an_archive_are_checked_on_its_directory(monkeypatch):
    data = zoo.raw_book('<row r="1"/>' * 2000)
    monkeypatch.setattr(limits, "RATIO_FROM", 1000)
    monkeypatch.setattr(limits, "RATIO", 2)
    with pytest.raises(InputError, match=r"unpacks to .* times its size; the limit is 2"):
        open_bytes(data, "b.xlsx")
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 1000)
    with pytest.raises(InputError, match="the archive unpacks to"):
        open_bytes(data, "b.xlsx")
    monkeypatch.setattr(limits, "PARTS", 2)
    with pytest.raises(InputError, match="the archive has 5 parts; the limit is 2"):
        open_bytes(data, "b.xlsx")


def test_a_part_that_stands_twice_is_refused():
    import warnings

    out = io.BytesIO(zoo.raw_book('<row r="1"/>'))
    with warnings.catch_warnings(), zipfile.ZipFile(out, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("XL/workbook.xml", "<workbook/>")
    with pytest.raises(InputError, match="a part stands in it twice"):
        open_bytes(out.getvalue(), "b.xlsx")


def test_a_giant_cell_is_refused():
    with pytest.raises(InputError, match="a cell has 131,073 characters"):
        open_bytes(zoo.raw_book('<row r="1">' + text_cell("A1", "x" * 131_073) + "</row>"), "b.xlsx")


# ------------------------------------------------------------------------------------------------- the child


def test_a_crash_of_the_parser_is_an_ordinary_error():
    data = zoo.raw_book(
        '<row r="1">' + text_cell("A1", "x") + '</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
    with pytest.raises(InputError, match="needs more than 3,072 MB of memory, so it was given up") as caught:
        child.run("cells", data, "b.xlsx", where="b.xlsx")  # calamine asks for 550 GB and aborts the process
    assert caught.value.where == "b.xlsx"


def test_a_child_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(limits, "CHILD_SECONDS", 0.001)
    with pytest.raises(InputError, match=r"reading it took longer than 0 seconds, so it was given up"):
        child.run("facts", zoo.raw_book(""), "b.xlsx", where="b.xlsx")


def test_a_fault_of_our_own_in_the_child_is_a_bug_not_an_input_error():
    with pytest.raises(RuntimeError, match="unexpected keyword argument 'nonsense'"):
        child.run("facts", b"", "b.xlsx", nonsense=1)


def test_an_answer_with_a_class_in_it_is_not_unpickled():
    import pathlib
    import pickle

    with pytest.raises(pickle.UnpicklingError, match="no plain value"):
        child._Plain(io.BytesIO(pickle.dumps(pathlib.PurePosixPath("x")))).load()


def test_the_child_loads_no_heavy_library():
    import subprocess
    import sys

    code = "import sys; from cmic_screen.ingest import child, sheetcells, sheetfacts; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"pandas", "numpy", "openpyxl", "pyarrow", "python_calamine"}
    waited_for = {"subprocess", "logging", "inspect", "cmic_screen.ingest.grid"}  # by each workbook, for nothing
    assert not (heavy | waited_for) & set(loaded)


def test_a_large_book_read_by_two_children_gives_the_same(monkeypatch):
    cells = "".join(f'<row r="{i}">{text_cell(f"A{i}", i)}<c r="B{i}" s="1"><v>{i}</v></c></row>' for i in range(1, 50))
    data = zoo.raw_book(cells, styles=ZEROS)
    one = grid_of(data)
    monkeypatch.setattr(workbook, "TWO_CHILDREN_FROM", 1)
    two = grid_of(data)
    assert (one.rows, dict(one.formats)) == (two.rows, dict(two.formats))


@pytest.mark.slow
def test_a_far_row_in_a_large_book_is_known_too_late_and_read_once_more(monkeypatch):
    monkeypatch.setattr(workbook, "TWO_CHILDREN_FROM", 1)
    cells = '<row r="1">' + text_cell("A1", "x") + '</row><row r="100000"><c r="AO100000"><v>1</v></c></row>'
    assert grid_of(zoo.raw_book(cells)).row_numbers == [1, 100000]
