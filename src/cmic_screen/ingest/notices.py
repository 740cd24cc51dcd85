"""What a person should know about how a file was opened, as data issues; decides nothing and changes no cell.

Form 13F's scope and units: General Instructions, Special Instruction 9 (dollars since
3 January 2023, thousands before).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import delimited

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.filings import Filing
    from cmic_screen.ingest.grid import Grid
    from cmic_screen.intake import DataIssue

_SURE: Final = frozenset({"utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "ascii"})
_DOLLARS_FROM: Final = "2023-01-03"
_DOLLARS_FOR_PERIOD: Final = "2022-12-31"


def of_text(
    name: str, encoding: str, reading: delimited.Reading, *, told: bool, rival: str = ""
) -> tuple[DataIssue, ...]:
    """Of delimited text: an encoding told by its characters, quotes that never close, aligned or spaced columns.

    `rival` is another encoding in which the text reads nearly as well: then a person must say which it is.
    """
    from cmic_screen.intake import DataIssue

    issues = []
    if not told and not sure(encoding):
        issues.append(
            DataIssue(
                code="ENCODING_TOLD", file=name, text=f"The file does not say its encoding; it reads as {encoding}"
                + (f", and nearly as well as {rival}. Which is it?" if rival else "."),
                done=f"Read as {encoding}.",
                effect="Were it another, names could be wrong: look at one with an accent"
                + (", and name the right one with --encoding." if rival else "."),
            )
        )  # fmt: skip
    if reading.open_quotes:
        issues.append(
            DataIssue(
                code="QUOTE_NOT_CLOSED", file=name, rows=len(reading.open_quotes),
                text="A quote is opened and not closed on its line; one cell would swallow the rows after it.",
                examples=tuple(f"line {line}" for line in reading.open_quotes[:3]),
                done="Each line was read as a record of its own, and row numbers are line numbers.",
                effect="A cell that really runs over two lines is cut in two.",
            )
        )  # fmt: skip
    if reading.delimiter == delimited.ALIGNED:
        issues.append(
            DataIssue(
                code="ALIGNED_COLUMNS", file=name, text="Columns are told apart by their position on the line.",
                done="Each line was cut where all lines are blank.",
                effect="Look at the first rows before relying on it.",
            )
        )  # fmt: skip
    if reading.delimiter == delimited.SPACED:
        issues.append(
            DataIssue(
                code="SPACED_COLUMNS", file=name, text="Cells are told apart by runs of blanks, line by line.",
                done="Each line was cut at its runs of blanks, its cells taken from the left.",
                effect="A cell left blank in print moves those after it: compare the first rows with the statement.",
            )
        )  # fmt: skip
    return tuple(issues)


def sure(encoding: str) -> bool:
    """Whether an encoding shows itself in the bytes, so that nothing need be said of it."""
    return encoding in _SURE


def left_out(names: Sequence[str]) -> DataIssue:
    """Of a folder or archive: files that were not read because systems, not people, write files of such names."""
    from cmic_screen.intake import DataIssue

    return DataIssue(
        code="FILES_LEFT_OUT", rows=len(names), examples=tuple(names[:5]),
        text=f"{len(names)} hidden or system files beside the holdings were not read.",
        effect="If one of them holds holdings, rename it and screen again.",
    )  # fmt: skip


def own_output(name: str, what: str) -> DataIssue:
    """Of a folder or archive: a report of this program that lies among the holdings."""
    from cmic_screen.intake import DataIssue

    return DataIssue(
        code="OWN_OUTPUT", file=name, text=what[:1].upper() + what[1:], done="Not screened.",
        effect="Had somebody put holdings in it, they would be missing: screen those as a file of their own.",
    )  # fmt: skip


def of_workbook(name: str, kind: str, grids: Sequence[Grid], *, known: bool) -> tuple[DataIssue, ...]:
    """Of a workbook: sheets with a far cell, and what is not known beside the values."""
    from cmic_screen.intake import DataIssue

    if known and kind == "ods":
        return (
            DataIssue(
                code="FORMAT_TELLS_LESS", file=name, text="In this .ods number formats cannot be told.",
                effect="A padded code may lack its zeros: if in doubt, save it as .xlsx.",
            ),
        )  # fmt: skip
    if not known:
        return (
            DataIssue(
                code="FORMAT_TELLS_LESS", file=name,
                text=f"In this .{kind} hidden rows and columns, formulas without a stored value, error cells and "
                "number formats cannot be told.",
                effect="A blank cell may be a formula never computed, a padded code may lack its zeros: if in doubt, "
                "save it as .xlsx.",
            ),
        )  # fmt: skip
    return tuple(
        DataIssue(
            code="FAR_CELL", file=name, sheet=grid.name,
            text="A cell lies so far from the others that the sheet could not be read as a whole.",
            done="Only rows with something in them were read.", effect="None on holdings; delete the far cell.",
        )
        for grid in grids if grid.row_numbers
    )  # fmt: skip


def of_filing(name: str, filing: Filing) -> tuple[DataIssue, ...]:
    """Of an SEC filing: what it covers, the unit of its values, entries it states but does not hold."""
    from cmic_screen.intake import DataIssue

    issues = []
    if filing.form == "13f":
        issues.append(
            DataIssue(
                code="13F_SCOPE", file=name, text="A Form 13F table holds Section 13(f) securities only.",
                effect="Most foreign-listed shares, bonds and funds are not in it; it alone clears nothing.",
            )
        )  # fmt: skip
        issues.append(_units(name, filing))
    if filing.ordinal:
        issues.append(rows_by_element(name))
    held = sum(len(grid.rows) - 1 for grid in filing.grids if grid.mapped)
    stated = filing.meta.get("stated_entries", "")
    if held and stated.isdigit() and int(stated) != held:
        issues.append(
            DataIssue(
                code="13F_ENTRIES", file=name, rows=held,
                text=f"The cover page states {int(stated):,} entries; the table holds {held:,}.",
                effect="Entries may be missing, or the table may belong to another filing.",
            )
        )  # fmt: skip
    return tuple(issues)


def rows_by_element(name: str) -> DataIssue:
    """Of a file whose entries share lines: what a row number means then."""
    from cmic_screen.intake import DataIssue

    return DataIssue(
        code="ROWS_BY_ELEMENT", file=name, text="The file holds several entries on one line.",
        done="Rows are numbered by entry, the header being row 1.",
    )  # fmt: skip


def elements_left(name: str, elements: Sequence[str]) -> DataIssue:
    """Of XML: elements that are no rows because nothing in them names a security."""
    from cmic_screen.intake import DataIssue

    return DataIssue(
        code="ELEMENTS_LEFT_OUT", file=name, rows=len(elements), examples=tuple(elements[:5]),
        text="Elements of some names state nothing by which a security could be told.",
        done="They are not read as rows.",
        effect="If one of them lists holdings, export these as .csv or .xlsx.",
    )  # fmt: skip


def entries_left(name: str, left: int) -> DataIssue:
    """What is said of a register's entries that name no security."""
    from cmic_screen.intake import DataIssue

    return DataIssue(
        code="ENTRIES_LEFT_OUT", file=name, rows=left,
        text=f"Entries of the register that name no security: {left} (cash, interest, transfers).",
        done="They were not read as positions or trades.",
        effect="None, unless a security is named in their memo only.",
    )  # fmt: skip


def _units(name: str, filing: Filing) -> DataIssue:
    from cmic_screen.intake import DataIssue

    filed, period = filing.filed, filing.as_of
    if filed:
        text = f"Values are in {'dollars' if filed >= _DOLLARS_FROM else 'thousands of dollars'} (filed {filed})."
    elif period >= _DOLLARS_FOR_PERIOD:
        text = f"Values are in dollars (for {period}, so filed since 3 January 2023)."
    else:
        text = "Values are in dollars if filed since 3 January 2023, in thousands before; the file does not say."
    return DataIssue(code="13F_VALUE_UNITS", file=name, text=text, done="Values are shown as filed.")


def layout_unused(file: str, layout: str) -> DataIssue:
    """A column layout was asked for, and the file has no table with its headers."""
    from cmic_screen.intake import DataIssue

    return DataIssue(
        code="LAYOUT_UNUSED", file=file, text=f"The layout {layout!r} that was asked for fits no table of it.",
        done="Columns were taken by header and content, as without a layout.",
        effect="The source may have changed its columns: compare them, and write the layout anew (`profile init`).",
    )  # fmt: skip


def encoding_unused(file: str) -> DataIssue:
    """An encoding was asked for, and the file is of a kind that states its own."""
    from cmic_screen.intake import DataIssue

    return DataIssue(
        code="ENCODING_UNUSED", file=file, text="The encoding asked for was not used: the file states its own.",
        done="Read by what it states; --encoding is for delimited text and web pages.",
        effect="If names look wrong, the program that wrote the file spoiled them: export it again.",
    )  # fmt: skip
