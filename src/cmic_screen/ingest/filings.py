"""SEC filings into grids whose columns the form itself names: 13F information tables, Form N-PORT, full submissions in
SGML around them; never resolves an entity, a schema location or a link (Form 13F and N-PORT XML specifications).
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cmic_screen.errors import InputError
from cmic_screen.ingest import delimited, encodings, filing_columns, kinds, limits, xmlwalk
from cmic_screen.ingest.grid import Cell, Grid

if TYPE_CHECKING:
    from collections.abc import Iterator

_RECORDS: Final = {"infoTable": "13f", "invstOrSec": "nport"}
_DOCUMENT: Final = re.compile(rb"<DOCUMENT>(.*?)(?:</DOCUMENT>|\Z)", re.DOTALL)  # upper case, as EDGAR writes
_XML: Final = re.compile(rb"<XML>(.*?)</XML>", re.DOTALL | re.IGNORECASE)
_MARKS: Final = tuple(
    (re.compile(rb"^<" + name + rb">", re.MULTILINE), b"</" + name + b">")
    for name in (b"SEC-DOCUMENT", b"IMS-DOCUMENT", b"SUBMISSION", b"DOCUMENT", b"TEXT", b"XML")
)
"""What EDGAR opens on a line of its own and always closes: where an end is missing, the file was cut off."""
_MARKUP_LINE: Final = re.compile(r"^[ \t]*(?:</?[A-Z0-9-]{1,20}>[^\S\r\n]*)+(?:13F\S*)?$", re.MULTILINE)
"""A line of nothing but SGML tags (`<TABLE>`, `<S> <C>`, `</TEXT>`)."""
_TAG: Final = {name: re.compile(rb"<" + name + rb">([^\r\n<]*)", re.IGNORECASE) for name in (b"TYPE", b"FILENAME")}
_SGML_META: Final = (
    ("period", rb"CONFORMED PERIOD OF REPORT:\s*(\d{8})"), ("filed", rb"FILED AS OF DATE:\s*(\d{8})"),
    ("name", rb"COMPANY CONFORMED NAME:\s*([^\r\n]+)"), ("cik", rb"CENTRAL INDEX KEY:\s*(\d+)"),
    ("series_id", rb"<SERIES-ID>\s*(\S+)"), ("series", rb"<SERIES-NAME>\s*([^\r\n]+)"),
)  # fmt: skip


@dataclass(slots=True)
class Filing:
    """What a filing holds: `form` is 13f or nport, `meta` who reports and for when (ISO dates), and its tables."""

    form: str = ""
    grids: list[Grid] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    ordinal: bool = False
    """Whether rows are numbered by element because the file holds several on one line."""

    @property
    def as_of(self) -> str:
        """The day the holdings are stated for, ISO, or ""."""
        return filing_columns.iso(self.meta.get("period", ""))

    @property
    def filed(self) -> str:
        """The day it was filed, ISO, or "" where the file does not say."""
        return filing_columns.iso(self.meta.get("filed", ""))


@dataclass(slots=True)
class _Record:
    kind: str
    line: int
    values: dict[str, str]


def read(data: bytes, where: str, *, name: str) -> Filing:
    """The tables of a filing: row 1 of each is the form's own field names, each further row one entry, numbered by the
    line on which its element starts.

    A filing without a table yields no grids only where it is a notice; InputError where it is cut off, its XML is
    malformed or declares a document type, or no holdings stand in it.
    """
    filing = Filing()
    _check_whole(data, where)
    for title, offset, xml in _parts(data, filing):
        _add(filing, xml, offset, title or name, where)
    if not filing.grids:
        _text_tables(data, filing, where)
    if not filing.grids:
        raise InputError(
            "the filing holds no table of holdings (a cover page or a notice reports them elsewhere).",
            where=where,
            why="Nothing was screened.",
            do="Screen the information table, or the full submission (.txt) that holds it.",
        )
    filing.meta = {key: value for key, value in filing.meta.items() if value}
    return filing


def _check_whole(data: bytes, where: str) -> None:
    """InputError where a submission ends before what it opened does: entries could be missing without notice."""
    if not kinds.SGML.match(data):
        return
    for opening, closing in _MARKS:
        opened = [found.end() for found in opening.finditer(data)]
        if len(opened) > data.count(closing):
            line = data.count(b"\n", 0, opened[-1]) + 1
            raise limits.damaged(f"{encodings.lenient(closing)} is missing, which ends what line {line:,} opens", where)
    if not _DOCUMENT.search(data):
        raise limits.damaged("it begins as a submission to the SEC and holds no whole document", where)


def _parts(data: bytes, filing: Filing) -> Iterator[tuple[str, int, bytes]]:
    """The XML documents of a submission, with the number of lines before each; the file itself where it is one."""
    documents = list(_DOCUMENT.finditer(data))
    if not documents:
        body = data.removeprefix(b"\xef\xbb\xbf")
        start = body.find(b"<")
        yield "", data[: len(data) - len(body) + start].count(b"\n"), body[start:]
        return
    for key, pattern in _SGML_META:
        found = re.search(pattern, data)
        if found:
            filing.meta[key] = encodings.lenient(found.group(1)).strip()
    for document in documents:
        title = _TAG[b"FILENAME"].search(document.group(1)) or _TAG[b"TYPE"].search(document.group(1))
        for xml in _XML.finditer(document.group(1)):
            body = xml.group(1)
            start = max(body.find(b"<"), 0)
            offset = data[: document.start(1) + xml.start(1) + start].count(b"\n")
            yield encodings.lenient(title.group(1)).strip() if title else "", offset, body[start:].rstrip()


def _add(filing: Filing, xml: bytes, offset: int, title: str, where: str) -> None:
    form = _Form(offset)
    form.parse(xml, where)
    for key, value in filing_columns.meta(form.outside).items():
        filing.meta.setdefault(key, value)
    for inner_title, inner in form.enclosed:
        _add(filing, inner, 0, inner_title, where)
    for kind in dict.fromkeys(record.kind for record in form.records):
        records = [record for record in form.records if record.kind == kind]
        filing.form = filing.form or kind
        filing.grids.append(_grid(filing, kind, records, title, offset + 1))


def _grid(filing: Filing, kind: str, records: list[_Record], title: str, first_line: int) -> Grid:
    columns = filing_columns.COLUMNS[kind]
    header: list[Cell] = [column.header for column in columns]
    rows: list[list[Cell]] = [header]
    rows.extend([column.value(record.values) for column in columns] for record in records)
    lines = [record.line for record in records]
    numbers = [min(first_line, lines[0] - 1), *lines]
    if numbers[0] < 1 or any(b <= a for a, b in pairwise(numbers)):
        filing.ordinal = True
        numbers = list(range(1, len(rows) + 1))
    mapped = {i: column.field for i, column in enumerate(columns, 1) if column.field}
    return Grid(name=title, rows=rows, row_numbers=numbers, mapped=mapped)


class _Form:
    """One XML document of a form, walked by expat: its records, and the values that stand outside of them."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        self.records: list[_Record] = []
        self.outside: dict[str, str] = {}
        self.enclosed: list[tuple[str, bytes]] = []
        self._path: list[str] = []
        self._inside = 0
        self._record: _Record | None = None
        self._text: list[str] = []

    def parse(self, xml: bytes, where: str) -> None:
        """Walk through the document; InputError where it is not well-formed or declares a document type."""
        parser = xmlwalk.parser(lambda name, given: self._start(name, given, parser.CurrentLineNumber), self._end)
        parser.CharacterDataHandler = self._text.append
        xmlwalk.whole(parser, xml, where, line=self.offset)

    def _start(self, name: str, given: dict[str, str], line: int) -> None:
        local = name.rpartition(":")[2]
        self._path.append(local)
        self._text.clear()
        if self._record is None and local in _RECORDS:
            self._record = _Record(_RECORDS[local], self.offset + line, {})
            self._inside = len(self._path)
        for key, value in given.items():
            self._keep(f"@{key.rpartition(':')[2]}", value)

    def _end(self, _name: str) -> None:
        text = "".join(self._text).strip()
        self._text.clear()
        if text:
            self._keep("", text)
        self._path.pop()
        if self._record is not None and len(self._path) < self._inside:
            self.records.append(self._record)
            self._record = None

    def _keep(self, attribute: str, text: str) -> None:
        """Keep a value under its path below the record, or below the root; the first of several stays."""
        if self._record is not None:
            self._record.values.setdefault("/".join(self._path[self._inside :]) + attribute, text)
            return
        path = "/".join(self._path[1:]) + attribute
        if path.endswith("documents/document/contents"):
            self._enclose(text)
        elif path.endswith("documents/document/conformedName"):
            self.outside[path] = text
        else:
            self.outside.setdefault(path, text)

    def _enclose(self, text: str) -> None:
        """A document carried inside the filing in base64; kept where it is an XML document."""
        try:
            inner = base64.b64decode(text, validate=False)
        except (binascii.Error, ValueError):
            return
        if inner.lstrip().startswith(b"<"):
            self.enclosed.append((self.outside.get("documents/document/conformedName", "enclosed"), inner.strip()))


def _text_tables(data: bytes, filing: Filing, where: str) -> None:
    """The typed tables of 13F submissions from before 2013, as text in columns."""
    for document in _DOCUMENT.finditer(data):
        kind = _TAG[b"TYPE"].search(document.group(1))
        if not kind or b"13F" not in kind.group(1).upper() or _XML.search(document.group(1)):
            continue  # a cover page in XML is no table
        text = _MARKUP_LINE.sub("", encodings.decode(document.group(1), where)[0])
        first = data[: document.start(1)].count(b"\n")
        grid = delimited.read(text, where, name=encodings.lenient(kind.group(1)).strip()).grid
        numbers = [first + i for i in range(1, len(grid.rows) + 1)]
        filing.form = filing.form or "13f"
        filing.grids.append(Grid(name=grid.name, rows=grid.rows, row_numbers=numbers))
