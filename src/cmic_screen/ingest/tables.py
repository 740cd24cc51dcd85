"""One opened file understood: its grids' tables found, mapped and read into positions, with the account of every row.

Nothing vanishes here: a row with a non-blank cell is a header, a position, a continuation, set aside or a problem
(architecture §1.1), and each sheet says how many of each.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import body as bodies
from cmic_screen.ingest import (
    chosen,
    context,
    duplicates,
    emit,
    findings,
    glossary,
    habits,
    layout,
    namelists,
    numbers,
    outside,
    pasted,
    records,
    rows,
    sidebyside,
    totals,
    turned,
    units,
    unread,
)
from cmic_screen.ingest import profile as profiles
from cmic_screen.ingest.ends import VALUES, End, Kind
from cmic_screen.ingest.grid import Grid
from cmic_screen.ingest.parts import Part, Table
from cmic_screen.ingest.sheet import sheet_of
from cmic_screen.intake import DataIssue, InputFile, RowProblem, SetAside, SheetReading
from cmic_screen.model import SourceRef

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cmic_screen.ingest.body import Body
    from cmic_screen.ingest.grid import RawFile
    from cmic_screen.ingest.layout import Block
    from cmic_screen.ingest.profile import Layout
    from cmic_screen.ingest.sheet import Sheet

PROBLEMS: Final = {
    "FILE_UNREADABLE": ("The file could not be read", "Export it again, or take it out, and screen again."),
    "NOTHING_TO_SCREEN_BY": (
        "The row has amounts and nothing that says what is held.",
        "Add a name or an identifier to the row and screen again.",
    ),
    "FORMULA_WITHOUT_VALUE": (
        "A formula stands where the name or identifier belongs, and the file does not hold its value.",
        "Open the file in Excel, save it, and screen again.",
    ),
    "ERROR_CELL": (
        "A failed formula stands where the name or identifier belongs.",
        "Correct the formula and screen again.",
    ),
}

_KIND: Final = attrgetter("kind")


def read_file(raw: RawFile, *, sheet: str | None = None, profile: Layout | None = None) -> tuple[InputFile, list[Part]]:
    """Every grid of a file as parts, in the file's order. `sheet` limits reading to that sheet; the others say why not.
    `profile` fixes columns where its fingerprint meets a table's header. A file that could not be opened among others
    counts as one row that is a problem.
    """
    if raw.fault:
        return _unreadable(raw)
    if not raw.grids:
        return _own_output(raw)
    found = [_tables(grid, profile) if sheet in (None, grid.name) else (grid, None) for grid in raw.grids]
    read = [(grid, t) for grid, t in found if t is not None]
    chosen.choose([t for _, tables in read for t in tables[1]])
    parts = []
    for grid, tables in found:
        if tables is None:
            reading = SheetReading(name=grid.name, used=False, why_not="another sheet was asked for")
            parts.append(Part(sheet=sheet_of(replace(grid, rows=[])), reading=reading))
        else:
            parts.append(_part(raw, grid, *tables))
    duplicates.mark(raw.file, parts)
    entry = InputFile(
        file=raw.file,
        sha256=raw.sha256,
        bytes=raw.bytes,
        format=raw.format,
        encoding=raw.encoding,
        delimiter=raw.delimiter,
        profile=", ".join(dict.fromkeys(t.layout.name for p in parts for t in p.tables if t.layout)),
        sheets=tuple(p.reading for p in parts),
        meta=raw.meta,
    )
    return entry, parts


def _own_output(raw: RawFile) -> tuple[InputFile, list[Part]]:
    """The account of a report of ours that lay among the holdings: named, and none of its rows read."""
    reading = SheetReading(name=raw.file.rpartition("/")[2], used=False, why_not="an output of this program")
    part = Part(sheet=sheet_of(Grid(name=reading.name, rows=[])), reading=reading)
    return InputFile(file=raw.file, sha256=raw.sha256, bytes=raw.bytes, format=raw.format, sheets=(reading,)), [part]


def _unreadable(raw: RawFile) -> tuple[InputFile, list[Part]]:
    """The account of a file in a folder or archive that could not be opened: one problem, never silence."""
    what, do = raw.fault
    words, usual = PROBLEMS["FILE_UNREADABLE"]
    name = raw.file.rpartition("/")[2]
    reading = SheetReading(
        name=name, used=False, why_not=f"it could not be read: {what.rstrip('.')}", rows_read=1, problems=1
    )
    where = SourceRef(file=raw.file, sheet=name, row=1)
    problem = RowProblem(source=where, code="FILE_UNREADABLE", text=f"{words}: {what}", cells=(), do=do or usual)
    part = Part(sheet=sheet_of(Grid(name=name, rows=[])), reading=reading, problems=[problem])
    entry = InputFile(file=raw.file, sha256=raw.sha256, bytes=raw.bytes, format=raw.format, sheets=(reading,))
    return entry, [part]


def _tables(grid: Grid, profile: Layout | None) -> tuple[Grid, tuple[Sheet, list[Table]]]:
    """The tables of one sheet, rows told, and its grid as they stand in it."""
    sheet = sheet_of(grid := pasted.parted(grid))
    if upright := turned.upright(sheet):
        grid, sheet = upright, sheet_of(upright)
    if grid.mapped:
        blocks = [layout.under_first_row(sheet)]
    else:
        blocks = layout.blocks(sheet) or namelists.lists_of_names(sheet)
        if not blocks and (lone := layout.headerless(sheet)) is not None:
            blocks = [lone]
        if profile is None:
            blocks = [part for block in blocks for part in sidebyside.parted(sheet, block)]
    return grid, (sheet, [_table(sheet, b, grid, profile) for b in blocks])


def _table(sheet: Sheet, block: Block, grid: Grid, profile: Layout | None) -> Table:
    known = profile or profiles.known(block.headers)
    own = {block.left + block.held_at + 1: block.holds} if block.holds else {}
    forced: Mapping[int, str] = own or grid.mapped or (known.columns_for(block) if known else {})
    body = bodies.body_of(sheet, block, forced)
    if not grid.mapped and (lines := records.lines(body)):
        body = bodies.fold(body, lines, block.stacked, forced)
    told = rows.classify(body)
    for i in block.header_rows:
        told.ends[i] = End(Kind.HEADER)
    return Table(body=body, told=told, layout=known if forced and not grid.mapped else None)


def _part(raw: RawFile, grid: Grid, sheet: Sheet, tables: Sequence[Table]) -> Part:
    part = Part(sheet=sheet, reading=SheetReading(name=grid.name, used=False), tables=list(tables))
    tally: Counter[Kind] = Counter()
    usual = habits.of_sheet(raw, sheet, tables)
    above = outside.read(raw, part, tally, usual[1])
    checks: list[tuple[str, str, str, str]] = []
    for table in tables:
        if not table.used:
            _put_aside(table)
        habit = habits.of_table(table, usual, alone=len(tables) == 1)
        here = replace(above, currency=above.currency or table.layout.currency) if table.layout else above
        emit.positions(raw, part, table, habit, here)
        last = max(table.told.ends.held(table.body.rows), default=-1)
        above = context.after(above, [t for i, t in table.told.titles if i > last])
        _others(raw, part, table, here)
        if table.used:
            checks += _totals(raw, part, table)
            part.unread += unread.texts(raw.file, part, table)
        tally[Kind.POSITION] += table.told.ends.count_ordinary
        tally.update(map(_KIND, table.told.ends.special.values()))
    part.unread += unread.notes(raw.file, part)
    glossary.fill(part)
    part.reading = _reading(part, tally, tuple(checks))
    part.issues += findings.of_sheet(raw, part)
    return part


def _put_aside(table: Table) -> None:
    for i, end in list(table.told.ends.items()):
        if end.kind not in {Kind.HEADER, Kind.ASIDE}:
            table.told.ends[i] = End(Kind.ASIDE, table.why_not)


def _others(raw: RawFile, part: Part, table: Table, above: context.Section) -> None:
    """Rows set aside and problems, with their text and value kept."""
    body = table.body
    column = next(iter(body.columns(VALUES)), None)
    summed = any(e.reason in {"cash", "total"} for e in table.told.ends.special.values())
    style = numbers.style_of(column if column and summed else ())
    money = next(iter(body.columns(("currency",))), None)
    for i, end in sorted(
        ((i, e) for i, e in table.told.ends.special.items() if e.kind is not Kind.POSITION),
        key=itemgetter(0),
    ):
        where = SourceRef(file=raw.file, sheet=part.sheet.name, row=part.sheet.numbers[i])
        if end.kind is Kind.ASIDE:
            text = " | ".join(c for c in _line_cells(part, body, i) if c)
            stated = [column[i]] if column and end.reason in {"cash", "total"} else [""]
            amount = units.times(numbers.stated(stated, style), units.factor_of(body.header_of(VALUES)))[0]
            currency = money[i] if money and len(money[i]) == 3 else ""
            part.set_aside.append(
                SetAside(source=where, reason=end.reason, text=text, value=amount or "", currency=currency)
            )
        elif end.kind is Kind.PROBLEM:
            words, do = PROBLEMS[end.reason]
            part.problems.append(
                RowProblem(
                    source=where,
                    code=end.reason,
                    text=words,
                    cells=tuple(_line_cells(part, body, i)),
                    do=do,
                    account=outside.account(table, i, above),
                )
            )


def _line_cells(part: Part, body: Body, i: int) -> list[str]:
    """The cells of the row as it stands in the file, within the table."""
    return body.cells(i) if not body.origin else part.sheet.row(i)


def _totals(raw: RawFile, part: Part, table: Table) -> list[tuple[str, str, str, str]]:
    found = list(totals.checks(table.body, table.told, findings.one_currency(part)))
    for label, stated, ours, currency in found:
        if not totals.agrees(stated, ours):
            part.issues.append(
                DataIssue(
                    code="TOTAL_DIFFERS",
                    text=f"The file's line '{label}' states {stated} {currency}".rstrip()
                    + f"; the rows above it sum to {ours}.",
                    file=raw.file,
                    sheet=part.sheet.name,
                    rows=1,
                    examples=(label,),
                    done="Both are shown; nothing was changed.",
                    effect="A row may be missing from the file, or the line sums something else.",
                )
            )
    return found


def _reading(part: Part, tally: Counter[Kind], checks: tuple[tuple[str, str, str, str], ...]) -> SheetReading:
    main = chosen.main_table(part.tables)
    used = tally[Kind.POSITION] > 0
    why = ""
    if not used:
        why = (
            "it is empty"
            if not tally
            else next((t.why_not for t in part.tables if t.why_not), "") or "no position was found in it"
        )
    heads = main.body.block.header_rows if main else ()
    return SheetReading(
        name=part.sheet.name,
        used=used,
        why_not=why,
        header_row=part.sheet.numbers[heads[0]] if heads else 0,
        columns=tuple(u for u in main.body.uses if u.field or not main.body.origin) if main and main.used else (),
        rows_read=sum(tally.values()),
        headers=tally[Kind.HEADER],
        positions=tally[Kind.POSITION],
        continuations=tally[Kind.CONTINUATION],
        set_aside=tally[Kind.ASIDE],
        problems=tally[Kind.PROBLEM],
        hidden=findings.hidden_words(part.sheet),
        total_checks=checks,
    )
