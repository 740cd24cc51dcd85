"""Comma-separated files for other readers: findings, and the rows that do not fit a sheet; formula-safe.

RFC 4180, UTF-8 with a byte order mark (Excel reads it as UTF-8 then). A cell that starts with = + - @ tab or return
gets an apostrophe in front unless it is a number (OWASP, CSV injection; pains C4); the first line of the file says so.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.digests import file_digest
from cmic_screen.model import Finding
from cmic_screen.report import rowjson, walk
from cmic_screen.report.tables import clean
from cmic_screen.run import finding_of

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


_END: Final = "\r\n"
_QUOTED: Final = re.compile(r'[",\r\n]').search
_AS_IT_IS: Final = re.compile(r"(?:[0-9A-Za-z][0-9A-Za-z ._-]{0,99})?").fullmatch
"""Texts that are safe, whole and not to be quoted, whatever follows (a test says so)."""


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
    return _write(path, (_line(row(f)) for f in findings))


def write_rows(run: ScreeningRun, path: Path) -> str:
    """Write every row of the run as csv to `path`, quiet rows included; SHA-256 of the file."""
    return _write(path, _row_lines(run))


_OF_ROW: Final = (
    "ref", "file", "sheet", "row", "account", "quantity", "market_value", "currency", "action", "trade_at",
)  # fmt: skip
"""The columns that differ from row to row of a security, in the order of `COLUMNS`."""
_GAP: Final = "\0"
"""Stands for such a column: no cell has it, since `safe` takes it away."""


def _row_lines(run: ScreeningRun) -> Iterator[str]:
    """Each row as a line; what belongs to its security is worked out once."""
    encoder, nearest, text, usual = rowjson.Encoder({}), walk.nearest_of_quiet(run), _cell, _Usual()
    known: dict[tuple[str, int], list[str]] = {}
    for at in walk.lines(run):
        if isinstance(at, Finding):
            yield _line(row(encoder.to_dict(at)))
            continue
        file, sheet, number, _, _, quantity, value, currency, _, ref, action, _, day, account, security, judged = at
        around = known.get((security.fingerprint, id(judged)))
        if around is None:
            found = encoder.to_dict(finding_of(at, nearest.get(security.fingerprint, ())))
            around = known[security.fingerprint, id(judged)] = _around(row(found), usual)
        a, b, c, d, e, f, g, h, i, j, k = around
        yield (
            f"{a}{ref and text(ref)}{b}{usual[file]}{c}{usual[sheet]}{d}{number}{e}{account and text(account)}{f}"
            f"{text(quantity)}{g}{text(value)}{h}{usual[currency]}{i}{usual[action]}{j}{day and text(day)}{k}"
        )


class _Usual(dict[str, str]):
    """Texts that come again and again, as cells."""

    def __missing__(self, text: str) -> str:
        self[text] = made = _cell(text)
        return made


_OF_NAME: Final = frozenset({"issuer_name", "security_name", "isin", "cusip", "sedol", "figi", "lei", "security"})
"""Columns in which nearly every security has a text of its own."""


def _around(cells: Sequence[str], usual: Mapping[str, str]) -> list[str]:
    """The text around the cells of `_OF_ROW`: one piece before the first, then one after each."""
    made = [
        _GAP if column in _OF_ROW else _cell(text) if column in _OF_NAME else usual[text]
        for column, text in zip(COLUMNS, cells, strict=True)
    ]
    return (",".join(made) + _END).split(_GAP)


def drop_old_rows(path: Path) -> None:
    """Remove the rows of an older report at `path`, where this program wrote them: the report beside it has been
    replaced by one whose sheet holds every row, and the two would be read as one.
    """
    if path.is_file():
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            ours = lines.read(len(NOTE)) == NOTE
        if ours:
            path.unlink()


def _write(path: Path, lines: Iterable[str]) -> str:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        out.write(NOTE + _END)
        out.write(",".join(COLUMNS) + _END)
        out.writelines(lines)
    return file_digest(path)


def _line(cells: Iterable[str]) -> str:
    return ",".join(map(_cell, cells)) + _END


def _cell(text: str) -> str:
    """A cell's text, safe and in quotes where RFC 4180 asks for them; most need a look and no more."""
    return text if _AS_IT_IS(text) else _made(text)


@lru_cache(maxsize=1 << 16)
def _made(text: str) -> str:
    made = safe(text)
    return '"' + made.replace('"', '""') + '"' if _QUOTED(made) else made
