"""One screening delivered: run, report, record, ledger entry; whole or not at all.

The report is written for every completed run, clean ones above all (architecture §6). With a history the material is
copied first and screened from the copies, so that a replay sees what the run saw; the ledger entry comes before the
files that a person asked for, so that no report is handed out that the ledger does not know.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cmic_screen import handout, service
from cmic_screen.errors import HistoryError, ReportError, UsageError, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from cmic_screen.athand import AtHand
    from cmic_screen.history.ledger import Ledger
    from cmic_screen.history.runs import Run
    from cmic_screen.run import ScreeningRun
    from cmic_screen.settings import Settings


_OTHER_KINDS: Final = frozenset(
    {".xls", ".xlsm", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".json", ".zip", ".pdf", ".html", ".xml", ".docx"}
)
"""Endings that programs take for something else than a workbook of this kind."""
_LONGEST_NAME: Final = 255
"""Bytes a file's name may have (ext4, NTFS in characters, APFS)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """Where results go; None: the report's default name beside the input, no record, no pack."""

    report: Path | None = None
    record: Path | None = None
    pack: Path | None = None
    all_rows: bool = False
    inputs_in_pack: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A finished run and where things were put. `kept` is its folder in the history, None where none is kept."""

    run: ScreeningRun
    report: Path
    kept: Path | None = None


def deliver(
    request: service.Request,
    settings: Settings,
    outputs: Outputs,
    *,
    say: Callable[[str], None] = lambda _: None,
    tell: Callable[[str], None] = lambda _: None,
) -> Delivered:
    """Screen and write. `say` is told each stage, `tell` what a person must know: that an earlier run was interrupted,
    that a run id is in the ledger already. Errors: those of service.run; HistoryError (exit 22) where the ledger
    is not fit; ReportError (exit 23) where an output cannot be written, before anything is kept.
    """
    if request.run_id:  # it names files too: said before anything is looked up
        from cmic_screen.history.store import safe_id

        safe_id(request.run_id)
    prepared = service.prepare(request, settings)
    report = outputs.report or default_report(request.files[0], prepared)
    wanted = [p for p in (report, outputs.record, outputs.pack) if p is not None]
    for path in wanted:
        refuse_unwritable(path)
    wanted.append(report.with_suffix(".rows.csv"))
    refuse_unwritable(wanted[-1])
    refuse_overwriting(wanted, prepared)
    refuse_other_kind(report)
    if request.history:
        run, kept, record = _keep(prepared, settings, say, tell)
    else:
        say("Screening.")
        run, kept, record = service.run(request, settings, prepared=prepared), None, None
    handout.write(run, report, outputs, kept, record, files=request.files, client=settings.text("client"))
    return Delivered(run=run, report=report, kept=kept)


def keep(
    request: service.Request,
    settings: Settings,
    *,
    say: Callable[[str], None] = lambda _: None,
    show: Callable[[ScreeningRun], None] = lambda _: None,
    at_hand: AtHand | None = None,
) -> Delivered:
    """Screen into the history and hand out nothing else: the report is the kept one. `show` is given the run as soon as
    it is judged, seconds before a large one is written and kept; `at_hand` is what need not be read or built again.
    Errors: those of `deliver`.
    """
    from cmic_screen.history.material import REPORT

    run, kept, _ = _keep(service.prepare(request, settings), settings, say, say, show, at_hand)
    return Delivered(run=run, report=kept / REPORT, kept=kept)


def _keep(
    prepared: service.Prepared,
    settings: Settings,
    say: Callable[[str], None],
    tell: Callable[[str], None],
    show: Callable[[ScreeningRun], None] = lambda _: None,
    at_hand: AtHand | None = None,
) -> tuple[ScreeningRun, Path, dict[str, Any]]:
    """Stage the material, screen it from there, and enter folder and ledger entry, both or neither."""
    from cmic_screen.history import decisions, keeping, material, runs, sources
    from cmic_screen.history.ledger import Ledger, who

    request, about = prepared.request, prepared.about
    actor = who()
    with Ledger.open(prepared.home, allow_network=settings.flag("allow_network_home")) as ledger:
        known = next((r for r in runs.all_runs(ledger) if r.run_id == about.run_id), None)
        if known is not None:
            return _again(prepared, settings, ledger, known, tell)
        with runs.begun(ledger, about.run_id, actor=actor, at=about.created_at) as (staging, told):
            for sentence in told:
                tell(sentence)
            wanted = material.Wanted(
                sources=(
                    sources.Source(
                        files=request.files, sheet=request.sheet, encoding=request.encoding, profile=request.profile
                    ),
                ),
                snapshot=prepared.snapshot,
                as_of=prepared.as_of,
                kind=request.kind,
                about=about,
                decisions=decisions.in_force(ledger, prepared.as_of),
                home=prepared.home,
                accounts=prepared.accounts,
                funds=prepared.funds,
                fund_max_age=prepared.fund_max_age,
            )
            kept = material.stage(staging, wanted, at_hand)
            say("Reading the files.")
            service.refuse_empty(kept.intake)
            say("Screening.")
            run = keeping.screened(ledger, kept)
            show(run)
            say("Writing the report.")
            entered = keeping.enter(
                ledger, staging, kept, run, actor=actor, at=about.created_at, client=settings.text("client")
            )
            return run, runs.folder(ledger, entered.run), entered.record


def _again(
    prepared: service.Prepared, settings: Settings, ledger: Ledger, known: Run, tell: Callable[[str], None]
) -> tuple[ScreeningRun, Path, dict[str, Any]]:
    """A run id that the ledger knows: the same run where the content is the same, delivered again, not entered twice.

    HistoryError where the content differs: one name must not stand for two answers.
    """
    from cmic_screen.history import decisions, keeping, material, runs
    from cmic_screen.report import record as records

    fresh = service.run(prepared.request, settings, decisions.in_force(ledger, prepared.as_of), prepared=prepared)
    if records.to_record(fresh)["content_digest"] != known.body["content_digest"]:
        raise HistoryError(
            f"run {known.run_id} is in the ledger already, with other content.",
            why="One name must not stand for two answers.",
            do="Give another --run-id, or leave it out.",
        )  # fmt: skip
    tell(f"Run {known.run_id} is in the ledger already, with the same content; it is not entered twice.")
    folder = runs.whole(ledger, known)
    run = keeping.screened(ledger, material.Material(folder))
    return run, folder, records.to_record(run)


def refuse_overwriting(outputs: Sequence[Path], prepared: service.Prepared) -> None:
    """UsageError where an output would replace what is screened, or another output: a slip of the shell's completion
    must not cost a person their holdings file.
    """
    given = [*prepared.request.files, prepared.request.profile, prepared.funds, prepared.accounts]
    own = [p.resolve() for p in given if p is not None]
    for at, path in enumerate(outputs):
        place = path.resolve()
        if any(place == p or (path.exists() and p.is_dir() and place.is_relative_to(p)) for p in own):
            what = "an output would replace a file that the screening reads."
        elif place in [p.resolve() for p in outputs[:at]]:
            what = "two outputs have the same name."
        else:
            continue
        raise UsageError(what, where=str(path), why="Nothing was screened.", do="Name another file for the output.")


def refuse_other_kind(report: Path) -> None:
    """UsageError where the report is named as what it is not: Excel opens no workbook called .xlsm, nobody one .pdf."""
    if report.suffix.lower() in _OTHER_KINDS:
        raise UsageError(
            f"the report is an Excel workbook (.xlsx), not a {report.suffix} file.", where=str(report),
            why="Nothing was screened.", do="Name it with .xlsx; --json writes the record, --pack the zip.",
        )  # fmt: skip


def refuse_unwritable(path: Path) -> None:
    """ReportError (exit 23) where a file cannot be written there: said before the screening, not after it."""
    reason, folder = "", path.parent
    try:
        special = path.exists() and not path.is_file()  # a folder or a device
        closed = path.exists() and not os.access(path, os.W_OK)  # a rename would go over a file made read-only
        if special or closed or not folder.is_dir() or not os.access(folder, os.W_OK):
            reason = "cannot be written."
    except OSError as error:
        reason = f"cannot be written ({words_of(error)})."  # a name longer than the file system takes
    if reason:
        raise ReportError(
            reason, where=str(path), why="Without its report a screening is not complete.",
            do="Name a file in an existing folder that you may write to.",
        )  # fmt: skip


def default_report(first: Path, prepared: service.Prepared) -> Path:
    """Beside the input, named with the as-of date and the run id (interfaces §1); a long name is cut to what file
    systems take, in whole characters, with room for the companion's ending.
    """
    tail = f"-{prepared.as_of.isoformat()}-{prepared.about.run_id}.xlsx"
    room = _LONGEST_NAME - len(tail.encode()) - len(".rows.csv")
    stem = os.fsencode(first.stem)[:room] if len(os.fsencode(first.stem)) > room else None
    return first.parent / f"{first.stem if stem is None else stem.decode(errors='ignore')}{tail}"


def summary(delivered: Delivered, *, as_json: bool = False, all_rows: bool = False) -> str:
    """What is printed: the record as JSON, or the verdict, the qualifications, a table of findings and the totals."""
    if as_json:
        from cmic_screen.report import record as records

        return records.dumps(records.to_record(delivered.run, all_rows=all_rows)).rstrip("\n")
    from cmic_screen.report.terminal import summary_text

    return summary_text(delivered.run, delivered.report)
