"""What a month leaves outside the ledger: report and record in a dated folder, a message for the outbox, the heartbeat.

Copies of what the ledger keeps, each written whole and readable by its owner only. The message (RFC 5322) holds verdict
and counts, no holding and no client; it is not sent. The heartbeat tells a watcher that the run ran, and how it ended.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from email.parser import BytesParser
from email.policy import default
from typing import TYPE_CHECKING, Any

from cmic_screen.errors import ReportError
from cmic_screen.history import changes, material, place
from cmic_screen.history.decisions import NEAR_DAYS
from cmic_screen.report import mail
from cmic_screen.report.sheets.words import unchanged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from cmic_screen.history.runs import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What the message needs beside the run: interrupted runs told, the ledger's head, addresses."""

    run: Run
    told: tuple[str, ...]
    head: str
    sender: str
    to: tuple[str, ...]


def deliver(kept: Path, run: Run, out: Path, notice: Notice | None) -> tuple[str, ...]:
    """Copy report and record out of a run's folder and write the message; the names written, relative to `out`.

    ReportError where a file cannot be written: the run is in the ledger all the same, and the next call delivers it.
    """
    with _writing(out):
        place.make_private(out)
        return _copies(kept, run, out, notice)


def _copies(kept: Path, run: Run, out: Path, notice: Notice | None) -> tuple[str, ...]:
    written = []
    for path in sorted(kept.glob("*.xlsx")) + sorted(kept.glob("*.rows.csv")) + [kept / material.RECORD]:
        name = f"{run.run_id}-{path.name}"
        place.replace_whole(out / name, path.read_bytes())
        written.append(name)
    if notice is not None:
        name = f"{run.run_id}.eml"
        place.replace_whole(out / name, message(notice, kept))
        written.append(name)
    return tuple(written)


@contextmanager
def _writing(where: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ReportError(
            f"cannot be written: {error.strerror or error}.", where=str(where),
            why="What the ledger holds is whole; its copies are not there.", do="Mend it and run the month once more.",
        ) from error  # fmt: skip


def message(notice: Notice, kept: Path) -> bytes:
    """The message as bytes, the same for the same run: the report's summary, then what only a month has to say."""
    run, body = notice.run, notice.run.body
    found = changes.record_of(kept)
    kinds = Counter(
        (c["change"], c["cause"] or "nothing changed") for c in found.get("changes", ()) if c["what"] == "finding"
    )
    lines = [
        f"Period {run.period}. {'Changes since the last accepted run:' if kinds else unchanged(found)}",
        *(f"  {number} {kind}: {cause}" for (kind, cause), number in sorted(kinds.items())),
        *(f"Cannot be accepted yet: {blocker}" for blocker in body["blockers"]),
        *body["differs"],
        *notice.told,
        *(f"A decision ends soon: {d['id']} on {d['until']}." for d in _ending(found)),
        f"Ledger head        {notice.head}",
        "Keep the head too: `cmic-screen history verify --expect-head` finds a ledger that was rebuilt.",
    ]
    plain = mail.message(found, workbook_digest=body["workbook_digest"], sender=notice.sender, to=notice.to)
    whole = BytesParser(policy=default).parsebytes(plain)
    whole.set_content(f"{whole.get_content()}\n" + "".join(f"{line}\n" for line in lines), cte="8bit")
    return whole.as_bytes()


def _ending(record: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Decisions in force that end within a month of the as-of date."""
    last = (date.fromisoformat(record["as_of"]) + timedelta(days=NEAR_DAYS)).isoformat()
    return [d for d in record.get("decisions", ()) if d["in_force"] and d["until"] <= last]


def heartbeat(path: Path, *, job: str, period: str, at: str, exit_code: int, run_id: str = "", head: str = "") -> None:
    """Write the heartbeat file, whole: that the job ran, when, and the code it ended with."""
    said = {"job": job, "period": period, "at": at, "exit_code": exit_code, "run_id": run_id, "ledger_head": head}
    with _writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        place.replace_whole(path, (json.dumps(said, indent=1, sort_keys=True) + "\n").encode())
