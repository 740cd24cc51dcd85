"""The files of a screening that a person asked for, put in their places together: report, record, pack, all or none.

A record without its report would be taken for a finished run by whoever waits for it (architecture §6: whole or not at
all); so everything is a draft beside its place (drafts.py) until the last of it is written.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from cmic_screen import drafts
from cmic_screen.errors import ReportError, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from cmic_screen.delivery import Outputs
    from cmic_screen.run import ScreeningRun


def write(
    run: ScreeningRun, report: Path, outputs: Outputs, kept: Path | None, record: dict[str, Any] | None, *,
    files: Sequence[Path], client: str,
) -> None:  # fmt: skip
    """Hand out what was asked for, all of it or nothing: copies of what is `kept` (the run's folder in the history), or
    made now where that is None. `record` is the record without quiet rows, where it is at hand; `client` is printed on
    the report; `files` are the inputs for the pack. ReportError naming the output that could not be written.
    """
    from cmic_screen.report import pack
    from cmic_screen.report import record as records
    from cmic_screen.report.csvout import drop_old_rows
    from cmic_screen.report.workbook import write_report

    rows = report.with_suffix(".rows.csv")
    with ExitStack() as stack:
        made: dict[Path, Path] = {}
        if outputs.record:
            with _beside(stack, outputs.record, made) as draft:
                record = records.write_record(run, draft, all_rows=outputs.all_rows, record=record)
        with _beside(stack, report, made) as draft:
            if kept is None:
                write_report(run, draft, record=record, client=client)
            else:
                _copy(kept, draft, report)
        if outputs.pack:
            with _beside(stack, outputs.pack, made) as draft:
                pack.write_pack(run, draft, files=files, inputs=outputs.inputs_in_pack, client=client)
        if (companion := made[report].with_suffix(".rows.csv")).is_file():
            made = {rows: companion, **made}
        _hand_out(made)
        if rows not in made:
            drop_old_rows(rows)


def _hand_out(made: Mapping[Path, Path]) -> None:
    """Each draft in its place, all of them written."""
    for target, draft in made.items():
        try:
            drafts.hand_out(draft, target)
        except OSError as error:
            raise _unwritten(error, target) from error


def _unwritten(error: OSError, where: Path) -> ReportError:
    return ReportError(
        f"cannot be written ({words_of(error)}).", where=str(where), why="It is not where you asked for it.",
        do="Name a file in a folder you may write to, with room on its disk.",
    )  # fmt: skip


@contextmanager
def _beside(stack: ExitStack, target: Path, made: dict[Path, Path]) -> Iterator[Path]:
    """A draft's place, until `stack` ends, for an output that `made` then knows. What fails is said of the output."""
    try:
        made[target] = stack.enter_context(drafts.beside(target)) / target.name
        yield made[target]
    except ReportError as error:
        if error.where != str(made[target]):
            raise
        raise ReportError(error.what, where=str(target), why=error.why, do=error.do) from error
    except OSError as error:
        raise _unwritten(error, target) from error


def _copy(kept: Path, draft: Path, report: Path) -> None:
    """The kept report, and its companion where there is one, as a draft of the report under the name asked for."""
    from cmic_screen.history.material import REPORT

    source = kept / REPORT
    try:
        if source.with_suffix(".rows.csv").is_file():
            shutil.copyfile(source.with_suffix(".rows.csv"), draft.with_suffix(".rows.csv"))
        shutil.copyfile(source, draft)
    except OSError as error:
        raise ReportError(
            f"cannot be written ({words_of(error)}).", where=str(report),
            why="The run is kept, but its report is not where you asked for it.",
            do=f"Copy it from {source}, or name a folder you may write to.",
        ) from error  # fmt: skip
