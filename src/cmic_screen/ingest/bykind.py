"""One reader a kind of file: bytes into a RawFile, with what a person should know of the reading.

Never opens a path, follows nothing in the file; the kinds are those of `kinds.py`.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import (
    columnar,
    delimited,
    encodings,
    filings,
    kinds,
    limits,
    markup,
    notices,
    ofx,
    qif,
    records_xml,
    spreadsheetml,
    workbook,
)
from cmic_screen.ingest.grid import RawFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cmic_screen.ingest.grid import Grid


def _raw(data: bytes, name: str, kind: str, grids: tuple[Grid, ...], **more: object) -> RawFile:
    digest = hashlib.sha256(data).hexdigest()
    return RawFile(file=name, sha256=digest, bytes=len(data), format=kind, grids=grids, **more)  # type: ignore[arg-type]


def read_workbook(data: bytes, name: str, kind: str, _encoding: str | None) -> RawFile:
    """A workbook, and whatever is of no kind known: that says itself what is wrong with it."""
    unpacked = 0
    if kind != "xls":
        unpacked = sum(part.file_size for part in limits.directory(data, name))
    grids, known = workbook.read(data, name, kind=kind, unpacked=unpacked)
    return _raw(data, name, kind, tuple(grids), issues=notices.of_workbook(name, kind, grids, known=known))


def _read_text(data: bytes, name: str, _kind: str, encoding: str | None) -> RawFile:
    text, used = encodings.decode(data, name, encoding=encoding)
    reading = delimited.read(text, name, name=PurePosixPath(name).name)
    rival = "" if encoding or notices.sure(used) else encodings.rival(data, used)
    issues = notices.of_text(name, used, reading, told=bool(encoding), rival=rival)
    return _raw(data, name, "csv", (reading.grid,), encoding=used, delimiter=reading.delimiter, issues=issues)


def _read_filing(data: bytes, name: str, _kind: str, _encoding: str | None) -> RawFile:
    filing = filings.read(data, name, name=PurePosixPath(name).name)
    as_of = filing.as_of
    return _raw(
        data, name, filing.form, tuple(filing.grids),
        issues=notices.of_filing(name, filing), as_of=as_of, meta=filing.meta,
    )  # fmt: skip


def _read_ofx(data: bytes, name: str, kind: str, encoding: str | None) -> RawFile:
    text, used = encodings.decode(data, name, encoding=encoding)
    statement = ofx.read(text, name)
    issues = (notices.rows_by_element(name),) if statement.ordinal else ()
    return _raw(data, name, kind, tuple(statement.grids), encoding=used, as_of=statement.as_of, issues=issues)


def _read_qif(data: bytes, name: str, kind: str, encoding: str | None) -> RawFile:
    text, used = encodings.decode(data, name, encoding=encoding)
    register = qif.read(text, name)
    issues = (notices.entries_left(name, register.left),) if register.left else ()
    return _raw(data, name, kind, register.grids, encoding=used, issues=issues)


def _read_xml(data: bytes, name: str, kind: str, _encoding: str | None) -> RawFile:
    found = records_xml.read(data, name)
    if not found.grids:
        raise kinds.unread_xml(kinds.root_of(data), name)
    said = [notices.rows_by_element(name)] if found.ordinal else []
    said += [notices.elements_left(name, found.left)] if found.left else []
    return _raw(data, name, kind, tuple(found.grids), issues=tuple(said))


def _read_html(data: bytes, name: str, kind: str, encoding: str | None) -> RawFile:
    page = markup.unwrap(data, name) if kind == "mhtml" else data
    grid, used = markup.read(page, name, name=PurePosixPath(name).name, encoding=encoding)
    return _raw(data, name, "html", (grid,), encoding=used)


def _read_spreadsheetml(data: bytes, name: str, kind: str, _encoding: str | None) -> RawFile:
    return _raw(data, name, kind, tuple(spreadsheetml.read(data, name)))


def _read_parquet(data: bytes, name: str, kind: str, _encoding: str | None) -> RawFile:
    return _raw(data, name, kind, (columnar.read(data, name, name=PurePosixPath(name).name),))


READERS: Final[Mapping[str, Callable[[bytes, str, str, str | None], RawFile]]] = {
    "text": _read_text,
    "filing": _read_filing,
    "ofx": _read_ofx,
    "qif": _read_qif,
    "xml": _read_xml,
    "html": _read_html,
    "mhtml": _read_html,
    "spreadsheetml": _read_spreadsheetml,
    "parquet": _read_parquet,
}
