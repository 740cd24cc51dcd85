"""Delimited lines in the first column of a workbook are the table they were."""

from __future__ import annotations

import pytest
from gridmaker import aside, rows, understand

LINES = [
    "Name;ISIN;Stück;Kurswert EUR",
    "China Mobile Ltd.;HK0941009539;2.000;18.660,00",
    "SAP SE;DE0007164600;40;9.646,00",
]
HELD = [("China Mobile Ltd.", "HK0941009539", "2000", "18660.00"), ("SAP SE", "DE0007164600", "40", "9646.00")]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_lines_in_one_column_are_parted(delimiter):
    intake = understand([["Depot 4711"], [], *([line.replace(";", delimiter)] for line in LINES), [None]])
    assert [r[1:] for r in rows(intake, "security_name", "isin", "quantity", "market_value")] == HELD
    assert rows(intake) == [4, 5]
    assert aside(intake) == [(1, "preamble")]


@pytest.mark.parametrize(
    "lines",
    [
        [["Acer, Inc"], ["Apple, Inc"], ["CNOOC, Ltd"]],
        [["Name;ISIN;Units", 1], ["CNOOC;883;5", 2]],
        [["Name;ISIN;Units"], ["a note"], ["another note"]],
        [["Name;ISIN;Units"], ["x" * 70_000]],
    ],
)
def test_other_single_columns_stay_whole(lines):
    intake = understand(lines)
    assert all(s.accounted for s in intake.inputs[0].sheets)
    assert not intake.table["isin"].any()
