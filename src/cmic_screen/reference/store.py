"""The lists kept in the user's folder: every accepted snapshot by digest, never overwritten, and which one is in force.

`lists/<digest>.json` are snapshots, `lists/current.json` points at the one last accepted and says when it was last
checked. A pointer or a snapshot that is damaged is an error, never a reason to fall back on an older list in silence.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from cmic_screen.errors import ListError
from cmic_screen.reference.build import build_snapshot
from cmic_screen.reference.snapshot import dumps, embedded_snapshot, read_snapshot, sealed, write_whole
from cmic_screen.settings import default_home

if TYPE_CHECKING:
    from pathlib import Path

    from cmic_screen.model import ListSnapshot

POINTER = "current.json"
POINTER_SCHEMA = "cmic-screen/current-list/1"


def lists_folder(home: Path | None) -> Path:
    """Where the snapshots are kept; it may not exist yet."""
    return (home or default_home()) / "lists"


def load_snapshot(path: Path | None = None, home: Path | None = None) -> ListSnapshot:
    """The list to screen with: the file `path` (a snapshot, or a publication of OFAC's that is built on the spot), else
    the newest of the one in force in `home` and the embedded one. ListError where what is named cannot be used.
    """
    if path is not None:
        return open_list(path)
    embedded = embedded_snapshot()
    current = current_snapshot(home)
    if current is None or current.published < embedded.published:
        return embedded
    return current


def open_list(path: Path) -> ListSnapshot:
    """A snapshot file, or an OFAC publication built into one."""
    try:
        with path.open("rb") as opened:
            head = opened.read(64).lstrip()
    except OSError as error:
        raise ListError(
            f"cannot be read ({error.strerror}).", where=path.name,
            why="Without a list nothing can be screened.", do="Check the path.",
        ) from error  # fmt: skip
    return read_snapshot(path) if head.startswith(b"{") else build_snapshot(path)


def current_snapshot(home: Path | None) -> ListSnapshot | None:
    """The snapshot last accepted in `home`, with the time of its last check; None where there never was one."""
    folder = lists_folder(home)
    pointer = folder / POINTER
    if not pointer.exists():
        return None
    try:
        body = json.loads(pointer.read_text(encoding="utf-8"))
        digest, checked_at = str(body["digest"]), str(body["checked_at"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ListError(
            f"not readable ({type(error).__name__}).", where=f"lists/{POINTER}",
            why="Which list is in force is not known.", do="Run `cmic-screen list update` to set it again.",
        ) from error  # fmt: skip
    snapshot = read_snapshot(folder / f"{digest}.json")
    if snapshot.digest != digest:
        raise ListError(
            f"holds digest {snapshot.digest[:12]}.", where=f"lists/{digest}.json",
            why="It is not the list its name says.", do="Run `cmic-screen list verify`.",
        )  # fmt: skip
    return replace(snapshot, checked_at=checked_at)


def keep(snapshot: ListSnapshot, home: Path | None) -> Path:
    """Keep a snapshot by its digest; one that is there already stays untouched."""
    snapshot = sealed(snapshot)
    path = lists_folder(home) / f"{snapshot.digest}.json"
    if not path.exists():
        write_whole(dumps(snapshot), path)
    return path


def set_current(digest: str, checked_at: str, home: Path | None) -> None:
    """Put a kept snapshot in force, in one step; `checked_at` is ISO 8601 UTC text."""
    body = {"schema": POINTER_SCHEMA, "digest": digest, "checked_at": checked_at}
    write_whole(json.dumps(body, indent=1, sort_keys=True) + "\n", lists_folder(home) / POINTER)
