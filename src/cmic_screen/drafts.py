"""Files that are handed out: written in a folder of their own beside their place, then renamed there, whole and
readable by their owner only; it never leaves a draft behind, not even one of a process that was killed.

A lock on the folder says that its process lives; the system gives it back when that dies (flock(2)). Where a file
system has no such lock, or on Windows, a killed process's folder stays: nobody can tell that it is dead.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX: Final = ".cmic-draft-"
_OURS: Final = re.compile(re.escape(PREFIX) + "[a-z0-9_]{8}")
"""What `tempfile` makes of the prefix. Nothing else is ever removed: a user's own `.cmic-home` may hold a ledger."""


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A folder for drafts of `target` and what goes with it, gone when the block ends, however it ends. OSError where
    the folder that `target` is to stand in does not let one be made.
    """
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=target.parent) as made:
        folder = Path(made)
        with _held(folder):
            for other in sorted(target.parent.glob(f"{PREFIX}*")):
                if other != folder and _OURS.fullmatch(other.name):
                    _clear_dead(other)
            yield folder


def hand_out(draft: Path, target: Path) -> None:
    """Put a finished draft in its place, over an older file of that name."""
    draft.chmod(0o600)
    draft.replace(target)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """The folder locked, where that can be."""
    handle = _lock(folder, wait=True)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _clear_dead(folder: Path) -> None:
    """Remove a folder whose process has died. An empty one is left: its process may be about to lock it."""
    handle = _lock(folder, wait=False)
    if handle is None:
        return
    try:
        if any(folder.iterdir()):
            shutil.rmtree(folder, ignore_errors=True)  # another's, perhaps: no reason to stop over it
    finally:
        os.close(handle)


def _lock(folder: Path, *, wait: bool) -> int | None:
    """A descriptor that holds the folder's lock, or None where another has it or there are no such locks."""
    if sys.platform == "win32":
        return None
    import fcntl

    handle = None
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        return handle
    if handle is not None:
        os.close(handle)
    return None
