"""The door of the room: a path into RawFiles, by what the bytes are, not by what the name says; never follows a macro,
link or external reference and never uses a name inside an archive as a path.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from cmic_screen.errors import InputError
from cmic_screen.ingest import delimited, workbook
from cmic_screen.ingest.grid import RawFile

if TYPE_CHECKING:
    import os

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def open_raw(path: str | os.PathLike[str], *, encoding: str | None = None, name: str = "") -> list[RawFile]:
    """What stands in a file, in each file of a folder, or in each file inside a zip, as raw cells.

    `encoding` overrides the ladder for text. `name` is what messages and results call the file (default: its own name).
    InputError where something cannot be read; never anything else for what a file may hold.
    """
    source = Path(path)
    try:
        data = source.read_bytes()
    except FileNotFoundError as error:
        raise InputError("no such file.", where=str(path), do="Check the path.") from error
    return [_open(data, name or source.name, encoding)]


def _open(data: bytes, name: str, encoding: str | None) -> RawFile:
    if not data.strip(b"\x00 \t\r\n"):
        raise InputError("the file is empty.", where=name, why="Nothing was screened.", do="Export it again.")
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith((_ZIP, _OLE)):
        kind = Path(name).suffix.lower().lstrip(".") or "xlsx"
        grids = tuple(workbook.read(data, name))
        return RawFile(file=name, sha256=digest, bytes=len(data), format=kind, grids=grids)
    grid, used, delimiter = delimited.read(data, name, name=Path(name).name, encoding=encoding)
    return RawFile(
        file=name, sha256=digest, bytes=len(data), format="csv", grids=(grid,), encoding=used, delimiter=delimiter
    )
