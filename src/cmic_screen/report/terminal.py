"""The summary a terminal shows: the verdict as a sentence, what qualifies it, the findings, the totals; writes no file.

Worst first, plain words beside every code, and never the word clear without what qualifies it (architecture §1.2).
"""

from __future__ import annotations

import io
import shutil
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cmic_screen.model import Action, Relation
from cmic_screen.report.sheets import words
from cmic_screen.run import reservations

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rich.table import Table

    from cmic_screen.model import Finding, JudgedMatch
    from cmic_screen.run import ScreeningRun

MOST = 40
"""Findings printed; the report has all of them."""

_HEAD = {
    "prohibited": "prohibited",
    "unscreened": "not screened",
    "upcoming": "upcoming",
    "review": "to review",
    "permitted": "permitted, noted",
}
"""Totals that the sentence names, worst first, in its words."""
_SOURCE_BREAKS = 24
"""Longest place that stays on one line, and the width it has; a longer one breaks behind the file, and behind the sheet
too where that is not enough: never within a row's number."""


def summary_text(run: ScreeningRun, report: Path | None = None) -> str:
    """The whole summary of a run, ending with where the report is."""
    from rich.console import Console

    out = io.StringIO()
    console = Console(file=out, width=max(100, min(shutil.get_terminal_size((140, 24)).columns, 200)), highlight=False)
    console.print(f"{sentence(run)}\n")
    notes = [*(q.text for q in run.qualifications), *run.intake.said_at_once()]
    for note in notes:
        console.print(f"! {_printable(note)}", markup=False)
    if notes:
        console.print()
    if run.findings:
        console.print(_findings(run))
        if len(run.findings) > MOST:
            console.print(f"… and {len(run.findings) - MOST} more in the report.")
        console.print()
    console.print(_totals(run), markup=False)
    if run.totals.market_value:
        console.print()
        console.print(_values(run))
        console.print()
    if report:
        console.print(f"Report: {report}", markup=False, soft_wrap=True)
    return out.getvalue().rstrip("\n")


def _findings(run: ScreeningRun) -> Table:
    """The first findings, worst first."""
    from rich.table import Table

    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for name, ratio in (("Ref", 1), ("Verdict", 2), ("Account", 2), ("Security", 5), ("Listed entity", 5)):
        table.add_column(name, ratio=ratio, overflow="fold")
    # A width of its own: with a least width and a ratio rich makes the table a column too wide, and cuts it off.
    table.add_column("Where", width=_SOURCE_BREAKS, overflow="fold")
    for finding in sorted(run.findings, key=lambda f: (-f.verdict, f.ref))[:MOST]:
        *cells, where = map(_plain, _row(finding))
        table.add_row(*cells, _broken(where))
    return table


def sentence(run: ScreeningRun) -> str:
    """The verdict in one sentence. A qualified run without findings says what qualifies it in place of "all clear"."""
    t = run.totals
    counts = {name: getattr(t, name) for name in _HEAD}
    return _sentence(
        run.kind, t.positions + t.problems, counts, str(run.as_of), str(run.snapshot.published),
        reservations(q.code for q in run.qualifications),
    )  # fmt: skip


def sentence_of(record: Mapping[str, Any]) -> str:
    """The same sentence from a record."""
    t = record["totals"]
    return _sentence(
        record["kind"], t["positions"] + t["problems"], t, record["as_of"], record["list"]["published"],
        reservations(q["code"] for q in record["qualifications"]),
    )  # fmt: skip


def _sentence(kind: str, count: int, counts: Mapping[str, int], as_of: str, published: str, reserved: str) -> str:
    what = "position" if kind == "holdings" else "trade"
    head = f"{count} {what}{'' if count == 1 else 's'} as of {as_of}, list published {published}"
    parts = [f"{counts[name]} {words}" for name, words in _HEAD.items() if counts[name]]
    if not parts and reserved:
        return f"{head}: no match to the list published {published}; {reserved}."
    return f"{head}: {', '.join(parts)}." if parts else f"{head}: all clear."


def _row(finding: Finding) -> tuple[str, ...]:
    security = finding.security
    name = security.security_name or security.issuer_name or next((i.value for i in security.identifiers), "")
    entities = "; ".join(dict.fromkeys(map(_entity, finding.judgement.matches)))
    if name and finding.action is not Action.HOLD:
        name = f"{finding.action.value.replace('_', ' ').lower()}, {finding.trade_at or 'no date'}: {name}"
    return (
        finding.ref, finding.verdict.name, finding.account, name or " | ".join(finding.cells)[:60],
        entities or finding.judgement.reason, str(finding.source),
    )  # fmt: skip


def _broken(source: str) -> str:
    """A place over two lines where it is long, over three where its sheet is."""
    if len(source) <= _SOURCE_BREAKS:
        return source
    file, mark, rest = source.partition("!")
    sheet, last, row = rest.rpartition("!")
    return f"{file}{mark}\n{rest}" if len(rest) <= _SOURCE_BREAKS else f"{file}{mark}\n{sheet}{last}\n{row}"


def _entity(judged: JudgedMatch) -> str:
    """A listed entity with its phase; of a relative or a namesake that it is not listed itself."""
    name = judged.match.entity.name
    if judged.sub_reason == "bears_name":
        return f"not listed, has the name of {name}"
    if judged.match.relation is Relation.RELATED_UNLISTED and not judged.match.confirmable:
        return f"not listed, related to {name}"
    return f"{name} ({words.PHASES[judged.phase.name]})"


def _plain(text: str) -> str:
    """Text of a stranger's file: no markup, no control characters on our terminal."""
    from rich.markup import escape

    return escape(_printable(text))


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else "�" for c in text)


def _totals(run: ScreeningRun) -> str:
    t = run.totals
    lines = [
        (
            f"Rows read {t.rows_read} = headers {t.headers} + positions {t.positions} + continuations "
            f"{t.continuations} + set aside {t.set_aside_rows} + problems {t.problems}"
        ),
        (
            f"Positions and problems {t.positions + t.problems} = prohibited {t.prohibited} + unscreened "
            f"{t.unscreened} + upcoming {t.upcoming} + review {t.review} + permitted {t.permitted} + set aside "
            f"{t.set_aside} + clear {t.clear}"
        ),
    ]
    return "\n".join(lines)


def _values(run: ScreeningRun) -> Table:
    """Market value by currency: of all rows, of prohibited ones, of those to review."""
    from rich.table import Table

    table = Table(show_edge=False, pad_edge=False, box=None, header_style="bold")
    table.add_column("Market value")
    for name in ("All", "Prohibited", "To review"):
        table.add_column(name, justify="right", min_width=12)
    for currency, money in run.totals.market_value.items():
        figures = (money.all, money.prohibited, money.review)
        table.add_row(_plain(currency), *map(_amount, figures))
    return table


def _amount(figure: str) -> str:
    """An amount with its thousands apart and its cents in full."""
    value = Decimal(figure)
    return f"{value:,.2f}" if value.as_tuple().exponent == -1 else f"{value:,f}"
