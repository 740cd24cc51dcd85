"""Ten business days after a rejection, U.S. federal holidays left out (31 CFR 501.604)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmic_screen.duty import due, is_business_day

FEDERAL_2026 = [
    "2026-01-01", "2026-01-19", "2026-02-16", "2026-05-25", "2026-06-19", "2026-07-03", "2026-09-07", "2026-10-12",
    "2026-11-11", "2026-11-26", "2026-12-25",
]  # fmt: skip


def test_the_federal_holidays_of_a_year_and_nothing_else():
    days = (date(2026, 1, 1) + timedelta(days=n) for n in range(365))
    off = [d.isoformat() for d in days if d.weekday() < 5 and not is_business_day(d)]
    assert off == FEDERAL_2026


@pytest.mark.parametrize(
    ("rejected", "until"),
    [
        ("2026-03-02", "2026-03-16"),  # Monday: two whole weeks
        ("2026-11-20", "2026-12-07"),  # Friday before Thanksgiving
        ("2026-12-24", "2027-01-11"),  # Christmas and New Year
        ("2026-11-21", "2026-12-07"),  # a Saturday
        ("2021-12-17", "2022-01-04"),  # Christmas observed on 24, New Year's Day on 31 December
    ],
)
def test_due(rejected, until):
    assert due(date.fromisoformat(rejected), 10).isoformat() == until


@given(st.dates(date(2021, 6, 3), date(2029, 1, 1)), st.integers(1, 20))
def test_exactly_so_many_business_days_lie_after_the_rejection(rejected, days):
    end = due(rejected, days)
    between = (rejected + timedelta(days=n) for n in range(1, (end - rejected).days + 1))
    assert sum(is_business_day(d) for d in between) == days
    assert is_business_day(end)
