"""A workbook of ours read back: its values in canonical form, and what its sheet Seal says; it compares nothing."""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.errors import HistoryError, InputError, words_of
from cmic_screen.report import seal, unseen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MOST_BYTES: Final = 500_000_000
_DAMAGED: Final = (OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error,
                   *unseen.MALFORMED)  # fmt: skip
"""What zipfile raises for a file with a byte changed, and for text that is none."""
_NAME: Final = re.compile(r'<(?:\w+:)?definedName\b[^>]*\bname="(cmic_\w+)"[^>]*>([^<]*)<')
_PROPERTY: Final = re.compile(r'name="(cmic_\w+)"[^>]*>\s*<(?:vt:)?lpwstr[^>]*>([^<]*)<')


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A workbook as read: rows of canonical cells by sheet, the raw seal, properties, where defined names lead, what
    a reader would not see, and the file's SHA-256.
    """

    sheets: Mapping[str, list[list[tuple[int, str]]]]
    seal: list[list[Any]]
    properties: Mapping[str, str]
    names: Mapping[str, str]
    unseen: tuple[str, ...]
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the sheet Seal says."""

    digest: str
    sheets: Mapping[str, str]
    open: Mapping[str, str]
    codes: Mapping[str, Mapping[int, str]]
    record: Mapping[str, Any]


def read(path: Path) -> Book:
    """Read a workbook; InputError where it is none, or is larger than any report."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        data = path.read_bytes()
        with zipfile.ZipFile(path) as parts:
            _refuse_bombs(parts, path)
            custom = parts.read("docProps/custom.xml").decode() if "docProps/custom.xml" in parts.namelist() else ""
            parted = parts.read("xl/workbook.xml").decode() if "xl/workbook.xml" in parts.namelist() else ""
            book = CalamineWorkbook.from_path(str(path))
            found = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
            raw = found.pop(seal.SHEET, [])
            pages = {
                name: [[(i, seal.cell_text(v)) for i, v in enumerate(row, 1) if v not in ("", None)] for row in rows]
                for name, rows in found.items()
            }
            hidden = unseen.told(parts, pages)
    except (*_DAMAGED, CalamineError) as error:
        raise InputError(
            f"it cannot be read as a workbook ({words_of(error)})",
            where=str(path),
            do="Give verify the .xlsx that `cmic-screen screen` wrote.",
        ) from error
    properties = dict(_PROPERTY.findall(custom))
    names = dict(_NAME.findall(parted))
    sha256 = hashlib.sha256(data).hexdigest()
    return Book(sheets=pages, seal=raw, properties=properties, names=names, unseen=hidden, sha256=sha256)


def unseal(book: Book, path: Path) -> Kept:
    """What the seal says; HistoryError where there is none that can be read."""
    digest, digests, opened, pieces = "", {}, {}, []
    codes: dict[str, dict[int, str]] = {}
    for row in book.seal:
        kind, name, text, at = (*(str(c) for c in row), "", "", "", "")[:4]
        if kind == "workbook":
            digest = text
        elif kind == "sheet":
            digests[name] = text
        elif kind == "open":
            opened[name] = text
        elif kind == "record":
            pieces.append(text)
        elif kind == "row":
            codes.setdefault(name, {})[int(float(at))] = text
    try:
        record = seal.unpack(pieces) if digest and digests else None
    except ValueError:
        record = None
    if record is None:
        raise HistoryError(
            "it carries no seal that can be read",
            where=str(path),
            why=(
                "It is not a report of this program, or its sheet Seal was removed or damaged; nothing can be verified."
            ),
            do="Take the copy kept with the run (`cmic-screen history export`).",
        )
    return Kept(digest=digest, sheets=digests, open=opened, codes=codes, record=record)


def _refuse_bombs(parts: zipfile.ZipFile, path: Path) -> None:
    if sum(i.file_size for i in parts.infolist()) > _MOST_BYTES:
        raise InputError("it unpacks to more than 500 MB", where=str(path), why="No report is that large.")
