"""How much an upload unpacks to, counted before anybody parses it; it keeps nothing of what it counts.

A workbook is parsed in a child process with bounds of its own (ingest.limits); text inside a zip or gzip file is read
in this process, so the page bounds what comes out of it more tightly than the command line does (pains C1).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, Final

from cmic_screen.errors import TooLargeError
from cmic_screen.ingest.limits import ZIP_FAULTS

if TYPE_CHECKING:
    from pathlib import Path

MOST: Final = 200_000_000
"""Bytes that all text inside one upload may unpack to."""
DEEPEST: Final = 2
_GZIP, _ZIP = b"\x1f\x8b", b"PK"
_WORKBOOK: Final = frozenset({"[Content_Types].xml", "mimetype"})
_PIECE: Final = 1 << 20


def refuse(path: Path, left: int) -> int:
    """What of `left` bytes remains after this file; TooLargeError (413) where it unpacks to more.

    A file that is no archive, or a broken one, takes nothing: whoever parses it says what is wrong with it.
    """
    with path.open("rb") as opened:
        size = _unpacked(opened, left, 0)
    if size > left:
        raise TooLargeError(
            f"it unpacks to more than {MOST // 1_000_000} MB, the limit of this page.", where=path.name,
            why="It was not opened, because a file like this can exhaust the machine; nothing in it was screened.",
            do="Screen it on the command line, or split it.",
        )  # fmt: skip
    return left - size


def _unpacked(opened: BinaryIO, left: int, depth: int) -> int:
    """Bytes that come out of an archive, archives inside it included; counting ends soon after `left`."""
    mark = opened.read(2)
    opened.seek(0)
    try:
        if mark == _GZIP:
            return _inflated(opened, left)
        if mark == _ZIP and depth < DEEPEST:
            with zipfile.ZipFile(opened) as archive:
                return _members(archive, left, depth)
    except ZIP_FAULTS:
        return 0
    return 0


def _inflated(opened: BinaryIO, left: int) -> int:
    """What all members of a gzip file inflate to (RFC 1952)."""
    size, rest, stream = 0, opened.read(_PIECE), zlib.decompressobj(wbits=31)
    while rest and size <= left:
        size += len(stream.decompress(rest, _PIECE))
        rest = stream.unconsumed_tail
        if stream.eof:
            rest, stream = stream.unused_data.lstrip(b"\x00"), zlib.decompressobj(wbits=31)
        rest = rest or opened.read(_PIECE)
    return size


def _members(archive: zipfile.ZipFile, left: int, depth: int) -> int:
    parts = archive.infolist()
    if not _WORKBOOK.isdisjoint(part.filename for part in parts):
        return 0
    size = sum(part.file_size for part in parts)
    for part in parts:
        if size > left:
            break
        with archive.open(part) as inside:
            head = inside.read(2)
        if head in {_GZIP, _ZIP}:
            size += _unpacked(io.BytesIO(archive.read(part)), left - size, depth + 1)
    return size
