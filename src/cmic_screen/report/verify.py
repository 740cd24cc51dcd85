"""Verify: whether a workbook is as it was written, and if not, the first cell that differs.

It reads one workbook and judges nothing about holdings. Without a digest kept elsewhere it says "internally consistent"
and no more, for an editor can recompute every digest that the file itself carries.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cmic_screen import __version__
from cmic_screen.report import companion, counted, readback, seal, sheets
from cmic_screen.report import record as recording
from cmic_screen.report.compare import Difference
from cmic_screen.report.counted import EDITED, plain
from cmic_screen.report.tables import letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from cmic_screen.report.readback import Book, Kept

AS_WRITTEN: Final = "as written"
CONSISTENT: Final = "internally consistent"
DIFFERS: Final = "differs"
_RANGE: Final = re.compile(r"([A-Z]+)(\d+):[A-Z]+(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """`status` is AS_WRITTEN, CONSISTENT or DIFFERS; `lines` say in sentences what was checked and found."""

    status: str
    lines: tuple[str, ...]
    run_id: str
    content_digest: str
    workbook_digest: str
    difference: Difference | None = None
    record: Mapping[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """For `--format json`, the record left out."""
        found = self.difference
        return {
            "status": self.status,
            "lines": list(self.lines),
            "run_id": self.run_id,
            "content_digest": self.content_digest,
            "workbook_digest": self.workbook_digest,
            "difference": {"where": found.where, "text": found.text, "cause": found.cause} if found else None,
        }


def verify(path: Path, expect: str = "") -> Verification:
    """Check the workbook at `path` against its own seal, its own record and, where given, a digest kept elsewhere.

    `expect` is a workbook digest, a content digest or the file's SHA-256. The companion csv is checked where it lies
    beside the workbook. InputError where it is no workbook;
    HistoryError where it carries no seal of ours. Yellow cells may hold anything.
    """
    book = readback.read(path)
    kept = readback.unseal(book, path)
    difference = _own_seal(book, kept) or _own_record(book, kept) or counted.totals(book, kept.record)
    digests = seal.total(kept.sheets, kept.open, kept.record["content_digest"]), kept.record["content_digest"]
    lines = _checked(kept, difference)
    if difference is None:
        difference, more = companion.check(book, path)
        lines += [more] if more else []
    expect = expect.strip().lower()
    if expect and difference is None and expect not in (*digests, book.sha256):
        difference = Difference(
            where="digest",
            text=(
                f"The digest kept elsewhere is {expect}; this workbook's are {digests[0]} (workbook) and {digests[1]} "
                "(content). It agrees with itself, but it is not the one of which that digest was taken."
            ),
            cause="another report, or an edited one whose digests were recomputed",
        )
    status, words = _status(difference, expect, digests)
    if book.unseen:
        words.append(f"Not all of it is in sight, by whatever hand: {' '.join(book.unseen)}")
    return Verification(
        status=status,
        lines=(*lines, *words),
        run_id=kept.record["run_id"],
        content_digest=digests[1],
        workbook_digest=digests[0],
        difference=difference,
        record=kept.record,
    )


def closed(rows: list[list[tuple[int, str]]], ranges: str) -> list[list[tuple[int, str]]]:
    """The rows without the cells that are open."""
    skip: dict[str, list[tuple[int, int]]] = {}
    for column, first, last in _RANGE.findall(ranges):
        skip.setdefault(column, []).append((int(first), int(last)))
    if not skip:
        return rows
    return [
        [(i, t) for i, t in row if not any(a <= at <= b for a, b in skip.get(letters(i), ()))]
        for at, row in enumerate(rows, 1)
    ]


def _own_seal(book: Book, kept: Kept) -> Difference | None:
    """The first cell that differs from what the seal says."""
    for name, digest in kept.sheets.items():
        if name not in book.sheets:
            return Difference(where=name, text=f"The sheet {name} is missing.")
        rows = closed(book.sheets[name], kept.open.get(name, ""))
        if seal.sheet_digest(name, (seal.row_text(r) for r in rows)) != digest:
            return _first_cell(name, rows, kept)
    extra = [name for name in book.sheets if name not in kept.sheets]
    if extra:
        return Difference(where=extra[0], text=f"The sheet {extra[0]} is not one of the report's.")
    total = seal.total(kept.sheets, kept.open, kept.record["content_digest"])
    said = {"sheet Seal": kept.digest, "document properties": book.properties.get("cmic_workbook_digest", "")}
    for place, value in said.items():
        if value != total:
            text = f"The sheets add up to the workbook digest {total}, but {place} says {value or 'nothing'}."
            return Difference(where=place, text=text)
    return None


def _first_cell(name: str, rows: list[list[tuple[int, str]]], kept: Kept) -> Difference:
    codes = kept.codes.get(name, {})
    last = max([len(rows), *codes])
    now = {at: seal.row_code(row) for at, row in enumerate(rows, 1)}
    for at in range(1, last + 1):
        was, found = codes.get(at, ""), now.get(at, "")
        if was == found:
            continue
        if was and found and codes.get(at + 1, "") == found:
            return Difference(where=f"{name}!A{at}", text=f"Row {at} of {name} was deleted.")
        if was and found and now.get(at + 1, "") == was:
            return Difference(where=f"{name}!A{at}", text=f"A row was inserted at row {at} of {name}.")
        if was and not found:
            return Difference(where=f"{name}!A{at}", text=f"Row {at} of {name} was emptied or deleted.")
        return _cell(name, at, was, found, rows[at - 1], kept)
    return Difference(where=name, text=f"The sheet {name} does not have the digest its seal says.")


def _cell(name: str, at: int, was: str, found: str, row: list[tuple[int, str]], kept: Kept) -> Difference:
    old, new = _cells(was), _cells(found)
    column = min((c for c in {*old, *new} if old.get(c) != new.get(c)), key=lambda c: (len(c), c))
    holds = {letters(i): text for i, text in row}.get(column, "")
    where = f"{name}!{column}{at}"
    before = _written(kept.record, name, at, column)
    shown = f"holds {plain(holds)}" if holds else "is empty"
    return Difference(where=where, text=f"{where} {shown}" + (f", was written as {plain(before)}." if before else "."))


def _cells(code: str) -> dict[str, str]:
    pairs = code.partition(":")[2]
    return dict(pair.split("=") for pair in pairs.split(",")) if pairs else {}


def _written(record: Mapping[str, Any], sheet: str, at: int, column: str) -> str:
    """What the record says stood in the cell, where the sheet follows from the record alone; else ""."""
    rows = _expected(record).get(sheet)
    if rows is None or at > len(rows):
        return ""
    return {letters(i): text for i, text in rows[at - 1]}.get(column, "")


def _expected(record: Mapping[str, Any]) -> dict[str, list[list[tuple[int, str]]]]:
    """The sheets that follow from the record alone, as canonical cells."""
    return {
        page.name: [[(i, t) for i, t in seal.sealed_cells(page, at) if t] for at in range(len(page.rows))]
        for page in sheets.from_record(record, {})
    }


def _own_record(book: Book, kept: Kept) -> Difference | None:
    """Whether the record inside has its digest, and the sheets that follow from it are what it says."""
    record = kept.record
    content = recording.content_digest(record)
    said = {
        "the record": record["content_digest"],
        "the document properties": book.properties.get("cmic_content_digest", ""),
    }
    for place, value in said.items():
        if value != content:
            text = f"The record inside has the content digest {content}, but {place} says {value or 'nothing'}."
            return Difference(where="record", text=text)
    for name, value in seal.properties(record, kept.digest).items():
        if book.properties.get(name, "") != value:
            text = f"The document property {name} says {book.properties.get(name) or 'nothing'}, the record {value}."
            return Difference(where="document properties", text=text)
    shown = counted.summary(book, record) or counted.key_figures(book, record)
    if shown is not None or record["tool"]["version"] != __version__:
        return shown  # another release may lay the same record out differently
    for name, expected in _expected(record).items():
        rows = closed(book.sheets[name], kept.open.get(name, ""))
        for at, (was, now) in enumerate(_pairs(expected, rows), 1):
            if was != now:
                old, new = dict(was), dict(now)
                column = min(i for i in {*old, *new} if old.get(i) != new.get(i))
                where = f"{name}!{letters(column)}{at}"
                text = f"{where} holds {plain(new.get(column, ''))}, the record says {plain(old.get(column, ''))}."
                return Difference(where=where, text=text, cause=EDITED)
    return None


def _pairs(
    a: list[list[tuple[int, str]]], b: list[list[tuple[int, str]]]
) -> Iterator[tuple[Sequence[tuple[int, str]], Sequence[tuple[int, str]]]]:
    for at in range(max(len(a), len(b))):
        yield (a[at] if at < len(a) else []), (b[at] if at < len(b) else [])


def _checked(kept: Kept, difference: Difference | None) -> list[str]:
    record = kept.record
    lines = [f"Run {record['run_id']}, judged as of {record['as_of']}, list published {record['list']['published']}."]
    if difference is None:
        totals, version = record["totals"], record["tool"]["version"]
        same = version == __version__
        laid_out = (
            "what it says" if same else f"laid out by version {version} and were not laid out again by {__version__}"
        )
        sheets_too = f"the sheets from Prohibited to Exposure are {laid_out}."
        lines.append(
            f"{len(kept.sheets)} sheets hold the values they were sealed with; yellow cells may hold anything."
        )
        lines.append(f"The record inside has its digest; {sheets_too}")
        counted = (
            f"{totals['rows_read']} rows read, {totals['positions']} positions, {len(record['findings'])} findings"
        )
        lines.append(f"Control totals add up: {counted}.")
    return lines


_NO_MORE: Final = (
    "The workbook is internally consistent. More cannot be said without a digest kept elsewhere (--expect): whoever "
    "edits a workbook can recompute the digests it carries."
)
_BY_CONTENT: Final = (
    "The workbook is as written, as far as a content digest reaches: inputs, list, programme, totals and findings are "
    "those of which the digest kept elsewhere was taken. What else the sheets show is covered by the workbook digest."
)
_BY_DIGEST: Final = "The workbook is as written: it has the digest kept elsewhere."


def _status(difference: Difference | None, expect: str, digests: tuple[str, str]) -> tuple[str, list[str]]:
    if difference is not None:
        cause = f" Cause: {difference.cause}." if difference.cause else ""
        return DIFFERS, [f"Differs at {difference.where}: {difference.text}{cause}"]
    if not expect:
        return CONSISTENT, [_NO_MORE]
    return AS_WRITTEN, [_BY_CONTENT if expect == digests[1] else _BY_DIGEST]
