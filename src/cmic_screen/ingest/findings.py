"""What a person should know of how sheets were read: tables left out, duplicates, hidden parts, doubts; it drops no
row.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import turned
from cmic_screen.ingest.cells import NO_VALUE
from cmic_screen.ingest.chosen import GUESSED
from cmic_screen.ingest.fields import NUMBERS, WHAT
from cmic_screen.intake import DataIssue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cmic_screen.ingest.body import Body
    from cmic_screen.ingest.grid import RawFile
    from cmic_screen.ingest.parts import Part
    from cmic_screen.ingest.sheet import Sheet
    from cmic_screen.intake import ColumnUse

_EXAMPLES: Final = 5
_ASKED: Final = WHAT | {"quantity", "market_value", "currency"}


def of_sheet(raw: RawFile, part: Part) -> list[DataIssue]:
    """The doubts and facts of one sheet that its rows do not show."""
    out = [*_left_out(part), *_columns(part), *_hidden(part), *_no_value(part), *_drawn(part)]
    if part.sheet.grid.turned:
        out.insert(0, turned.issue(len(part.rows)))
    return [replace(i, file=raw.file, sheet=part.sheet.name) for i in out]


def _left_out(part: Part) -> list[DataIssue]:
    out = []
    for table in part.tables:
        if not table.used and table.body.block.header_rows:
            head = " | ".join(h for h in table.body.block.headers if h)[:120]
            out.append(
                DataIssue(
                    code="TABLE_NOT_READ",
                    text=f"A table under '{head or 'no header'}' was not read as positions: {table.why_not}.",
                    rows=len(table.told.ends),
                    done="Its rows are set aside with their text.",
                    effect="Read it with --sheet if it does hold positions.",
                )
            )
    used = [t for t in part.tables if t.used]
    if len(used) > 1:
        at = ", ".join(str(part.sheet.numbers[t.body.block.header_rows[0]]) for t in used if t.body.block.header_rows)
        out.append(
            DataIssue(
                code="SEVERAL_TABLES",
                text=f"The sheet holds {len(used)} tables ({f'headers in rows {at}' if at else 'lists side by side'}).",
                rows=sum(len(t.told.ends) for t in used),
                done="All are read.",
                effect="A row counts once for each table beside which it stands.",
            )
        )
    return out


def _columns(part: Part) -> list[DataIssue]:
    out = []
    for table in part.tables:
        if not table.used:
            continue
        body = table.body
        out += [_ambiguous(use, len(body.rows)) for use in body.uses if use.also and use.field in _ASKED]
        if body.block.right - body.block.left > 1:  # a list of one column needs no heading
            out += [_guessed(use, body) for use in body.uses if _is_guessed(use)]
        loose = [
            u.header for u in body.uses if not u.field and u.header and not u.reason.startswith(("it has no", "fixed"))
        ]
        if loose:
            out.append(
                DataIssue(
                    code="UNMAPPED_COLUMNS",
                    text=f"Columns without a field that screening uses: {len(loose)}.",
                    rows=len(body.rows),
                    examples=tuple(loose)[:12],
                    done="Kept as read in each row's cells.",
                    effect="None, unless one of them names what is held.",
                )
            )
    return out


def _is_guessed(use: ColumnUse) -> bool:
    """Whether only its values say that a column holds what is held; where it was close, `_ambiguous` says more."""
    return use.field in {"security_name", "other_id"} and use.confidence == GUESSED and not use.also


def _guessed(use: ColumnUse, body: Body) -> DataIssue:
    """What no heading says and the values suggest: were another column meant, what is held would not be screened."""
    what = "names" if use.field == "security_name" else "codes"
    which = f"column '{use.header}'" if use.header else f"column {use.column}"
    column = next(iter(body.columns((use.field,))))
    return DataIssue(
        code="NAMES_GUESSED",
        text=f"No heading says what is held; {which} was taken for its {what}.",
        rows=len(body.rows),
        examples=tuple(dict.fromkeys(column[i] for i in body.rows if column[i]))[:_EXAMPLES],
        done=f"Read as {use.field}: {use.reason}.",
        effect="If another column says what is held, name it with a profile (cmic-screen profile init) or on the page.",
    )


def _ambiguous(use: ColumnUse, rows: int) -> DataIssue:
    return DataIssue(
        code="AMBIGUOUS_HEADER",
        text=f"Column '{use.header}' could be {use.field} or {use.also}.",
        rows=rows,
        done=f"Read as {use.field}: {use.reason}.",
        effect="Fix it with a profile (cmic-screen profile init) if that is wrong.",
    )


def _hidden(part: Part) -> list[DataIssue]:
    grid = part.sheet.grid
    out = []
    if grid.hidden and part.rows:
        out.append(
            DataIssue(
                code="HIDDEN_SHEET",
                text="The sheet is hidden in the workbook.",
                rows=len(part.rows),
                done="Read like any other.",
                effect="A hidden holding is still held.",
            )
        )
    if grid.hidden_rows:
        held = sum(1 for h in part.data.get("hidden", ()) if h == "row")
        out.append(
            DataIssue(
                code="HIDDEN_ROWS",
                text=f"{held} positions stand in hidden rows.",
                rows=held,
                examples=tuple(str(r) for r in sorted(grid.hidden_rows)[:5]),
                done="Read like any other.",
                effect="A hidden holding is still held.",
            )
        )
    if grid.hidden_columns:
        names = [u.header for t in part.tables for u in t.body.uses if u.column in grid.hidden_columns and u.header]
        out.append(
            DataIssue(
                code="HIDDEN_COLUMNS",
                text=f"{len(grid.hidden_columns)} columns are hidden.",
                examples=tuple(names)[:5],
                done="Read like any other.",
                effect="What they hold may surprise who looks at the sheet.",
            )
        )
    return out


def _no_value(part: Part) -> list[DataIssue]:
    """Formulas without a stored value in columns of amounts (in names and identifiers they are row problems)."""
    counts: Counter[str] = Counter()
    if part.sheet.grid.no_value:
        for t in part.tables:
            for use in t.body.uses:
                if use.field in NUMBERS and not t.body.origin:
                    counts[use.header] += sum(1 for v in t.body.sheet.text[use.column - 1] if v == NO_VALUE)
    return [
        DataIssue(
            code="FORMULA_WITHOUT_VALUE",
            text=f"Column '{header}' has formulas without a stored value.",
            rows=n,
            done="Left empty.",
            effect="Amounts and totals leave these rows out; open and save the file in Excel first.",
        )
        for header, n in counts.items()
        if n
    ]


def _drawn(part: Part) -> list[DataIssue]:
    """Pictures and embedded files: what they show is in no cell."""
    grid, out = part.sheet.grid, []
    alone = not any(part.sheet.filled)
    if grid.pictures:
        out.append(
            DataIssue(
                code="SHEET_OF_PICTURES" if alone else "PICTURES",
                text=f"Sheet '{grid.name}' holds {_count(grid.pictures, 'picture')}"
                f"{' and no cell' if alone else ''}; pictures are not read.",
                done="Left out.",
                effect="If one shows holdings, type them into a table and screen again.",
            )
        )
    if grid.embedded:
        out.append(
            DataIssue(
                code="EMBEDDED_FILES",
                text=f"Sheet '{grid.name}' holds {_count(grid.embedded, 'embedded file')}, which is not read.",
                done="Left out.",
                effect="If one holds holdings, save it as a file of its own and screen that too.",
            )
        )
    return out


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def of_repairs(rules: Mapping[str, Sequence[str]]) -> list[DataIssue]:
    """One issue a rule of repair, with examples."""
    return [
        DataIssue(
            code="REPAIRED",
            text=f"Identifying cells: {rule}.",
            rows=len(cells),
            examples=tuple(dict.fromkeys(cells))[:5],
            done="Shown on each row.",
            effect="A restored identifier raises a question; it neither proves nor clears.",
        )
        for rule, cells in sorted(rules.items())
    ]


def hidden(sheet: Sheet, body: Body, keep: Sequence[int]) -> list[str]:
    """`sheet`, `row` or `column` (all columns that say what is held) where hidden, else "", for each row."""
    grid = sheet.grid
    if grid.hidden:
        return ["sheet"] * len(keep)
    what = {u.column for u in body.uses if u.field in WHAT}
    usual = "column" if what and what <= grid.hidden_columns else ""
    if not grid.hidden_rows:
        return [usual] * len(keep)
    return ["row" if sheet.numbers[i] in grid.hidden_rows else usual for i in keep]


def hidden_words(sheet: Sheet) -> str:
    """What of a sheet is hidden, in words; "" where nothing is."""
    grid = sheet.grid
    words = ["the sheet"] if grid.hidden else []
    words += [f"{len(grid.hidden_rows)} rows"] if grid.hidden_rows else []
    words += [f"{len(grid.hidden_columns)} columns"] if grid.hidden_columns else []
    return ", ".join(words)


def one_currency(part: Part) -> str:
    """The currency of a part's rows where they have one, "" where several or none."""
    found = set(part.data.get("currency", ()))
    return found.pop() if len(found) == 1 else ""
