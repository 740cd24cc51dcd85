"""The last pass over a saved workbook: what openpyxl cannot write, and nothing that would differ from run to run.

The cells (cellxml.py), fixed zip times and document dates (same run, same bytes; pains D4), no green triangles on
identifiers kept as text (pains D9), alternative text on charts and no title of Excel's own (pains D10).
"""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr

from cmic_screen.digests import ZIP_TIME
from cmic_screen.report import cellxml
from cmic_screen.report.styles import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cmic_screen.report.tables import Page

_FONT: Final = re.compile(rb"<font>.*?</font>")
_DEFAULT_FONT: Final = f'<font><name val="{DEFAULT[0]}" /><family val="2" /><sz val="{DEFAULT[1]}" /></font>'.encode()
_DATA: Final = re.compile(rb"<sheetData ?/>|<sheetData></sheetData>")
_DIMENSION: Final = re.compile(rb'<dimension ref="[^"]*"')
_NO_TITLE: Final = b'<autoTitleDeleted val="1"/>'
"""Without it Excel puts a title of its own over a chart of one series; ours stands in the cell above."""
_AFTER_LINKS: Final = (b"<printOptions", b"<pageMargins")
_AFTER_ERRORS: Final = (b"<drawing", b"<legacyDrawing", b"<tableParts", b"<extLst", b"</worksheet>")
"""What may follow hyperlinks and ignoredErrors in a worksheet (ECMA-376 part 1, 18.3.1.99)."""


def finish(frame: IO[bytes], path: Path, pages: Sequence[Page], cells: Sequence[bytes], *, when: int) -> None:
    """Write the saved workbook `frame` to `path` with its cells; `when` is the time its properties say, seconds since
    1970 UTC.
    """
    moment = datetime.fromtimestamp(when, UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    sheets = {f"xl/worksheets/sheet{i}.xml": pair for i, pair in enumerate(zip(pages, cells, strict=True), 1)}
    alts = [str(spec["alt"]) for page in pages for spec in page.charts]
    with zipfile.ZipFile(frame) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename in sheets:
                data = _sheet(data, *sheets[info.filename])
            elif info.filename == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + moment, data)
            elif info.filename == "xl/styles.xml":
                data = _FONT.sub(_DEFAULT_FONT, data, count=1)
            elif info.filename.startswith("xl/drawings/drawing"):
                data = _alt(data, alts)
            elif info.filename.startswith("xl/charts/chart"):
                data = data.replace(b"<plotArea>", _NO_TITLE + b"<plotArea>", 1)
            fixed = zipfile.ZipInfo(info.filename, ZIP_TIME)
            fixed.compress_type, fixed.external_attr, fixed.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            new.writestr(fixed, data)


def _sheet(data: bytes, page: Page, cells: bytes) -> bytes:
    """The sheet with its cells, its true extent, its links, and its identifiers marked as text on purpose."""
    used = cellxml.dimension(page)
    data, found = _DIMENSION.subn(f'<dimension ref="{used}"'.encode(), data, count=1)
    data = _before(data, cellxml.hyperlinks(page), _AFTER_LINKS)
    mark = f'<ignoredErrors><ignoredError sqref="{used}" numberStoredAsText="1"/></ignoredErrors>'.encode()
    data = _before(data, mark, _AFTER_ERRORS)
    head, empty, tail = _split(data)
    if not found or not empty:
        msg = f"{page.name}: openpyxl wrote a sheet of another shape; this is a bug"
        raise ValueError(msg)
    return head + cells + tail


def _split(data: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands before, in and after the empty sheetData."""
    place = _DATA.search(data)
    return (data[: place.start()], place[0], data[place.end() :]) if place else (data, b"", b"")


def _before(data: bytes, part: bytes, followers: tuple[bytes, ...]) -> bytes:
    at = min((i for i in (data.rfind(tag) for tag in followers) if i >= 0), default=len(data))
    return data[:at] + part + data[at:]


def _alt(data: bytes, alts: list[str]) -> bytes:
    """Alternative text on each chart of a drawing, in the order they were added."""

    def name(found: re.Match[bytes]) -> bytes:
        return found[1] + f" descr={quoteattr(alts.pop(0))}".encode() + found[2]

    return re.sub(rb"(<(?:xdr:)?cNvPr id=\"\d+\" name=\"Chart \d+\")( ?/?>)", name, data)
