"""How large a file may be before anybody parses it, and the test of an archive's own directory; opens no part of it.

The bounds hold against zip bombs and far cells (pains C1, C2) and let an ordinary book of 200,000 x 12 pass. Each
refusal names the bound that was passed; the numbers are ours, measured on two cores with four gigabytes.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Final

from cmic_screen.errors import InputError, TooLargeError

FILE_BYTES: Final = 400_000_000
"""Bytes of one file as it lies on disk or in an archive."""
UNPACKED_BYTES: Final = 800_000_000
"""Bytes of all parts of an archive, by its own directory."""
RATIO: Final = 200
"""Unpacked over packed bytes, where what is unpacked is more than `RATIO_FROM` bytes."""
RATIO_FROM: Final = 40_000_000
PARTS: Final = 5_000
FILES: Final = 2_000
"""Files in one folder or archive of holdings files."""
ROWS: Final = 3_000_000
COLUMNS: Final = 16_384
CELLS: Final = 30_000_000
CELL_CHARACTERS: Final = 131_072
"""Longest cell: four times what Excel can hold, and Python's own csv limit."""
DENSE_AREA: Final = 4_000_000
"""A sheet's rows times columns below which the share of filled cells does not matter."""
SPARSE: Final = 25
"""Largest sheet area over filled cells, past `DENSE_AREA`."""

ZIP_FAULTS: Final = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, struct.error,
)  # fmt: skip
"""What zipfile raises for an archive that is damaged, encrypted, or packed by a method unknown to it."""

CHILD_MEMORY: Final = 3 << 30
"""Bytes of address space of the parsing child."""
CHILD_SECONDS: Final = 120
"""Processor seconds of the parsing child; it gets half as much again by the clock on the wall."""


def too_big(what: str, where: str) -> TooLargeError:
    """A refusal for size; `what` says which bound was passed and by how much."""
    return TooLargeError(
        what,
        where=where,
        why="It was not opened, because a file like this can exhaust the machine; nothing in it was screened.",
        do="Split it, or export only the holdings, and screen the parts together.",
    )


def check_bytes(size: int, where: str) -> None:
    """Raise InputError where a file of `size` bytes is over the bound."""
    if size > FILE_BYTES:
        raise too_big(f"the file has {size:,} bytes; the limit is {FILE_BYTES:,}.", where)


def far(rows: int, columns: int, filled: int) -> bool:
    """Whether a sheet that reaches to (`rows`, `columns`) is out of proportion to its `filled` cells."""
    area = rows * columns
    return area > DENSE_AREA and area > SPARSE * filled


def too_far(column: int, where: str) -> TooLargeError:
    """A refusal of a sheet with a cell so far to the right that its rows cannot be held."""
    return TooLargeError(
        f"a cell stands as far out as column {column:,}.",
        where=where,
        why="Read as it is, the sheet would exhaust the machine; nothing in it was screened.",
        do="Delete the columns behind the table (select them, Delete, save), or copy the table into a new workbook.",
    )


def directory(data: bytes, where: str) -> list[zipfile.ZipInfo]:
    """The parts of a zip archive by its own directory, each bound checked before a byte is unpacked.

    InputError where the archive is damaged, locked, too large, packed too tightly, or names a part twice (two readers
    could then see two different books).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except ZIP_FAULTS as error:
        raise damaged(str(error), where) from error
    if len(parts) > PARTS:
        raise too_big(f"the archive has {len(parts):,} parts; the limit is {PARTS:,}.", where)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > UNPACKED_BYTES:
        raise too_big(f"the archive unpacks to {unpacked:,} bytes; the limit is {UNPACKED_BYTES:,}.", where)
    if unpacked > RATIO_FROM and unpacked > RATIO * len(data):
        raise too_big(f"the archive unpacks to {unpacked // len(data):,} times its size; the limit is {RATIO}.", where)
    names = [part.filename.lower() for part in parts]
    if len(set(names)) < len(names):
        raise damaged("a part stands in it twice", where)
    if any(part.flag_bits & 1 for part in parts):
        raise InputError(
            "the archive is protected with a password.",
            where=where,
            why="Nothing in it was screened.",
            do="Unpack it with its password and screen what it holds.",
        )
    return parts


def damaged(detail: str, where: str) -> InputError:
    """An archive or workbook whose parts do not fit together."""
    return InputError(
        f"the file is damaged or cut off ({detail}).",
        where=where,
        why="Rows could be missing without notice, so nothing in it was screened.",
        do="Download or export it again, or open it in a spreadsheet program and save it as .xlsx.",
    )
