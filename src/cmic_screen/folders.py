"""Every file of a folder that a person named, links followed; it opens none, and passes over nothing in silence.

`Path.rglob` neither follows a link to a folder nor says that a folder may not be looked into: holdings lying there
would not be screened, and nobody would know.
"""

from __future__ import annotations

import os
from pathlib import Path

from cmic_screen.errors import InputError, words_of
from cmic_screen.labels import clutter, label


def inside(folder: Path) -> list[Path]:
    """The files below `folder`, sorted; a folder that two links lead to counts once, and one that leads back not again.

    A link that leads nowhere is among them, for whoever opens it to say so, unless its name is clutter (an editor's
    lock). InputError where a folder may not be looked into. [] where there is no file.
    """

    def refused(error: OSError) -> None:
        place = Path(error.filename or folder)
        if not clutter(place.relative_to(folder).as_posix()):
            raise InputError(
                f"the folder cannot be looked into ({words_of(error)}).", where=label(str(place)),
                why="Holdings in it would not be screened.", do="Check its permissions, or name the files one by one.",
            ) from error  # fmt: skip

    seen: set[tuple[int, int]] = set()
    found: list[Path] = []
    for at, folders, names in os.walk(folder, onerror=refused, followlinks=True):
        here = Path(at)
        about = here.stat()
        if (about.st_dev, about.st_ino) in seen:
            folders.clear()
            continue
        seen.add((about.st_dev, about.st_ino))
        folders.sort()
        found += (here / name for name in names)
    return sorted(p for p in found if p.is_file() or (p.is_symlink() and not p.exists() and not _passing(p, folder)))


def _passing(path: Path, folder: Path) -> bool:
    return clutter(path.relative_to(folder).as_posix())
