"""SEC filings: columns named by the form, rows numbered by line, who reports for when, units and scope said."""

import base64

import pytest
import zoo_files as zoo

from cmic_screen.errors import InputError
from cmic_screen.ingest import filing_columns
from cmic_screen.ingest.files import open_bytes


def cells(raw, row=1, grid=0):
    g = raw.grids[grid]
    return {field: g.rows[row][column - 1] for column, field in g.mapped.items() if g.rows[row][column - 1]}


def test_an_information_table():
    (raw,) = open_bytes(zoo.INFO_TABLE.encode(), "t.xml")
    assert cells(raw) == {
        "issuer": "A & B CORP", "security_type": "COM", "cusip": "037833100", "market_value": "1500", "currency": "USD",
        "quantity": "10", "put_call": "Put",
    }  # fmt: skip
    assert raw.grids[0].row_numbers == [1, 3, 9]
    assert [i.code for i in raw.issues] == ["13F_SCOPE", "13F_VALUE_UNITS"]
    assert "the file does not say" in raw.issues[1].text


def test_a_full_submission_with_its_header():
    (raw,) = open_bytes(zoo.SUBMISSION.encode(), "0000.txt")
    assert (raw.format, raw.as_of) == ("13f", "2021-12-31")
    assert (raw.meta["name"], raw.meta["cik"]) == ("EXAMPLE ADVISERS LLC", "0000000001")
    line = zoo.SUBMISSION.split("\n").index("  <n1:infoTable>") + 1
    assert raw.grids[0].row_numbers[1] == line
    issues = {i.code: i.text for i in raw.issues}
    assert issues["13F_VALUE_UNITS"] == "Values are in thousands of dollars (filed 2022-02-14)."
    assert issues["13F_ENTRIES"] == "The cover page states 3 entries; the table holds 2."


def test_a_typed_table_of_an_old_submission():
    (raw,) = open_bytes(zoo.OLD_SUBMISSION.encode(), "0000.txt")
    grid = raw.grids[0]
    at = grid.rows.index(["ALPHA CORP", "COM", "037833100", "1500", "10"])
    assert zoo.OLD_SUBMISSION.split("\n")[grid.row_numbers[at] - 1].startswith("ALPHA CORP")
    assert raw.format == "13f"
    assert not any("<" in cell for row in grid.rows for cell in row)


NPORT_SUBMISSION = f"<SUBMISSION>\n<DOCUMENT>\n<TYPE>NPORT-P\n<TEXT>\n<XML>{zoo.NPORT}</XML>\n</TEXT>\n</DOCUMENT>\n"


@pytest.mark.parametrize("text", [zoo.SUBMISSION, zoo.OLD_SUBMISSION, NPORT_SUBMISSION + "</SUBMISSION>\n"])
def test_a_submission_that_was_cut_off_is_refused_wherever_the_cut_is(text):
    whole = text.rstrip().encode()
    assert open_bytes(whole, "f.txt")
    for end in range(len(whole) // 9, len(whole), len(whole) // 9):
        with pytest.raises(InputError, match="damaged or cut off"):
            open_bytes(whole[:end], "f.txt")


def test_a_part_of_a_submission_is_no_table_of_tag_lines():
    inside = zoo.SUBMISSION.split("<DOCUMENT>\n")[1].removesuffix("</DOCUMENT>\n")
    with pytest.raises(InputError, match="no whole document"):
        open_bytes(inside.encode(), "f.txt")
    with pytest.raises(InputError, match="no table of holdings"):
        open_bytes(f"<DOCUMENT>\n{inside}</DOCUMENT>\n".encode("utf-8-sig"), "f.txt")


def test_a_table_carried_inside_the_filing():
    inner = base64.b64encode(zoo.INFO_TABLE.encode()).decode()
    outer = (
        '<edgarSubmission xmlns="http://www.sec.gov/edgar/thirteenffiler"><formData><coverPage>'
        "<reportCalendarOrQuarter>09-30-2026</reportCalendarOrQuarter></coverPage></formData><documents><document>"
        f"<conformedName>t.xml</conformedName><contents>{inner}</contents></document></documents></edgarSubmission>"
    )
    (raw,) = open_bytes(outer.encode(), "13f.xml")
    assert (raw.grids[0].name, raw.as_of, len(raw.grids[0].rows)) == ("t.xml", "2026-09-30", 3)
    assert "in dollars (for 2026-09-30" in raw.issues[1].text


def test_a_fund_s_report():
    (raw,) = open_bytes(zoo.NPORT.encode(), "nport.xml")
    assert (raw.format, raw.as_of, raw.meta["series_id"]) == ("nport", "2026-09-30", "S000000001")
    assert cells(raw) == {
        "issuer": "Example Co", "security_name": "Example Co H", "isin": "CNE100000001", "ticker": "123",
        "quantity": "10", "market_value": "55.5", "currency": "USD", "weight_pct": "1.25",
        "asset_class": "Equity-common", "country": "CN",
    }  # fmt: skip
    put = cells(raw, 2)
    assert (put["security_type"], put["put_call"], put["strike"]) == ("Option", "Put", "12")
    assert (put["underlying_name"], put["underlying_id"]) == ("Example Co", "CNE100000001")
    assert [zoo.NPORT.split("\n")[n - 1][:12] for n in raw.grids[0].row_numbers[1:]] == ["<invstOrSec>"] * 2


def test_entries_on_one_line_are_numbered_by_entry_and_said_so():
    (raw,) = open_bytes(zoo.INFO_TABLE.replace("\n", "").encode(), "t.xml")
    assert raw.grids[0].row_numbers == [1, 2, 3]
    assert "ROWS_BY_ELEMENT" in [i.code for i in raw.issues]


@pytest.mark.parametrize(
    ("text", "iso"),
    [("2023-06-30", "2023-06-30"), ("06-30-2023", "2023-06-30"), ("20230630", "2023-06-30"), ("June", ""), ("", "")],
)
def test_dates_of_filings(text, iso):
    assert filing_columns.iso(text) == iso


def test_every_field_named_is_a_column_of_the_position_table():
    from cmic_screen.positions import COLUMNS

    assert {c.field for columns in filing_columns.COLUMNS.values() for c in columns if c.field} <= set(COLUMNS)
