"""All rows: every source row as read and as used, with its end; past 10,000 rows what is not clear, and the sample."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress, count
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.model import Verdict
from cmic_screen.report import record as recording
from cmic_screen.report import rowjson, walk
from cmic_screen.report.sheets import words
from cmic_screen.report.tables import Cell, Column, Page, Table, amount

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cmic_screen.model import Finding
    from cmic_screen.report.tables import Value
    from cmic_screen.run import ScreeningRun

LIMIT: Final = 10_000
NAME: Final = "All rows"
NO_POSITION: Final = "NO POSITION"
COLUMNS: Final = (
    Column(header="Source", width=24),
    Column(header="Verdict", width=12.5),
    Column(header="Ref", width=8, style="id"),
    Column(header="Sample", width=7.5, style="id"),
    Column(header="Account", width=11),
    Column(header="Security as used", width=30),
    Column(header="Identifiers", width=20, style="id"),
    Column(header="Quantity", width=13, style="quantity"),
    Column(header="Market value", width=15.5, style="money"),
    Column(header="Ccy", width=5),
    Column(header="Counted", width=8),
    Column(header="Row", width=24),
    Column(header="Cleared by", width=10.5),
    Column(header="Nearest listed name", width=22),
    Column(header="Score", width=7.5, style="score"),
    Column(header="Why no match", width=22),
    Column(header="Repairs", width=20),
    Column(header="Row as read", width=48),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AllRows:
    """The page, its table, where each source stands on it, and whether rows were left to the companion file."""

    page: Page
    table: Table
    places: Mapping[str, str]
    partial: bool


def needs_companion(run: ScreeningRun) -> bool:
    """Whether the rows do not fit the sheet."""
    return _size(run) > LIMIT


def _size(run: ScreeningRun) -> int:
    return run.totals.positions + run.totals.problems + len(run.intake.set_aside)


def page(run: ScreeningRun, record: Mapping[str, Any], companion: str) -> AllRows:
    """Lay the sheet out. `companion` is the SHA-256 of the csv that has every row, where they do not fit."""
    partial = needs_companion(run)
    made = Page(
        name=NAME,
        title="All rows: each source row and how it ended",
        purpose=(
            "Nothing was lost: every row read is here, or is a header or the continuation of one that is. “Cleared by” "
            "keeps apart what a valid stated identifier cleared from what only a name did."
        ),
        trail=_trail(run, companion) if partial else _trail(run, ""),
        widths=tuple(c.width for c in COLUMNS),
        break_after=11,
        frozen=1,
        continued="All rows, continued: cleared by what, and the row as read",
    )
    made.gap()
    counted = _not_counted(run)
    sampled = {source: f"S-{i:02d}" for i, source in enumerate(record["sample"], 1)}
    lines = list(_lines(run, sampled, counted, partial=partial))
    table = made.table("tbl_all_rows", COLUMNS, lines, empty="No row was read.")
    places = {str(line[0]): f"'{NAME}'!A{at}" for at, line in enumerate(lines, table.first)}
    return AllRows(page=made, table=table, places=places, partial=partial)


def _trail(run: ScreeningRun, companion: str) -> str:
    if not companion:
        return (
            f"Source: {len(run.intake.inputs)} file(s) as read. Conclusion: {_size(run)} rows, each with one end. Rows "
            "with a sample number are the audit sample: Method says how anyone draws it again."
        )
    return (
        f"{_size(run)} rows are more than the {LIMIT} that a sheet keeps: here are those not clear and the audit "
        f"sample; all rows are in the companion file beside this one (same name, .rows.csv), SHA-256 {companion}."
    )


def _not_counted(run: ScreeningRun) -> set[str]:
    """Sources of holdings repeated on another sheet: screened each time, counted once in value (issue 5)."""
    table = run.intake.table
    repeated = table[table["flags"].str.contains("DUPLICATE_SHEET", regex=False)]
    return {
        f"{file}!{sheet}!{row}"
        for file, sheet, row in zip(repeated["file"], repeated["sheet"], repeated["row"], strict=True)
    }


def _lines(
    run: ScreeningRun, sampled: Mapping[str, str], repeated: set[str], *, partial: bool
) -> Iterator[list[Cell | Value]]:
    encoder = rowjson.Encoder(recording.problems(run))
    only = _kept(run, sampled) if partial else None
    for finding in walk.everything(run, {}, only):
        source = str(finding.source)
        yield _line(encoder, finding, source, run, sampled.get(source), "no" if source in repeated else "yes")
    if not partial:
        for aside in run.intake.set_aside:
            cells: list[Cell | Value] = [None] * len(COLUMNS)
            cells[0], cells[1] = str(aside.source), Cell(value=NO_POSITION, style="verdict_SET_ASIDE")
            cells[5], cells[10], cells[11] = f"set aside: {aside.reason}", "no", str(aside.source)
            cells[17] = aside.text
            yield cells


def _kept(run: ScreeningRun, sampled: Mapping[str, str]) -> list[bool]:
    """Which positions a sheet that cannot hold all keeps: those not clear, and the sample."""
    table = run.intake.table
    kept = [bool(ref) for ref in run.outcomes["ref"].tolist()]
    numbers = {int(source.rpartition("!")[2]) for source in sampled}
    for at in compress(count(), table["row"].isin(numbers).tolist()):
        source = "!".join(str(table[c].iat[at]) for c in ("file", "sheet", "row"))
        kept[at] = kept[at] or source in sampled
    return kept


def _line(
    encoder: rowjson.Encoder, finding: Finding, source: str, run: ScreeningRun, sample: str | None, counted: str
) -> list[Cell | Value]:
    shown = encoder.to_dict(finding)
    nearest = run.nearest.get(finding.security.fingerprint, ()) if finding.verdict is Verdict.CLEAR else ()
    near = nearest[0] if nearest else None
    return [
        source,
        words.verdict(shown["verdict"]),
        shown["ref"] or None,
        sample,
        shown["account"],
        words.name(shown) or (shown["problem"] or {}).get("text", ""),
        words.identifiers(shown),
        amount(shown["quantity"], "quantity"),
        amount(shown["market_value"], "money"),
        shown["currency"],
        counted,
        source,
        _cleared(shown),
        near.name if near else None,
        round(near.score, 4) if near else None,
        near.why_not if near else "no listed name is near" if finding.verdict is Verdict.CLEAR else None,
        words.repairs(shown),
        " | ".join(shown["cells"]),
    ]


def _cleared(finding: Mapping[str, Any]) -> str | None:
    return {"identifier": "identifier", "name": "name only"}.get(finding["cleared_by"] or "")
