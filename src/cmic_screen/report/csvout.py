"""Comma-separated files for other readers: findings, and the rows that do not fit a sheet; formula-safe.

RFC 4180, UTF-8 with a byte order mark (Excel reads it as UTF-8 then). A cell that starts with = + - @ tab or return
gets an apostrophe in front unless it is a number (OWASP, CSV injection; pains C4); the first line of the file says so.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.digests import file_digest
from cmic_screen.report import rowjson, walk
from cmic_screen.report.tables import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cmic_screen.run import ScreeningRun

NOTE: Final = (
    "# an apostrophe before = + - @ keeps a spreadsheet program from running the cell; it is not part of the text"
)
_NUMBER: Final = re.compile(r"[+-]?\d[\d,]*(\.\d+)?")
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
COLUMNS: Final = (
    "ref", "verdict", "file", "sheet", "row", "account", "issuer_name", "security_name", "isin", "cusip", "sedol",
    "figi", "lei", "ticker", "mic", "quantity", "market_value", "currency", "instrument", "action", "trade_at",
    "entity_uid", "entity_name", "relation", "phase", "listed", "effective", "divestment_ends", "ruling", "cleared_by",
    "nearest_name", "nearest_score", "reason", "permitted", "prohibited", "citations", "security",
)  # fmt: skip


@lru_cache(maxsize=1 << 16)
def safe(value: str) -> str:
    """A cell's text that no spreadsheet program runs; numbers stay numbers, control characters become U+FFFD."""
    text = clean(value)[0]
    if text.lstrip(" ").startswith(_RISKY) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def row(finding: Mapping[str, Any]) -> list[str]:
    """One finding of the record as the cells of `COLUMNS`, not yet made safe."""
    match = finding["matches"][0] if finding["matches"] else {}
    nearest = finding["nearest"][0] if finding["nearest"] else {}
    source, ids, dates = finding["source"], finding["identifiers"], match.get("dates", {})
    return [
        finding["ref"], finding["verdict"], source["file"], source["sheet"], str(source["row"]), finding["account"],
        finding["issuer_name"], finding["security_name"],
        *(ids.get(s, "") for s in ("isin", "cusip", "sedol", "figi", "lei")), finding["ticker"], finding["mic"],
        finding["quantity"], finding["market_value"], finding["currency"], finding["instrument"], finding["action"],
        finding["trade_at"], match.get("entity_uid", ""), match.get("entity_name", ""), match.get("relation", ""),
        match.get("phase", ""), dates.get("listed", ""), dates.get("effective", ""), dates.get("divestment_ends", ""),
        finding["ruling"] or "", finding["cleared_by"] or "", nearest.get("name", ""), str(nearest.get("score", "")),
        finding["reason"], " ".join(finding["permitted"]), " ".join(finding["prohibited"]),
        "; ".join(finding["citations"]), finding["security"],
    ]  # fmt: skip


def write_findings(findings: Iterable[Mapping[str, Any]], path: Path) -> str:
    """Write the record's findings as csv to `path`; SHA-256 of the file. No findings gives the heading alone."""
    return _write(path, ([safe(c) for c in row(f)] for f in findings))


def write_rows(run: ScreeningRun, path: Path) -> str:
    """Write every row of the run as csv to `path`, quiet rows included; SHA-256 of the file."""
    return _write(path, all_rows(run))


_OF_ROW: Final = tuple(
    COLUMNS.index(c)
    for c in ("ref", "file", "sheet", "row", "account", "quantity", "market_value", "currency", "action", "trade_at")
)


def all_rows(run: ScreeningRun) -> Iterator[list[str]]:
    """Each row's cells, safe; what belongs to its security is worked out once."""
    encoder = rowjson.Encoder({})
    known: dict[int, tuple[Any, list[str]]] = {}
    for f in walk.everything(run, walk.nearest_of_quiet(run)):
        base = encoder.of_security(f)
        if id(base) not in known:
            known[id(base)] = (base, [safe(c) for c in row(encoder.to_dict(f))])
        cells = known[id(base)][1].copy()
        src = f.source
        of_row = (
            f.ref, src.file, src.sheet, str(src.row), f.account, f.quantity, f.market_value, f.currency, f.action.value,
            f.trade_at,
        )  # fmt: skip
        for at, text in zip(_OF_ROW, of_row, strict=True):
            cells[at] = safe(text)
        yield cells


def drop_old_rows(path: Path) -> None:
    """Remove the rows of an older report at `path`, where this program wrote them: the report beside it has been
    replaced by one whose sheet holds every row, and the two would be read as one.
    """
    if path.is_file():
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            ours = lines.read(len(NOTE)) == NOTE
        if ours:
            path.unlink()


def _write(path: Path, rows: Iterable[Sequence[str]]) -> str:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        out.write(NOTE + "\r\n")
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    return file_digest(path)
