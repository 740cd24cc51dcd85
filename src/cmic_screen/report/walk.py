"""Every row of a run, one after the other, in the order of the sources; it keeps no row and judges none.

Never are a million rows all in memory as values (architecture §2): see `run.lines`.
"""

from __future__ import annotations

import heapq
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cmic_screen.run import Line, finding_of
from cmic_screen.run import lines as run_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cmic_screen.model import Finding, NearestName
    from cmic_screen.run import ScreeningRun

NEAREST_MOST: Final = 30_000


def nearest_of_quiet(run: ScreeningRun) -> Mapping[str, tuple[NearestName, ...]]:
    """The nearest listed names for a document of every row; none past `NEAREST_MOST` securities.

    Working one out takes a tenth of a millisecond and more, and explains a row without deciding anything: past the
    limit only rows that are not clear have theirs here. The sheet All rows names it for every clear row that it shows,
    the audit sample among them (sheet Method says so).
    """
    if len(run.securities) <= NEAREST_MOST:
        return run.nearest
    loud = {f.security.fingerprint for f in run.findings} - {""}
    return {fingerprint: run.nearest.get(fingerprint, ()) for fingerprint in loud}


def everything(
    run: ScreeningRun, nearest: Mapping[str, tuple[NearestName, ...]], only: Sequence[bool] | None = None
) -> Iterator[Finding]:
    """Every position and every row problem once, in the order of the sources, with the nearest names of `nearest`.

    `only` picks positions by a mask over the table (problems always come).
    """
    for line in lines(run, only):
        yield finding_of(line, nearest.get(line.security.fingerprint, ())) if isinstance(line, Line) else line


def lines(run: ScreeningRun, only: Sequence[bool] | None = None) -> Iterator[Line | Finding]:
    """The same rows as `everything`, those that are positions not yet made into findings: for who writes all of them.

    A row problem comes before the first position that stands below it in the sources.
    """
    table, outcomes = run.intake.table, run.outcomes
    if only is not None:
        table, outcomes = table[list(only)], outcomes[list(only)]
    positions = run_lines(table, outcomes, run.securities, run.judgements)
    known = {str(p.source) for p in run.intake.problems}
    return _merged(run, positions, [f for f in run.findings if str(f.source) in known]) if known else positions


def _merged(run: ScreeningRun, positions: Iterator[Line], broken: list[Finding]) -> Iterator[Line | Finding]:
    sheets = {(f.file, s.name): i for i, (f, s) in enumerate((f, s) for f in run.intake.inputs for s in f.sheets)}

    def place(row: Line | Finding) -> tuple[int, int]:
        source = row if isinstance(row, Line) else row.source
        return sheets.get((source.file, source.sheet), len(sheets)), source.row

    return heapq.merge(positions, sorted(broken, key=place), key=place)


def with_nearest(findings: Iterable[Finding], nearest: Mapping[str, tuple[NearestName, ...]]) -> Iterator[Finding]:
    """The same findings, each with the nearest listed names of its security."""
    for finding in findings:
        yield replace(finding, nearest=nearest.get(finding.security.fingerprint, ()))
