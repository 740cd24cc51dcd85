"""One opened file understood: its grids' tables found, mapped and read into positions, with the account of every row.

Nothing vanishes here: a row with a non-blank cell is a header, a position, a continuation, set aside or a problem
(architecture §1.1), and each sheet says how many of each.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import columns, dates, layout, numbers, rows, rowwords, values
from cmic_screen.ingest.rows import Body, End, Kind
from cmic_screen.intake import DataIssue, InputFile, RowProblem, SetAside, SheetReading
from cmic_screen.model import SourceRef

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cmic_screen.ingest.grid import Grid, RawFile
    from cmic_screen.ingest.layout import Block, Sheet
    from cmic_screen.intake import ColumnUse

_AS_OF: Final = re.compile(
    r"(?:as of|as at|holdings:|stand|per|date|stichtag|datum|au|al|alla data|a la fecha|em|peildatum|per datum|截至|截止|日期|基準日)[\s:]*",
    re.I,
)
_DATE_IN: Final = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{1,2}[-. ]+[^\W\d_]{3,}\.?[-., ]+\d{4}|[^\W\d_]{3,}\.? \d{1,2},? \d{4}|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
)
_DO: Final = "Look at the row in the file; add a name or an identifier and screen again."


@dataclass(slots=True)
class Part:
    """One sheet as read: its account, the columns of its positions, what was set aside, problems, issues."""

    reading: SheetReading
    data: dict[str, list[str]] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    issues: list[DataIssue] = field(default_factory=list)
    as_of: str = ""
    trades: bool = False
    bodies: list[Body] = field(default_factory=list)
    ends: list[dict[int, End]] = field(default_factory=list)


def read_file(raw: RawFile, *, sheet: str | None = None, profile: object | None = None) -> tuple[InputFile, list[Part]]:
    """Every grid of a file as parts, in the file's order. `sheet` limits reading to that sheet; others say why not."""
    del profile
    parts = [read_grid(raw, grid) if sheet in (None, grid.name) else _unread(grid) for grid in raw.grids]
    entry = InputFile(
        file=raw.file, sha256=raw.sha256, bytes=raw.bytes, format=raw.format, encoding=raw.encoding, delimiter=raw.delimiter,
        sheets=tuple(p.reading for p in parts),
    )  # fmt: skip
    return entry, parts


def _unread(grid: Grid) -> Part:
    return Part(reading=SheetReading(name=grid.name, used=False, why_not="another sheet was asked for"))


def read_grid(raw: RawFile, grid: Grid) -> Part:
    """One grid as a part."""
    sheet = layout.sheet_of(grid)
    blocks = layout.blocks(sheet)
    if not blocks and (lone := layout.headerless(sheet)) is not None:
        blocks = [lone]
    part = Part(reading=SheetReading(name=grid.name, used=False))
    tally: Counter[Kind] = Counter()
    fallback = numbers.COMMA if raw.delimiter == ";" else numbers.POINT
    covered: set[tuple[int, int]] = set()
    spans = sorted({(b.left, b.right) for b in blocks}) or [(0, sheet.width)]
    for block in blocks:
        body = _body(sheet, block, grid)
        ends = rows.classify(body)
        for i in block.header_rows:
            ends[i] = End(Kind.HEADER)
        part.bodies.append(body)
        part.ends.append(ends)
        _emit(raw, sheet, body, ends, part, fallback)
        tally.update(e.kind for e in ends.values())
        covered.update((i, block.left) for i in range(min(block.header_rows, default=block.start), block.stop))
    _outside(raw, sheet, blocks, spans, covered, part, tally)
    part.reading = _reading(sheet, part, tally, blocks)
    return part


def _body(sheet: Sheet, block: Block, grid: Grid) -> Body:
    profiles = [columns.profile(sheet.text[j][block.start : block.stop]) for j in range(block.left, block.right)]
    forced = {c - 1 - block.left: f for c, f in grid.mapped.items()}
    uses = [replace(u, column=u.column + block.left) for u in columns.map_columns(block.headers, profiles, forced)]
    fields: dict[str, list[int]] = {}
    for use in uses:
        if use.field:
            fields.setdefault(use.field, []).append(use.column - 1)
    heads = set(block.header_rows)
    body_rows = [i for i in range(block.start, block.stop) if i not in heads]
    return Body(sheet=sheet, block=block, uses=uses, fields=fields, rows=body_rows)


def _emit(raw: RawFile, sheet: Sheet, body: Body, ends: Mapping[int, End], part: Part, fallback: str) -> None:
    keep = [i for i in body.rows if (e := ends.get(i)) is not None and e.kind is Kind.POSITION]
    span = sheet.text[body.block.left : body.block.right]
    if keep:
        data, issues = values.columns_of(
            body, keep, decimal=fallback, order="DMY" if fallback == numbers.COMMA else "MDY"
        )
        data["cells"] = [" | ".join(r) for r in zip(*([c[i] for i in keep] for c in span), strict=True)]
        data["flags"] = [" ".join(ends[i].flags) for i in keep]
        data["hidden"] = _hidden(sheet, keep)
        _append(part, data, [sheet.numbers[i] for i in keep])
        part.issues += [replace(s, file=raw.file, sheet=sheet.name) for s in issues]
        part.trades |= bool(body.fields.get("trade_date")) and bool(
            body.fields.get("transaction_type") or body.fields.get("side")
        )
    for i, end in ends.items():
        where = SourceRef(file=raw.file, sheet=sheet.name, row=sheet.numbers[i])
        if end.kind is Kind.ASIDE:
            part.set_aside.append(
                SetAside(source=where, reason=end.reason, text=" | ".join(c for c in body.cells(i) if c))
            )
        elif end.kind is Kind.PROBLEM:
            part.problems.append(
                RowProblem(
                    source=where,
                    code="NOTHING_TO_SCREEN_BY",
                    text=f"The row has {end.reason}.",
                    cells=tuple(body.cells(i)),
                    do=_DO,
                )
            )


def _hidden(sheet: Sheet, keep: Sequence[int]) -> list[str]:
    if sheet.grid.hidden:
        return ["sheet"] * len(keep)
    return (
        ["row" if sheet.numbers[i] in sheet.grid.hidden_rows else "" for i in keep]
        if sheet.grid.hidden_rows
        else [""] * len(keep)
    )


def _append(part: Part, data: Mapping[str, list[str]], numbers_: Sequence[int]) -> None:
    before, more = len(part.rows), len(numbers_)
    for name in {*part.data, *data}:
        part.data.setdefault(name, [""] * before).extend(data.get(name) or [""] * more)
    part.rows.extend(numbers_)


def _outside(
    raw: RawFile,
    sheet: Sheet,
    blocks: Sequence[Block],
    spans: Sequence[tuple[int, int]],
    covered: set[tuple[int, int]],
    part: Part,
    tally: Counter[Kind],
) -> None:
    """Rows above or beside the tables: a preamble, set aside with its text; its date is the holdings' date."""
    reason = "preamble" if blocks else "no table"
    for left, right in spans:
        for i, n in enumerate(sheet.filled):
            if not n or (i, left) in covered:
                continue
            cells = [c[i] for c in sheet.text[left:right] if c[i]]
            if not cells:
                continue
            tally[Kind.ASIDE] += 1
            text = " | ".join(cells)
            part.set_aside.append(
                SetAside(
                    source=SourceRef(file=raw.file, sheet=sheet.name, row=sheet.numbers[i]), reason=reason, text=text
                )
            )
            part.as_of = part.as_of or as_of_in(text)


def as_of_in(text: str) -> str:
    """The date a line states the holdings for, ISO, "" where it states none."""
    if _AS_OF.search(text) and (m := _DATE_IN.search(text)):
        found = re.sub(r"\s+", " ", m[0])
        return dates.parse(found, "DMY" if re.match(r"(?:1[3-9]|2\d|3[01])\D", found) else "MDY")
    return ""


def _reading(sheet: Sheet, part: Part, tally: Counter[Kind], blocks: Sequence[Block]) -> SheetReading:
    main = max(part.bodies, key=lambda b: len(b.rows), default=None)
    uses: tuple[ColumnUse, ...] = tuple(main.uses) if main else ()
    used = tally[Kind.POSITION] > 0
    why = (
        ""
        if used
        else "empty"
        if not any(sheet.filled)
        else "no table of positions was found"
        if not blocks
        else "its table holds no position"
    )
    hidden = ["sheet"] if sheet.grid.hidden else []
    if sheet.grid.hidden_rows:
        hidden.append(f"{len(sheet.grid.hidden_rows)} rows")
    if sheet.grid.hidden_columns:
        hidden.append(f"{len(sheet.grid.hidden_columns)} columns")
    return SheetReading(
        name=sheet.name, used=used, why_not=why, header_row=sheet.numbers[main.block.header_rows[0]] if main and main.block.header_rows else 0, columns=uses,
        rows_read=sum(tally.values()), headers=tally[Kind.HEADER], positions=tally[Kind.POSITION], continuations=tally[Kind.CONTINUATION],
        set_aside=tally[Kind.ASIDE], problems=tally[Kind.PROBLEM], hidden=", ".join(hidden),
    )  # fmt: skip


__all__ = ["Part", "as_of_in", "read_file", "read_grid", "rowwords"]
