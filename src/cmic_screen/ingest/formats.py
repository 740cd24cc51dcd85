"""Number formats of a sheet's cells, kept as runs down each column; says how a number was shown and never formats one
(ECMA-376 part 1 §18.8.30 for the built-in ones).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Final

BUILT_IN: Final = {
    "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "11": "0.00E+00", "12": "# ?/?",
    "13": "# ??/??", "14": "mm-dd-yy", "15": "d-mmm-yy", "16": "d-mmm", "17": "mmm-yy", "18": "h:mm AM/PM",
    "19": "h:mm:ss AM/PM", "20": "h:mm", "21": "h:mm:ss", "22": "m/d/yy h:mm", "37": "#,##0 ;(#,##0)",
    "38": "#,##0 ;[Red](#,##0)", "39": "#,##0.00;(#,##0.00)", "40": "#,##0.00;[Red](#,##0.00)", "45": "mm:ss",
    "46": "[h]:mm:ss", "47": "mmss.0", "48": "##0.0E+0", "49": "@",
}  # fmt: skip
"""Formats that a workbook names by number alone; 0 is General."""


def runs_of(formats: Mapping[tuple[int, int], str]) -> Iterator[tuple[int, int, int, str]]:
    """Number formats as runs: column, first row, last row, format."""
    if isinstance(formats, FormatRuns):
        yield from formats.runs()
    else:
        yield from ((column, row, row, code) for (row, column), code in formats.items())


class FormatRuns(Mapping[tuple[int, int], str]):
    """Number formats by (row, column), both from 1, out of runs (first row, last row, format) per column, in row order.

    A hundred thousand cells of one format take one run, not a hundred thousand entries. A run may cover cells between
    that hold no number; nobody asks for those.
    """

    __slots__ = ("_runs", "_starts")

    def __init__(self, runs: Mapping[int, list[tuple[int, int, str]]]) -> None:
        self._runs = {column: sorted(found) for column, found in runs.items()}
        self._starts = {column: [first for first, _, _ in found] for column, found in self._runs.items()}

    def __getitem__(self, place: tuple[int, int]) -> str:
        row, column = place
        if column in self._runs:
            at = bisect_right(self._starts[column], row) - 1
            if at >= 0:
                _, last, code = self._runs[column][at]
                if row <= last:
                    return code
        raise KeyError(place)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        for column, found in self._runs.items():
            for first, last, _ in found:
                for row in range(first, last + 1):
                    yield row, column

    def __len__(self) -> int:
        return sum(last - first + 1 for found in self._runs.values() for first, last, _ in found)

    def runs(self) -> Iterator[tuple[int, int, int, str]]:
        """Column, first row, last row and format of each run."""
        return ((column, *run) for column, found in self._runs.items() for run in found)

    def column(self, column: int) -> frozenset[str]:
        """Every format that occurs in a column."""
        return frozenset(code for _, _, code in self._runs.get(column, ()))
