"""The last pass over a saved workbook: what openpyxl cannot write, and nothing that would differ from run to run.

Fixed zip times and document dates (same run, same bytes; pains D4), stored results of our own check formulas (shown in
Protected View; pains D5), no green triangles on identifiers kept as text (pains D9), alternative text on charts (D10).
"""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr

from cmic_screen.report.styles import DEFAULT
from cmic_screen.report.tables import Cell, letters

if TYPE_CHECKING:
    from pathlib import Path

    from cmic_screen.report.sheets import Plan
    from cmic_screen.report.tables import Page

_STAMP: Final = (1980, 1, 1, 0, 0, 0)
_FORMULA: Final = re.compile(rb'(<c r="([A-Z]+[0-9]+)"[^>]*>)(<f>[^<]*</f>)<v ?/?>(?:</v>)?(</c>)')
_FONT: Final = re.compile(rb"<font>.*?</font>")
_DEFAULT_FONT: Final = f'<font><name val="{DEFAULT[0]}" /><family val="2" /><sz val="{DEFAULT[1]}" /></font>'.encode()
_TAIL: Final = (b"<drawing", b"<legacyDrawing", b"<tableParts", b"<extLst", b"</worksheet>")
"""What may follow ignoredErrors in a worksheet (ECMA-376 part 1, 18.3.1.99)."""


def finish(path: Path, plan: Plan, *, when: int) -> None:
    """Rewrite the workbook at `path`; `when` is the time its properties say, in seconds since 1970 UTC."""
    moment = datetime.fromtimestamp(when, UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    pages = {f"xl/worksheets/sheet{i}.xml": page for i, page in enumerate(plan.pages, 1)}
    alts = [str(spec["alt"]) for page in plan.pages for spec in page.charts]
    draft = path.with_name(path.name + ".tmp")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename in pages:
                data = _sheet(data, pages[info.filename])
            elif info.filename == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + moment, data)
            elif info.filename == "xl/styles.xml":
                data = _FONT.sub(_DEFAULT_FONT, data, count=1)
            elif info.filename.startswith("xl/drawings/drawing"):
                data = _alt(data, alts)
            fixed = zipfile.ZipInfo(info.filename, _STAMP)
            fixed.compress_type, fixed.external_attr, fixed.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            new.writestr(fixed, data)
    draft.replace(path)


def _sheet(data: bytes, page: Page) -> bytes:
    """Stored values of the page's formulas, and its identifiers marked as text on purpose."""
    stored = {
        f"{letters(i)}{at}": cell.value
        for at, row in enumerate(page.rows, 1)
        for i, cell in enumerate(row.cells, 1)
        if isinstance(cell, Cell) and cell.formula
    }
    if stored:

        def fill(found: re.Match[bytes]) -> bytes:
            value = stored[found[2].decode()]
            return found[1] + found[3] + f"<v>{value!r}</v>".encode() + found[4]

        data, count = _FORMULA.subn(fill, data)
        if count != len(stored):
            msg = f"{page.name}: {len(stored)} formulas planned, {count} written; this is a bug"
            raise ValueError(msg)
    used = f"A1:{letters(len(page.widths))}{max(len(page.rows), 1)}"
    mark = f'<ignoredErrors><ignoredError sqref="{used}" numberStoredAsText="1"/></ignoredErrors>'.encode()
    at = min(i for i in (data.rfind(tag) for tag in _TAIL) if i >= 0)
    return data[:at] + mark + data[at:]


def _alt(data: bytes, alts: list[str]) -> bytes:
    """Alternative text on each chart of a drawing, in the order they were added."""

    def name(found: re.Match[bytes]) -> bytes:
        return found[1] + f" descr={quoteattr(alts.pop(0))}".encode() + found[2]

    return re.sub(rb"(<(?:xdr:)?cNvPr id=\"\d+\" name=\"Chart \d+\")( ?/?>)", name, data)
