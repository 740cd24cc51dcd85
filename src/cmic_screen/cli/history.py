"""`history list|show|compare|accept|replay|verify|export`: the ledger of runs, read and frozen; nothing is deleted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cmic_screen.cli.common import Format, FormatOption, ReviewerOption, digest_given, emit, say
from cmic_screen.errors import ExitCode, HistoryError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.history.runs import Run

RUN = Annotated[str, typer.Argument(help="Run id, or an unambiguous beginning of one, or `latest`.")]


def register(app: typer.Typer) -> None:
    """Add the command group to the program."""
    group = typer.Typer(help="The ledger of runs: what was screened when, and whether it is still as it was.",
                        no_args_is_help=True)  # fmt: skip
    for command, example in (
        (list_, "list --format json"), (show, "show latest"), (compare, "compare 2026-10 2026-11"),
        (accept, "accept 20261130T060000Z-1a2b3c --by Ana"), (replay, "replay latest"),
        (verify, "verify --expect-head 1f2e3d4c5b6a"), (export, "export latest --to run.zip"),
    ):  # fmt: skip
        name = command.__name__.rstrip("_")
        group.command(name, epilog=f"Example: cmic-screen history {example}")(command)
    app.add_typer(group, name="history")


def list_(fmt: FormatOption = Format.TEXT) -> None:
    """Every run, newest first, with the trend of the last twelve accepted ones and the ledger's head digest."""
    from cmic_screen.history import Ledger, runs, trend

    with Ledger.open(write=False) as ledger:
        found = runs.all_runs(ledger)
        head = ledger.head()
        trends = {job: trend.trend(ledger, job) for job in dict.fromkeys(r.job for r in found)}
    lines = [
        f"{'run':<28} {'period':<8} {'as of':<11} {'prohibited':>10} {'review':>7} {'unscreened':>10}  exit  accepted",
        *(_line(r) for r in found),
        "" if found else "no runs yet",
        *(_trend(job, points) for job, points in trends.items() if points),
        f"ledger head {head} (note it somewhere else: `history verify --expect-head`)",
    ]
    emit([r.as_json() for r in found], "\n".join(lines), fmt)


def _line(run: Run) -> str:
    body, totals = run.body, run.body["totals"]
    by = run.accepted.who.by if run.accepted else ("blocked" if body["blockers"] else "-")
    return (
        f"{run.run_id:<28} {run.period or '-':<8} {body['as_of']:<11} {totals['prohibited']:>10} {totals['review']:>7} "
        f"{totals['unscreened']:>10}  {body['exit_code']:>4}  {by}"
    )


def _trend(job: str, points: Sequence[dict[str, Any]]) -> str:
    """Accepted runs, oldest first: prohibited+review of each, and a bar a run as tall as its prohibited count."""
    bars = "▁▂▃▄▅▆▇█"
    top = max((p["prohibited"] for p in points), default=0) or 1
    drawn = "".join(bars[p["prohibited"] * (len(bars) - 1) // top] for p in points)
    counts = ", ".join(f"{p['period']}: {p['prohibited']}+{p['review']}" for p in points)
    return f"trend{f' of {job}' if job else ''} (accepted runs, prohibited+review) {drawn}\n  {counts}"


def show(run: RUN, fmt: FormatOption = Format.TEXT) -> None:
    """One run: totals, material, whether it was accepted, and where its folder is."""
    from cmic_screen.history import Ledger, runs

    with Ledger.open(write=False) as ledger:
        found = runs.find(ledger, run)
        data = {**found.as_json(), "folder": str(runs.folder(ledger, found))}
    emit(data, "\n".join(_flat(data)), fmt)


def _flat(data: dict[str, Any], lead: str = "") -> list[str]:
    lines: list[str] = []
    for key, value in sorted(data.items()):
        if isinstance(value, dict):
            lines += _flat(value, f"{lead}{key}.")
        elif isinstance(value, list):
            lines += [f"{lead + key:<36} {item if isinstance(item, str) else ' '.join(map(str, item.values()))}"
                      for item in value]  # fmt: skip
        else:
            lines.append(f"{lead + key:<36} {'-' if value in (None, '') else value}")
    return lines


def compare(old: RUN, new: RUN, fmt: FormatOption = Format.TEXT) -> None:
    """What changed from one run to another, and the cause of each change, found by screening with one thing swapped."""
    from cmic_screen.history import Ledger, runs
    from cmic_screen.history.changes import between
    from cmic_screen.report.sheets.words import changed

    with Ledger.open(write=False) as ledger:
        first, then = runs.find(ledger, old), runs.find(ledger, new)
        found = between(ledger, first, then)
    lines = [f"{first.run_id} -> {then.run_id}: {changed(found) or 'nothing is open in either'}"]
    for c in found:
        was = f"{c['before'] or '-'} -> {c['after'] or '-'}"
        ref = c["ref"] or c["ref_before"]
        lines.append(f"{c['change']:<11} {ref:<8} {was:<26} {c['security']:<40} {c['cause'] or '-':<20} {c['text']}")
    emit(list(found), "\n".join(lines), fmt)


def accept(run: RUN, by: ReviewerOption, fmt: FormatOption = Format.TEXT) -> None:
    """Freeze a run as the answer of its period. A blocked run, or one whose folder changed, cannot be accepted."""
    from cmic_screen.history import Ledger, runs, who
    from cmic_screen.moment import stamp

    with Ledger.open() as ledger:
        found = runs.find(ledger, run)
        entry = runs.accept(ledger, found, actor=who(by), at=stamp())
    data = {"run": found.run_id, "accepted_by": entry.who.by, "at": entry.at, "head": entry.digest}
    told = f"accepted {found.run_id} by {entry.who.by} (identity not authenticated); ledger head {entry.digest}"
    emit(data, told, fmt)


def replay(
    run: Annotated[str, typer.Argument(help="Run id, an exported zip, or a run's folder.")],
    fmt: FormatOption = Format.TEXT,
) -> None:
    """Screen a kept run again from its own material: the record must be the same, byte for byte. Exit 22 where not."""
    from cmic_screen.history import Ledger, runs
    from cmic_screen.history.export import opened
    from cmic_screen.history.replay import difference

    path = Path(run)
    if path.exists():
        place = path
    else:
        with Ledger.open(write=False) as ledger:
            place = runs.whole(ledger, runs.find(ledger, run))
    with opened(place) as folder:
        found = difference(folder)
    if found:
        raise HistoryError(f"the replay differs: {found}", where=run, do="Say why before relying on either.")
    emit({"run": run, "same": True}, f"{run}: the same record, byte for byte", fmt)


def verify(
    expect_head: Annotated[
        str | None, typer.Option("--expect-head", help="A head digest noted earlier: must still be in the chain.")
    ] = None,
    fmt: FormatOption = Format.TEXT,
) -> None:
    """Check the chain, the tables and every kept file; name what was changed, removed or added. Exit 22 where so."""
    from cmic_screen.history import Ledger
    from cmic_screen.history.verify import faults

    expected = digest_given(expect_head, "--expect-head")
    with Ledger.open(write=False) as ledger:
        found = faults(ledger, expected)
        count, head = len(ledger.entries()), ledger.head()
    words = [*found] or [f"{count} entries and every kept file are as they were written"]
    if not found and not expected:
        words.append("internally consistent; only --expect-head with a digest kept elsewhere finds a rebuilt ledger")
    emit({"entries": count, "faults": list(found), "head": head}, "\n".join([*words, f"ledger head {head}"]), fmt)
    if found:
        raise typer.Exit(int(ExitCode.HISTORY))


def export(
    run: RUN, to: Annotated[Path, typer.Option("--to", help="The zip to write.")], fmt: FormatOption = Format.TEXT
) -> None:
    """Pack a run into one zip that an auditor can check without this program, and that replays on another machine."""
    from cmic_screen.history import Ledger, runs
    from cmic_screen.history.export import export as pack

    if to.exists():
        raise UsageError("there is a file of that name already.", where=str(to), do="Name another with --to.")
    with Ledger.open(write=False) as ledger:
        found = runs.find(ledger, run)
        digest = pack(ledger, found, to)
    say(f"run {found.run_id} with its material; check it with `sha256sum -c MANIFEST.sha256` in its folder")
    emit({"run": found.run_id, "sha256": digest, "file": str(to)}, f"{digest}  {to}", fmt)
