"""What a month leaves outside the ledger: report and record in a dated folder, a message for the outbox, the heartbeat.

Copies of what the ledger keeps, each written whole and readable by its owner only. The message (RFC 5322) holds verdict
and counts, no holding and no client; it is not sent. The heartbeat tells a watcher that the run ran, and how it ended.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from cmic_screen.history import material, place

if TYPE_CHECKING:
    from collections.abc import Mapping
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
    """Copy report and record out of a run's folder and write the message; the names written, relative to `out`."""
    place.make_private(out)
    written = []
    for path in sorted(kept.glob("*.xlsx")) + sorted(kept.glob("*.rows.csv")) + [kept / material.RECORD]:
        name = f"{run.run_id}-{path.name}"
        place.replace_whole(out / name, path.read_bytes())
        written.append(name)
    if notice is not None:
        name = f"{run.run_id}.eml"
        place.replace_whole(out / name, message(notice, _changes(kept)))
        written.append(name)
    return tuple(written)


def _changes(kept: Path) -> tuple[Mapping[str, str], ...]:
    path = kept / material.CHANGES
    return tuple(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else ()


def message(notice: Notice, changes: tuple[Mapping[str, str], ...]) -> bytes:
    """The message as bytes, the same for the same run: verdict, counts, changes by kind and cause, digests to keep."""
    run, body = notice.run, notice.run.body
    totals = body["totals"]
    counts = {name: totals[name] for name in ("prohibited", "unscreened", "review", "upcoming", "clear")}
    kinds = Counter((c["change"], c["cause"] or "no cause needed") for c in changes if c["what"] == "finding")
    verdict = next((name for name in ("prohibited", "unscreened", "review", "upcoming") if counts[name]), "clear")
    qualified = ", ".join(body["qualifications"])
    lines = [
        f"Holdings as of {body['as_of']}, list published {body['list']['published']}, period {run.period}.",
        "",
        *(f"{name:<12}{number:>8}" for name, number in counts.items()),
        *([f"qualified: {qualified}"] if qualified else []),
        "",
        "Changes since the last accepted run:" if changes else "No earlier accepted run, or nothing changed.",
        *(f"  {number} {kind}: {cause}" for (kind, cause), number in sorted(kinds.items())),
        *(["", "Cannot be accepted yet:", *(f"  {b}" for b in body["blockers"])] if body["blockers"] else []),
        *(["", *body["differs"]] if body["differs"] else []),
        *(["", *notice.told] if notice.told else []),
        "",
        f"run             {run.run_id}",
        f"content digest  {body['content_digest']}",
        f"ledger head     {notice.head}",
        "Keep the two digests: they show later whether report and ledger are still these.",
    ]
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = notice.sender, ", ".join(notice.to)
    mail["Subject"] = (
        f"NS-CMIC screening {run.period}: {verdict} ({counts['prohibited']} prohibited, {counts['review']} to review)"
    )
    mail["Date"] = format_datetime(datetime.fromisoformat(run.entry.at))
    mail["Message-ID"] = f"<{run.entry.digest[:32]}@cmic-screen.invalid>"
    mail.set_content("\n".join(lines) + "\n")
    return mail.as_bytes()


def heartbeat(path: Path, *, job: str, period: str, at: str, exit_code: int, run_id: str = "", head: str = "") -> None:
    """Write the heartbeat file, whole: that the job ran, when, and the code it ended with."""
    said = {"job": job, "period": period, "at": at, "exit_code": exit_code, "run_id": run_id, "ledger_head": head}
    path.parent.mkdir(parents=True, exist_ok=True)
    place.replace_whole(path, (json.dumps(said, indent=1, sort_keys=True) + "\n").encode())
