"""The bytes of a publication, unpacked and limited in size; it asks only how a file is packed, never what it means.

gzip and zip are unpacked by content, not by name. A file that cannot be read to its end is refused.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmic_screen.errors import ListError
from cmic_screen.reference.faults import refuse

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 400 * 1024 * 1024
"""Unpacked. The Consolidated List is under 4 MB; the largest file OFAC publishes is under 200 MB."""
ZIP_MEMBERS = ("CONS_ENHANCED.XML", "ENHANCED_XML.XML", "ENHANCED.XML")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """`data` as published: unpacked. `sha256` is of `data`, `packed_sha256` of the file as it lies there."""

    name: str
    data: bytes
    sha256: str
    packed_sha256: str


def open_contents(path: Path) -> Contents:
    """What a file holds. ListError where it is missing, too large, damaged or a zip without a list in it."""
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for without end
            raise ListError("this is a device or a pipe, not a file.", where=path.name, do="Save the list as a file.")
        if path.stat().st_size > MAX_BYTES:
            raise _too_large(path.name)
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise ListError("there is no such list file.", where=path.name, do="Check the path.") from error
    except OSError as error:
        raise ListError(f"cannot be read ({error.strerror}).", where=path.name, do="Check the path.") from error
    return contents_of(raw, path.name)


def contents_of(raw: bytes, name: str) -> Contents:
    """The same of bytes at hand; `name` is for messages."""
    data = raw
    if not raw:
        raise refuse("the file is empty", file=name)
    if raw[:2] == b"\x1f\x8b":
        data = _gunzip(raw, name)
    elif raw[:4] == b"PK\x03\x04":
        data = _unzip(raw, name)
    return Contents(
        name=name,
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        packed_sha256=hashlib.sha256(raw).hexdigest(),
    )


def _gunzip(raw: bytes, name: str) -> bytes:
    try:
        with gzip.open(io.BytesIO(raw)) as packed:
            data = packed.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise refuse(f"the gzip file cannot be unpacked to its end ({error})", file=name) from error
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    return data


def _unzip(raw: bytes, name: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            members = [m for m in packed.infolist() if m.filename.rpartition("/")[2].upper() in ZIP_MEMBERS]
            if len(members) != 1:
                held = ", ".join(sorted(packed.namelist())[:5]) or "nothing"
                raise refuse(
                    f"a zip that holds {held}, not one file named {' or '.join(ZIP_MEMBERS)}",
                    file=name,
                    do="Give OFAC's CONS_ENHANCED.ZIP, or unpack the zip and give the list file itself.",
                )
            if members[0].file_size > MAX_BYTES:
                raise _too_large(name)
            with packed.open(members[0]) as member:
                data = member.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise refuse(f"the zip cannot be unpacked ({error})", file=name) from error
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    return data


def _too_large(name: str) -> ListError:
    return refuse(f"larger than {MAX_BYTES // 1024**2} MB unpacked", file=name)
