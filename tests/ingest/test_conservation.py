"""No row vanishes: random grids of every sort of cell, and each row with something in it is told exactly once."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import zip_longest

import pytest
from gridmaker import understand
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cmic_screen.ingest.cells import text_of
from cmic_screen.ingest.grid import Grid

pytestmark = pytest.mark.slow  # whole commands or pages, one after the other

WORDS = st.sampled_from(
    [
        *(
            "CHINA MOBILE LTD",
            "APPLE INC",
            "TOTAL SE",
            "Total",
            "Subtotal Equities",
            "USD CASH",
            "Cash",
            "Equities",
            "Account: 12-3456",
            "中国移动",
            "合计",
        ),
        *(
            "HK0941009539",
            "US0378331005",
            "037833100",
            "2.9364E+112",
            "941 HK",
            "AAPL",
            "NA",
            "-",
            "#REF!",
            "1.234,56",
            "(1,234.56)",
            "12.5%",
        ),
        *(
            "31/10/2026",
            "Name",
            "ISIN",
            "Quantity",
            "Market Value",
            "Symbol",
            "Page 1 of 3",
            "This report is confidential and must not be passed on.",
        ),
        *("\xa0", " ", "", "SEDOL: 6073556", "Row Labels", "Sum of Value"),
    ]
)
CELL = st.one_of(
    WORDS,
    WORDS,
    st.none(),
    st.floats(-1e9, 1e9, allow_nan=False),
    st.integers(-(10**6), 10**6),
    st.booleans(),
    st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    st.text(max_size=12),
    st.just(1e112),
)
HEADER = st.sampled_from(
    [
        ["Name", "ISIN", "Quantity", "Market Value"],
        ["Symbol", "Description", "Qty", "Price", "Value"],
        ["Security / ISIN", "Value"],
    ]
)
ROW = st.one_of(st.lists(CELL, max_size=6), st.lists(CELL, min_size=4, max_size=4), HEADER, st.just([]))
SHEET = st.lists(ROW, max_size=14)


def numbered(rows):
    return [i for i, row in enumerate(rows, 1) if any(text_of(c) for c in row)]


@given(st.lists(SHEET, min_size=1, max_size=3))
@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_row_with_something_in_it_ends_in_exactly_one_place(sheets):
    intake = understand(*sheets)
    for number, rows in enumerate(sheets, 1):
        (reading,) = [s for s in intake.inputs[0].sheets if s.name == f"S{number}"]
        assert reading.accounted
        mine = intake.table[intake.table["sheet"] == reading.name]
        seen = Counter(int(r) for r in mine["row"])
        for more in mine["more_rows"]:
            seen.update(int(r) for r in more.split(",") if r)
        seen.update(a.source.row for a in intake.set_aside if a.source.sheet == reading.name)
        seen.update(p.source.row for p in intake.problems if p.source.sheet == reading.name)
        turned = any(i.code == "TABLE_TURNED" and i.sheet == reading.name for i in intake.issues)
        filled = set(numbered(zip_longest(*rows) if turned else rows))  # a turned row bears its column's number
        assert set(seen) <= filled
        assert len(filled - set(seen)) <= reading.headers
        assert reading.rows_read >= len(filled)
        blocks = reading.rows_read - len(filled)
        assert blocks == 0 or any(n > 1 for n in seen.values()) or reading.headers > 1


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8))
@settings(max_examples=60)
def test_text_of_what_is_set_aside_and_of_problems_is_kept(rows):
    body = [["Name", "ISIN", "Market Value"], *rows]
    intake = understand(body)
    for a in intake.set_aside:
        for cell in body[a.source.row - 1]:
            assert text_of(cell) in a.text
    for p in intake.problems:
        assert {text_of(c) for c in body[p.source.row - 1]} <= set(p.cells) | {""}


def test_a_formula_without_value_makes_a_row_that_holds_nothing_else_count():
    grid = Grid(
        name="S",
        rows=[["Name", "ISIN", "Value"], ["A AG", "US0378331005", 1.0], [None, None, None]],
        no_value=frozenset({(3, 1)}),
    )
    reading = understand(grid).inputs[0].sheets[0]
    assert (reading.rows_read, reading.problems) == (3, 1)
