"""The seal: a digest over every value of the workbook, and short codes by which an altered cell can be named.

The digest covers values as they mean (text, number to 12 digits, ISO day), not bytes, so that it survives an open and
save in a spreadsheet program; the reviewer's yellow cells are not in it. SHA-256, FIPS 180-4. It proves nothing against
an editor who recomputes it: for that a digest kept elsewhere is needed (verify --expect).
"""

from __future__ import annotations

import hashlib
import json
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.digests import canonical
from cmic_screen.report.tables import Cell, Page, Row, letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cmic_screen.report.sheets import Plan

SHEET: Final = "Seal"
CODE: Final = 6
"""Hex digits of a cell's code: 24 bits, only to name the place of a change; the digest sees every change."""
_PIECE: Final = 30_000
_LISTS: Final = {
    "list_disposition": ("Restriction placed", "Licence sought", "Licence held", "Refer to counsel", "No action"),
    "list_decision": ("false-positive", "true-match", "licensed", "look-through"),
}
_FIRST: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """Digest over all sheets; per sheet its digest, its open cells (`T6:T11 B40:B40`), each row's codes.

    Open are the yellow cells, live formulas (a spreadsheet program works them out; verify adds up itself) and the cell
    that shows the digest.
    """

    digest: str
    sheets: Mapping[str, str]
    open: Mapping[str, str]
    codes: Mapping[str, tuple[str, ...]]
    record: str


def cell_text(value: object) -> str:
    """A value as it means: "" for an empty cell; text as it is; numbers to 12 digits; days as ISO text."""
    if isinstance(value, str):  # nearly all are
        return "s:" + value.replace("\r\n", "\n").replace("_x000D_", "").replace("\r", "\n") if value else ""
    if isinstance(value, bool):
        return "n:1" if value else "n:0"
    if isinstance(value, int | float):
        return f"n:{float(value):.12g}"
    if isinstance(value, datetime):
        return f"d:{value.date().isoformat()}"
    if isinstance(value, date):
        return f"d:{value.isoformat()}"
    return "" if value is None else "s:" + str(value)


def row_text(cells: Iterable[tuple[int, str]]) -> str:
    """One row's canonical text: each filled cell as column letter and value; "" for an empty row."""
    return "\x1f".join([f"{letters(i)}={text}" for i, text in cells if text])


@lru_cache(maxsize=1 << 15)
def code(text: str) -> str:
    """The short code of a cell or row."""
    return hashlib.sha256(text.encode()).hexdigest()[:CODE]


def row_code(cells: Sequence[tuple[int, str]]) -> str:
    """A row's code, then each filled cell's: `rowcode:A=code,C=code`; "" for an empty row."""
    filled = [(i, text) for i, text in cells if text]
    if not filled:
        return ""
    return code(row_text(filled)) + ":" + ",".join([f"{letters(i)}={code(text)}" for i, text in filled])


def sheet_digest(name: str, rows: Iterable[str]) -> str:
    """Digest of one sheet from its rows' canonical texts; empty rows at its end do not count."""
    texts = list(rows)
    while texts and not texts[-1]:
        texts.pop()
    digest = hashlib.sha256(name.encode() + b"\n")
    for text in texts:
        digest.update(text.encode() + b"\n")
    return digest.hexdigest()


def total(sheets: Mapping[str, str], opened: Mapping[str, str], record: str) -> str:
    """The workbook digest: over every sheet's name, digest and open cells, and the record's content digest."""
    text = "".join(f"{name}\t{digest}\t{opened[name]}\n" for name, digest in sheets.items())
    return hashlib.sha256(f"{text}record\t{record}\n".encode()).hexdigest()


def close(plan: Plan, record: Mapping[str, Any]) -> Sealed:
    """Seal a plan: what the drawn workbook must read back as."""
    digests: dict[str, str] = {}
    opened: dict[str, str] = {}
    codes: dict[str, tuple[str, ...]] = {}
    for page in plan.pages:
        parted = [_parted(row) for row in page.rows]
        rows = [cells for cells, _ in parted]
        digests[page.name] = sheet_digest(page.name, (row_text(r) for r in rows))
        opened[page.name] = _open([open_ for _, open_ in parted])
        codes[page.name] = tuple(row_code(r) for r in rows)
    kept = canonical(record)
    digest = total(digests, opened, record["content_digest"])
    return Sealed(digest=digest, sheets=digests, open=opened, codes=codes, record=kept)


def sealed_cells(page: Page, at: int) -> list[tuple[int, str]]:
    """The cells of a page's row (from 0) that the digest covers: column number and canonical text."""
    return _parted(page.rows[at])[0]


def _parted(row: Row) -> tuple[list[tuple[int, str]], list[int]]:
    """A row's sealed cells, and the columns of its open ones."""
    sealed: list[tuple[int, str]] = []
    opened: list[int] = []
    for i, (value, style) in enumerate(zip(row.cells, row.styles, strict=True), 1):
        if not isinstance(value, Cell):
            if not style.startswith("input"):
                sealed.append((i, cell_text(value)))
                continue
        elif value.sealed and not value.formula and not (value.style or style).startswith("input"):
            sealed.append((i, cell_text(value.value)))
            continue
        opened.append(i)
    return sealed, opened


def _open(rows: Iterable[Iterable[int]]) -> str:
    """The open cells of rows, given as the columns of each, as ranges down a column."""
    runs: dict[int, list[list[int]]] = {}
    for at, columns in enumerate(rows, 1):
        for i in columns:
            column = runs.setdefault(i, [])
            if column and column[-1][1] == at - 1:
                column[-1][1] = at
            else:
                column.append([at, at])
    return " ".join(f"{letters(i)}{a}:{letters(i)}{b}" for i in sorted(runs) for a, b in runs[i])


def page(sealed: Sealed) -> Page:
    """The hidden sheet with drop-down lists, sheets' digests, the record, and the codes of every row."""
    made = Page(
        name=SHEET,
        title="Seal",
        purpose="Hidden, not secret: what `cmic-screen verify` compares this workbook with. Nothing to fill in.",
        trail="Drop-down lists; digest of each sheet; the record (compressed, base64); codes of each row's cells.",
        widths=(24, 24, 70, 20),
        hidden=True,
    )
    made.line(*_LISTS)
    longest = max(len(v) for v in _LISTS.values())
    for i in range(longest):
        made.line(*(v[i] if i < len(v) else None for v in _LISTS.values()))
    made.line("workbook", None, sealed.digest)
    for name, digest in sealed.sheets.items():
        made.line("sheet", name, digest)
        made.line("open", name, sealed.open[name])
    packed = b64encode(zlib.compress(sealed.record.encode(), 6)).decode()
    for start in range(0, len(packed), _PIECE):
        made.line("record", str(start // _PIECE), packed[start : start + _PIECE])
    for name, rows in sealed.codes.items():
        for at, text in enumerate(rows, 1):
            if text:
                made.line("row", name, text, str(at))
    return made


def names() -> dict[str, str]:
    """Defined names of the drop-down lists (a list in a rule itself may not pass 255 characters; pains D2)."""
    return {
        name: f"{SHEET}!${letters(i)}${_FIRST}:${letters(i)}${_FIRST + len(values) - 1}"
        for i, (name, values) in enumerate(_LISTS.items(), 1)
    }


def properties(record: Mapping[str, Any], digest: str) -> dict[str, str]:
    """The document properties: run id and the digests of holdings, list, content and workbook (`digest`)."""
    holdings = hashlib.sha256("".join(f"{i['sha256']}\n" for i in record["inputs"]).encode()).hexdigest()
    return {
        "cmic_run_id": record["run_id"],
        "cmic_content_digest": record["content_digest"],
        "cmic_workbook_digest": digest,
        "cmic_holdings_sha256": holdings,
        "cmic_list_sha256": record["list"]["sha256"],
    }


def unpack(pieces: Iterable[str]) -> dict[str, Any]:
    """The record kept in a workbook; ValueError where it is damaged."""
    try:
        data: dict[str, Any] = json.loads(zlib.decompress(b64decode("".join(pieces), validate=True)))
    except zlib.error as error:
        raise ValueError(str(error)) from error
    return data
