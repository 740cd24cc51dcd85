"""The lists kept in the user's folder: every accepted snapshot by digest, never overwritten, and which one is in force.

`lists/<digest>.json` are snapshots, `lists/current.json` points at the one last accepted and says when it was last
checked. A pointer or a snapshot that is damaged is an error, never a reason to fall back on an older list in silence.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cmic_screen.errors import ListError
from cmic_screen.reference.build import build_snapshot
from cmic_screen.reference.snapshot import dumps, embedded_snapshot, read_snapshot, sealed, write_whole
from cmic_screen.settings import default_home

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from cmic_screen.model import ListSnapshot

POINTER = "current.json"
POINTER_SCHEMA = "cmic-screen/current-list/1"
CHECKS = "checks.jsonl"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PREFIX = 8  # characters of a digest that name a list


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
    if current is None:
        return embedded
    if current.published < embedded.published:  # a newer release of this program brought a newer list
        return with_removed(embedded, current)
    return current


def open_list(path: Path) -> ListSnapshot:
    """A snapshot file, or an OFAC publication built into one."""
    return read_snapshot(path) if is_snapshot(path) else build_snapshot(path)


def is_snapshot(path: Path) -> bool:
    """Whether a file looks like our own schema; a folder or a pipe never does. ListError where it cannot be opened."""
    if path.exists() and not path.is_file():
        return False
    try:
        with path.open("rb") as opened:
            return opened.read(64).lstrip().startswith(b"{")
    except OSError as error:
        raise ListError(
            f"cannot be read ({error.strerror}).",
            where=path.name,
            why="Without a list nothing can be screened.",
            do="Check the path.",
        ) from error


def current_snapshot(home: Path | None) -> ListSnapshot | None:
    """The snapshot last accepted in `home`, with the time of its last check; None where there never was one."""
    folder = lists_folder(home)
    pointer = folder / POINTER
    if not pointer.exists():
        return None
    try:
        body = json.loads(pointer.read_text(encoding="utf-8"))
        digest, checked_at = str(body["digest"]), str(body["checked_at"])
        _check_pointer(digest, checked_at)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ListError(
            f"not readable ({type(error).__name__}).", where=f"lists/{POINTER}",
            why="Which list is in force is not known.", do="Run `cmic-screen list update` to set it again.",
        ) from error  # fmt: skip
    return replace(_named(folder / f"{digest}.json"), checked_at=checked_at)


def _check_pointer(digest: str, checked_at: str) -> None:
    """ValueError where the pointer names no digest, or its time has no zone."""
    if not _DIGEST.fullmatch(digest):
        msg = f"{digest[:20]!r} is no digest"
        raise ValueError(msg)
    if datetime.fromisoformat(checked_at).tzinfo is None:
        msg = f"{checked_at!r} has no time zone"
        raise ValueError(msg)


def keep(snapshot: ListSnapshot, home: Path | None) -> Path:
    """Keep a snapshot by its digest. One that is there stays untouched; a damaged one is moved aside, not deleted."""
    snapshot = sealed(snapshot)
    path = lists_folder(home) / f"{snapshot.digest}.json"
    if path.exists():
        if not _fault(partial(_named, path)):
            return path
        path.replace(path.with_suffix(".damaged"))
    write_whole(dumps(snapshot), path)
    return path


def set_current(digest: str, checked_at: str, home: Path | None) -> None:
    """Put a kept snapshot in force, in one step; `checked_at` is ISO 8601 UTC text."""
    body = {"schema": POINTER_SCHEMA, "digest": digest, "checked_at": checked_at}
    write_whole(json.dumps(body, indent=1, sort_keys=True) + "\n", lists_folder(home) / POINTER)


def log_check(home: Path | None, *, at: str, source: str, outcome: str, digest: str) -> None:
    """Add one line to `lists/checks.jsonl`: when and where a list was looked for, and what came of it."""
    folder = lists_folder(home)
    line = json.dumps({"at": at, "source": source, "outcome": outcome, "digest": digest}, ensure_ascii=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / CHECKS).open("a", encoding="utf-8", newline="\n") as out:
            out.write(line + "\n")
    except OSError as error:
        raise ListError(
            f"cannot be written ({error.strerror}).", where=f"lists/{CHECKS}", do="Check the folder's rights and space."
        ) from error


def checks(home: Path | None) -> list[dict[str, str]]:
    """Every check ever logged, oldest first; a line that a crash left half written is told as such."""
    path = lists_folder(home) / CHECKS
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
    except OSError as error:
        raise ListError(
            f"cannot be read ({error.strerror}).", where=f"lists/{CHECKS}", do="Check its rights."
        ) from error
    return [_check_of(line) for line in lines]


def _check_of(line: str) -> dict[str, str]:
    try:
        body = json.loads(line)
        return {key: str(body[key]) for key in ("at", "source", "outcome", "digest")}
    except (ValueError, KeyError, TypeError):
        return {"at": "", "source": "", "outcome": "this line of the log cannot be read", "digest": ""}


def kept(home: Path | None) -> list[ListSnapshot]:
    """Every list at hand, the embedded one included, by publication date and then by when it was fetched; each once.
    ListError where one of them is damaged.
    """
    found = {s.digest: s for s in (embedded_snapshot(), *(_named(p) for p in _files(home)))}
    return sorted(found.values(), key=lambda s: (s.published, s.retrieved_at, s.digest))


def verify(home: Path | None) -> list[tuple[str, str]]:
    """(file name, "" or what is wrong) of every list at hand: the embedded one first, the pointer last."""
    results = [("embedded", _fault(embedded_snapshot))]
    results += [(path.name, _fault(partial(_named, path))) for path in _files(home)]
    if (lists_folder(home) / POINTER).exists():
        results.append((POINTER, _fault(partial(current_snapshot, home))))
    return results


def choose(stated: str, home: Path | None, on: date) -> ListSnapshot:
    """The list to screen with on a day: the one `stated` names (see `find`), else the one in force on that day."""
    if stated:
        return find(stated, home)
    newest = load_snapshot(None, home)
    return newest if newest.published <= on else snapshot_for(on, home)


def find(what: str, home: Path | None) -> ListSnapshot:
    """The list that `what` names: a path, `embedded`, `current`, a publication date, or the start of a digest
    (8 characters or more). ListError where there is none, or more than one.
    """
    if what == "embedded":
        return embedded_snapshot()
    if what == "current":
        return load_snapshot(None, home)
    if Path(what).exists():
        return open_list(Path(what))
    at_hand = kept(home)
    # one publication may have been built by several releases of this program: the newest build of it speaks
    found = list({s.sha256: s for s in at_hand if s.published.isoformat() == what}.values())
    if not found and len(what) >= _PREFIX:
        found = [s for s in at_hand if s.digest.startswith(what.lower())]
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{s.published} ({s.digest[:12]})" for s in at_hand)
    raise ListError(
        f"{'more than one list is' if found else 'no file and no kept list is'} named {what!r}.",
        why=f"At hand are: {known}.",
        do="Give a path, `embedded`, `current`, a publication date, or at least 8 characters of a digest.",
    )


def snapshot_for(on: date, home: Path | None) -> ListSnapshot:
    """The list to screen a past day with: the newest published by that day, else the oldest at hand (listing dates in
    it tell who was listed on the day).
    """
    at_hand = kept(home)
    before = [s for s in at_hand if s.published <= on]
    return before[-1] if before else at_hand[0]


def with_removed(snapshot: ListSnapshot, before: ListSnapshot) -> ListSnapshot:
    """The list with every entity that the list before it carried and it does not: `removed` is the publication date of
    the first list that lacked it, so that a removal is said and is never just a match less.
    """
    here = {e.uid for e in snapshot.entities}
    gone = [
        e if e.removed is not None else replace(e, removed=snapshot.published)
        for e in before.entities
        if e.uid not in here
    ]
    if not gone:
        return snapshot
    return sealed(replace(snapshot, entities=tuple(sorted((*snapshot.entities, *gone), key=lambda e: int(e.uid)))))


def _named(path: Path) -> ListSnapshot:
    """A kept snapshot; ListError where it is not the one its name says."""
    snapshot = read_snapshot(path)
    if snapshot.digest != path.stem:
        raise ListError(
            f"holds the list with digest {snapshot.digest[:12]}.",
            where=f"lists/{path.name}",
            why="It is not the list its name says.",
            do="Run `cmic-screen list verify`, and `list update` to put a sound list in force.",
        )
    return snapshot


def _files(home: Path | None) -> list[Path]:
    folder = lists_folder(home)
    return sorted(p for p in folder.glob("*.json") if p.name != POINTER) if folder.is_dir() else []


def _fault(read: Callable[[], object]) -> str:
    try:
        read()
    except ListError as error:
        return error.message
    return ""
