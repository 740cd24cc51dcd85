"""A person's confirmations that the national emergency is in force: kept as files, appended to, never overwritten.

Each is one JSON file under `programme/` in the data folder, named by its end date and digest. It must never extend a
prohibition or end one: a confirmation only says that a run need not be qualified (50 U.S.C. 1622(d)).
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from cmic_screen.errors import ListError, UsageError, words_of

if TYPE_CHECKING:
    from pathlib import Path

FOLDER: Final = "programme"


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """Who confirmed the emergency through which day, from which source, and when (ISO 8601 UTC text)."""

    until: date
    source: str
    by: str
    on: str

    @property
    def words(self) -> str:
        """The confirmation as the report prints it."""
        return f"{self.source}, confirmed by {self.by} on {self.on}"


def confirmations(home: Path) -> tuple[Confirmation, ...]:
    """Every confirmation on record, in order of end date; none yields (). ListError where a file is not one of ours."""
    found = []
    for path in sorted((home / FOLDER).glob("confirmed-*.json")):
        try:
            entry = json.loads(path.read_text(encoding="utf-8"))
            found.append(
                Confirmation(
                    until=date.fromisoformat(entry["until"]), source=entry["source"], by=entry["by"], on=entry["on"]
                )
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ListError(
                f"not a confirmation of the programme: {error}.", where=str(path),
                why="Whether the emergency is confirmed in force cannot be said.", do="Restore or remove the file.",
            ) from error  # fmt: skip
    return tuple(sorted(found, key=lambda c: (c.until, c.on)))


def latest_confirmation(home: Path) -> Confirmation | None:
    """The confirmation that reaches furthest, or None."""
    found = confirmations(home)
    return found[-1] if found else None


def record_confirmation(home: Path, confirmation: Confirmation) -> Path:
    """Keep a confirmation; returns its file, readable by its owner only. UsageError where it says nothing.

    The same confirmation twice is the same file; an existing file is never written again.
    """
    for name in ("source", "by"):
        if not getattr(confirmation, name).strip():
            raise UsageError(f"--{name} is empty.", why="A confirmation without it proves nothing.")
    entry = {**asdict(confirmation), "until": confirmation.until.isoformat()}
    text = json.dumps(entry, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    folder = home / FOLDER
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    path = folder / f"confirmed-{entry['until']}-{digest}.json"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        raise ListError(
            f"the confirmation cannot be kept ({words_of(error)}).", where=str(path),
            why="Runs stay qualified until it is.", do="Check room and rights of the folder, then confirm again.",
        ) from error  # fmt: skip
    return path
