"""The list as a person reads it: a company a line, and nothing left out without a mark."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cmic_screen.model import EntityTicker
from cmic_screen.reference import embedded_snapshot
from cmic_screen.reference.words import table


def line_of(**changes):
    snapshot = embedded_snapshot()
    entity = replace(snapshot.entity("30946"), **changes)
    return table(replace(snapshot, entities=(entity,))).splitlines()[-1]


@pytest.mark.parametrize(
    ("count", "said"), [(0, ""), (1, " (T1)"), (3, " (T1, T2, T3)"), (4, " (T1, T2, T3, …)"), (5, " (T1, T2, T3, …)")]
)
def test_three_tickers_are_shown_and_more_are_said_to_be_there(count, said):
    tickers = tuple(EntityTicker(text=f"T{n}", code=f"T{n}", country="CN") for n in range(1, count + 1))
    assert line_of(tickers=tickers) == (
        "30946  2021-06-03  2021-08-02  2022-06-03  HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO., LTD." + said
    )


def test_a_company_that_was_removed_is_marked():
    assert line_of(tickers=(), removed=date(2026, 11, 1)).endswith("CO., LTD. [removed 2026-11-01]")


def test_every_company_has_its_line():
    snapshot = embedded_snapshot()
    lines = table(snapshot).splitlines()
    assert [line.split()[0] for line in lines[-len(snapshot.entities) :]] == [e.uid for e in snapshot.entities]
