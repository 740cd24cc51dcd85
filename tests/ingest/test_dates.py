"""Dates in any order and language; a column's order from all its values."""

from __future__ import annotations

import pytest
from gridmaker import understand

from cmic_screen.ingest import context, dates

READ = [
    ("2026-10-31", "MDY", "2026-10-31"),
    ("20261031", "MDY", "2026-10-31"),
    ("31/10/2026", "DMY", "2026-10-31"),
    ("10/31/2026", "MDY", "2026-10-31"),
    ("31.10.26", "DMY", "2026-10-31"),
    ("31-Oct-2026", "MDY", "2026-10-31"),
    ("Oct 31, 2026", "DMY", "2026-10-31"),
    ("31 octobre 2026", "MDY", "2026-10-31"),
    ("31 de octubre de 2026", "MDY", "2026-10-31"),
    ("2026年10月31日", "MDY", "2026-10-31"),
    ("24-08-2022 07:00:15", "DMY", "2022-08-24"),
    ("2026-10-31T10:00:00Z", "MDY", "2026-10-31"),
    ("31/31/2026", "DMY", ""),
    ("941", "MDY", ""),
    ("CHINA MOBILE", "MDY", ""),
]
ORDERS = [
    (["31/10/2026", "01/02/2026"], "DMY", True),
    (["10/31/2026"], "MDY", True),
    (["01/02/2026"], "MDY", False),
    (["2026-01-02"], "", True),
]
STATED = [
    ("Fund Holdings as of | Mar 10, 2022", "2022-03-10"),
    ("Holdings: | As of 07-Feb-2025", "2025-02-07"),
    ("Stand: 31.10.2026", "2026-10-31"),
    ("Data: 31/10/2026", "2026-10-31"),
    ("截至 2026年10月31日", "2026-10-31"),
    ("Inception | Mar 26, 2008", ""),
    ("CHINA MOBILE LTD", ""),
]


@pytest.mark.parametrize(("text", "order", "iso"), READ)
def test_a_date_becomes_iso_or_nothing(text, order, iso):
    assert dates.parse(text, order) == iso


@pytest.mark.parametrize(("texts", "name", "sure"), ORDERS)
def test_the_order_is_decided_by_the_whole_column(texts, name, sure):
    assert dates.order_of(texts) == dates.Order(name, sure)


@pytest.mark.parametrize(("text", "iso"), STATED)
def test_a_preamble_states_the_day_of_the_holdings(text, iso):
    assert context.as_of(text) == iso


def test_a_trade_keeps_its_time_of_day():
    assert dates.moment("24-08-2022 07:00:15", "DMY") == "2022-08-24 07:00:15"


def test_a_serial_number_is_a_day_of_the_1900_system():
    assert (dates.from_serial(46326), dates.from_serial(5)) == ("2026-10-31", "")


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("2021-08-02T04:01:00Z", "2021-08-02 04:01:00Z"),
        ("2021-08-02 12:01:00+08:00", "2021-08-02 12:01:00+08:00"),
        ("2021-08-02T00:01:00.000-04:00", "2021-08-02 00:01:00.000-04:00"),
        ("Aug 2, 2021 4:01 PM EDT", "2021-08-02 4:01 PM EDT"),
        ("2021/08/02 9:30", "2021-08-02 9:30"),
        ("2021-08-02", "2021-08-02"),
        ("12:01:00", ""),
    ],
)
def test_a_time_keeps_its_hours_and_its_zone(text: str, want: str) -> None:
    """The hour after a T and the zone behind a time decide on which side of a boundary a trade lies."""
    assert dates.moment(text, "MDY") == want


def test_a_line_above_the_table_follows_the_order_its_columns_prove():
    rows = [
        ["Valuation as at", "09-08-2026 16:40"],
        ["Acquired date", "Security", "Quantity"],
        ["25/02/2026", "China Mobile Ltd", "5"],
        ["09/03/2026", "Apple Inc", "6"],
    ]
    assert understand(rows).as_of == "2026-08-09"
    assert understand([["Depotbestand vom 30.09.2026"], *rows[1:]]).as_of == "2026-09-30"


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        ((["Date from (UTC)", "2006-01-01"], ["Date to (UTC)", "2026-02-01"]), "2026-02-01"),
        ((["Period from 01/01/2026 to 31/03/2026, report date"],), "2026-03-31"),
        ((["Al 31/03/2026"],), "2026-03-31"),
    ],
)
def test_the_day_of_a_period_is_its_last(lines, day):
    assert understand([*lines, ["Security", "Quantity"], ["China Mobile Ltd", "5"], ["Apple Inc", "6"]]).as_of == day
