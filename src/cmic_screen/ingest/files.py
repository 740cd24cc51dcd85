"""The door of the room: a path into RawFiles, by what the bytes are, not by what the name says; never follows a macro,
link or external reference, and never uses a name inside an archive as a path.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cmic_screen import progress
from cmic_screen.errors import InputError, words_of
from cmic_screen.folders import inside
from cmic_screen.ingest import (
    kinds,
    limits,
    notices,
)
from cmic_screen.ingest.bykind import READERS, read_workbook
from cmic_screen.ingest.grid import RawFile
from cmic_screen.labels import clutter, label

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator


UNREADABLE, OWN = "unreadable", "own output"
_PROPERTIES_BYTES: Final = 100_000
_DEEPEST: Final = 2
"""How many archives may stand inside one another."""


def open_raw(path: str | os.PathLike[str], *, encoding: str | None = None, name: str = "") -> list[RawFile]:
    """What stands in a file, in each file of a folder (its folders too), or in each file inside a zip, as raw cells.

    `encoding` overrides the ladder for text. `name` is what messages and results call it (default: its own name); one
    in a folder is called by its path below the folder, one in an archive by the archive's name, a slash and its own.
    Files come in the order of their names. Always at least one RawFile. InputError where it cannot be read; of the
    files in a folder or archive, one that cannot be is a RawFile that says so (format `unreadable`), and only where
    none can be read the first fault is raised.
    """
    return list(each(path, encoding=encoding, name=name))


def each(path: str | os.PathLike[str], *, encoding: str | None = None, name: str = "") -> Iterator[RawFile]:
    """The same, each file of a folder opened when it is asked for."""
    source = Path(path)
    if not source.is_dir():
        called = name or label(source.name)
        progress.file(called)
        yield from _open(_bytes(source, called), called, encoding)
        return
    kept, left = _files(source)
    tried = _Tried()
    for file, called in kept:
        progress.file(called)
        found = tried.open(called, partial(_bytes, file, called), encoding)
        yield from _said(found, left)
        left = []
    tried.settle()


class OwnOutputError(InputError):
    """A report, decisions sheet or csv that this program wrote: what it lists was screened already."""


class _Tried:
    """The files of a folder or archive opened one by one: one that cannot be read must not keep the others from being
    screened, and must not go missing either. A report of ours among them, which `screen` writes beside its input, is
    named and not screened: its rows are those of another run.
    """

    def __init__(self) -> None:
        self.read = 0
        self.first: InputError | None = None

    def open(self, called: str, data: Callable[[], bytes], encoding: str | None, depth: int = 0) -> list[RawFile]:
        """What stands in one of them; where it cannot be read, a RawFile that says why."""
        raw = b""
        try:
            raw = data()
            found = _open(raw, called, encoding, depth)
        except OwnOutputError as error:
            self.first = self.first or error
            digest, issue = hashlib.sha256(raw).hexdigest(), notices.own_output(called, error.what)
            return [RawFile(file=called, sha256=digest, bytes=len(raw), format=OWN, grids=(), issues=(issue,))]
        except InputError as error:
            self.first = self.first or error
            digest = hashlib.sha256(raw).hexdigest()  # of what could be had: of nothing where the disk refused
            fault = (error.what, error.do)
            return [RawFile(file=called, sha256=digest, bytes=len(raw), format=UNREADABLE, grids=(), fault=fault)]
        self.read += 1
        return found

    def settle(self) -> None:
        """Raise the first fault where not one could be read."""
        if self.first and not self.read:
            raise self.first


def count(path: str | os.PathLike[str]) -> int:
    """How many files a path stands for: those of a folder, else one. InputError where a folder holds none."""
    source = Path(path)
    return len(_files(source)[0]) if source.is_dir() else 1


def open_bytes(data: bytes, name: str, *, encoding: str | None = None) -> list[RawFile]:
    """The same for bytes at hand (an upload), called `name`."""
    limits.check_bytes(len(data), name)
    return _open(data, name, encoding)


def _files(folder: Path) -> tuple[list[tuple[Path, str]], list[str]]:
    """The files of a folder with what they are called, and the names of those left out."""
    found = {file.relative_to(folder).as_posix(): file for file in inside(folder)}
    kept = [(found[called], label(called)) for called in sorted(found) if not clutter(called)]
    if not kept:
        raise nothing_in("folder", folder.name)
    if len(kept) > limits.FILES:
        raise limits.too_big(f"the folder holds {len(kept):,} files; the limit is {limits.FILES:,}.", folder.name)
    return kept, sorted(label(called) for called in found if clutter(called))


def nothing_in(what: str, where: str) -> InputError:
    """A folder or archive without a file to read."""
    return InputError(f"the {what} holds no file.", where=where, why="Nothing was screened.", do="Check the path.")


def _said(found: list[RawFile], left: list[str]) -> list[RawFile]:
    """The files read, the first of them saying which beside them were left out, if any."""
    if left:
        found[0] = replace(found[0], issues=(*found[0].issues, notices.left_out(left)))
    return found


def refuse_no_file(source: Path, called: str) -> None:
    """InputError where nothing is there, or something that is no file."""
    if not source.exists():
        raise InputError("there is no such file.", where=str(source), why="Nothing was screened.", do="Check the path.")
    if not source.is_file():
        raise InputError(
            "this is a device or a pipe, not a file.",
            where=called,
            why="It has no digest that could be checked again; nothing was screened.",
            do="Save it as a file and screen that.",
        )


def _bytes(source: Path, called: str) -> bytes:
    try:
        refuse_no_file(source, called)
        limits.check_bytes(source.stat().st_size, called)
        with source.open("rb") as file:
            data = file.read(limits.FILE_BYTES + 1)  # it may still grow
        limits.check_bytes(len(data), called)
    except OSError as error:
        raise InputError(
            f"the file cannot be read ({words_of(error)}).",
            where=called,
            why="Nothing in it was screened.",
            do="Check its permissions, and that no other program holds it.",
        ) from error
    return data


def _open(data: bytes, name: str, encoding: str | None, depth: int = 0) -> list[RawFile]:
    kind = kinds.kind_of(data, name)
    if kind not in {"zip", "gzip"}:
        _refuse_own(data, name, kind)
        raw = READERS.get(kind, read_workbook)(data, name, kind, encoding)
        if encoding and not raw.encoding:  # silence would look like obedience
            raw = replace(raw, issues=(*raw.issues, notices.encoding_unused(name)))
        return [raw]
    if depth >= _DEEPEST:
        raise limits.too_big(f"archives stand in it more than {_DEEPEST} deep.", name)
    if kind == "gzip":
        return _open(_gunzip(data, name), name.removesuffix(".gz"), encoding, depth + 1)
    parts = [part for part in limits.directory(data, name) if not part.is_dir()]
    kept = sorted((part for part in parts if not clutter(part.filename)), key=lambda part: part.filename)
    if not kept:
        raise nothing_in("archive", name)
    if len(kept) > limits.FILES:
        raise limits.too_big(f"the archive holds {len(kept):,} files; the limit is {limits.FILES:,}.", name)
    left = [label(part.filename) for part in parts if part not in kept]
    tried, found = _Tried(), []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in kept:
            called = f"{name}/{label(part.filename)}"
            found += tried.open(called, partial(_member, archive, part, called), encoding, depth + 1)
    tried.settle()
    return _said(found, left)


_OWN_PROPERTY: Final = re.compile(rb'name="cmic_run_id"[^>]*>\s*<[^>]*>([^<]{1,100})<')
OWN_CSV: Final = b"\xef\xbb\xbf# an apostrophe before = + - @ keeps a spreadsheet program"
"""How every csv begins that `report/csvout.py` writes."""
_PROPERTIES: Final = "docProps/custom.xml"


def _refuse_own(data: bytes, name: str, kind: str) -> None:
    """OwnOutputError where this program wrote the file, by the property or the first line that it leaves there."""
    run = "a run" if data.startswith(OWN_CSV) else ""
    if kind in {"xlsx", "xlsm"}:
        parts = [part for part in limits.directory(data, name) if part.filename == _PROPERTIES]
        if parts and parts[0].file_size < _PROPERTIES_BYTES:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                found = _OWN_PROPERTY.search(_member(archive, parts[0], name))
            run = f"run {found[1].decode('utf-8', 'replace')}" if found else ""
    if run:
        raise OwnOutputError(
            f"this is what cmic-screen wrote of {run}, not holdings.", where=name,
            why="Its rows were screened already, and every listed name in it would be counted as held.",
            do="Screen the holdings themselves.",
        )  # fmt: skip


def _member(archive: zipfile.ZipFile, part: zipfile.ZipInfo, called: str) -> bytes:
    """The bytes of one part of an archive; a name in it is only ever a label."""
    limits.check_bytes(part.file_size, called)
    try:
        return archive.read(part)
    except limits.ZIP_FAULTS as error:
        raise limits.damaged(str(error), called) from error


def _gunzip(data: bytes, name: str) -> bytes:
    """What a gzip file holds (all its members, RFC 1952), no more than the bound."""
    found: list[bytes] = []
    size, rest = 0, data
    try:
        while rest:
            stream = zlib.decompressobj(wbits=31)
            found.append(stream.decompress(rest, limits.FILE_BYTES - size + 1))
            size += len(found[-1])
            limits.check_bytes(size, name)
            if not stream.eof:
                raise limits.damaged("it ends too early", name)
            rest = stream.unused_data.lstrip(b"\x00")
    except zlib.error as error:
        raise limits.damaged(str(error), name) from error
    return b"".join(found)
