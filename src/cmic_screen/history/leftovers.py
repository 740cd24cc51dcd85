"""What runs left that died: staging folders without a living process, and run folders that no entry names, set aside.

The system releases a dead process's lock; the next run finds its folder, moves it aside unread and tells (issue 8.2).
Nothing is deleted.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cmic_screen.history import place, store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """What an interrupted run left: its id, when it began, the step it was at, and where the remains now lie."""

    run_id: str
    at: str
    step: str
    folder: str

    @property
    def sentence(self) -> str:
        """For the person who starts the next run."""
        when = f", begun {self.at}," if self.at else ""
        return (
            f"An earlier run {self.run_id}{when} stopped at: {self.step}. "
            f"It is not in the ledger; what it left is in {self.folder}."
        )


def set_aside_leftovers(home: Path, known: frozenset[str]) -> tuple[Leftover, ...]:
    """Move dead staging folders, and run folders that no entry names, to `interrupted`. Call it holding the ledger."""
    found: list[Leftover] = []
    for folder in _folders(home / store.STAGING):
        if _alive(folder / store.LOCK):
            continue
        told = _told(folder)
        step = told.get("step") or ("entering it in the ledger" if (folder / store.MANIFEST).is_file() else "starting")
        run_id = told.get("run_id") or folder.name.rpartition(".")[0]
        found.append(_move(home, folder, run_id, told.get("at", ""), step))
    orphans = [folder for folder in _folders(home / store.RUNS) if folder.name not in known]
    return (*found, *(_move(home, folder, folder.name, "", "entering it in the ledger") for folder in orphans))


def _move(home: Path, folder: Path, run_id: str, at: str, step: str) -> Leftover:
    place.make_private(home / store.INTERRUPTED)
    taken = {p.name for p in (home / store.INTERRUPTED).iterdir()}
    name = next(n for i in range(1, len(taken) + 2) if (n := f"{run_id}-{i}") not in taken)
    os.rename(folder, home / store.INTERRUPTED / name)  # noqa: PTH104  # what the fault injection counts
    return Leftover(run_id=run_id, at=at, step=step, folder=f"{store.INTERRUPTED}/{name}")


def _folders(parent: Path) -> Iterator[Path]:
    if parent.is_dir():
        yield from sorted(p for p in parent.iterdir() if p.is_dir())


def _told(folder: Path) -> Mapping[str, str]:
    """What a dead run last said of itself; {} where it did not get so far."""
    path = folder / store.STEP
    if not path.is_file():
        return {}
    said: Any = json.loads(path.read_text(encoding="utf-8"))
    return {str(k): str(v) for k, v in said.items()}


def _alive(lock: Path) -> bool:
    """Whether the process that holds a staging folder still lives: the system releases a dead one's lock."""
    if not lock.is_file():
        return False
    with lock.open("rb") as stream:
        try:
            store.hold(stream)
        except OSError:
            return True
    return False
