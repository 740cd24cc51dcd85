"""What a reading of holdings files is made of: the position table and the account of every row; it reads nothing.

The law of this room is conservation (architecture §1.1): for each sheet, rows read = headers + positions +
continuations + set aside + problems, where a row read is a row with a non-blank cell; else no `Intake` can exist.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from cmic_screen import positions as schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from cmic_screen.model import SourceRef


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """A row that was read and cannot be screened: a value, not an exception. Ends as UNSCREENED in the report."""

    source: SourceRef
    code: str
    text: str
    cells: tuple[str, ...] = ()
    do: str = ""
    account: str = ""
    """Whose row it is, as the row, the section above it or the preamble states; "" where none does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A row that is no position (total, cash line, footer, section title…), with its reason and its text kept."""

    source: SourceRef
    reason: str
    text: str
    value: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadText:
    """A text that is not read for what is held. `kind` says what it is:

    `cell`, of a column (its heading may be one nobody knows, the cell shifted) once; `cells`, what neighbouring cells
    of a row, `parts` as they stand, are together; `lines`, what the names in two `rows` are together, the barer one
    first; `heading`, in its row; `note`, a line of a comment or text box, with the row it is anchored in. `sure`: only
    a proven name says anything (its column sorts what is held by sector or country, or it is put together).
    """

    file: str
    sheet: str
    header: str
    column: int
    text: str
    kind: Literal["cell", "cells", "lines", "heading", "note"] = "cell"
    rows: tuple[int, ...] = ()
    parts: tuple[str, ...] = ()
    sure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DataIssue:
    """Something about the data that a person should know: code, how many rows, example cells, what was done, effect."""

    code: str
    text: str
    file: str = ""
    sheet: str = ""
    rows: int = 0
    examples: tuple[str, ...] = ()
    done: str = ""
    effect: str = ""


SAID_AT_ONCE: Final = frozenset({
    "HOLDINGS_OF_ANOTHER_DAY", "TRADES_AHEAD", "LOOKS_LIKE_OTHER_KIND", "DUPLICATE_SHEET", "FILE_UNREADABLE",
    "FILES_LEFT_OUT", "OWN_OUTPUT", "13F_ENTRIES", "ACCOUNT_MAP_UNMET", "LAYOUT_UNUSED", "ENCODING_UNUSED",
    "FILE_WITHOUT_HOLDINGS", "NAMES_COMPARED_IN_PART", "NAMES_GUESSED", "NAMES_ARE_CODES",
    "NAMED_IN_UNREAD_COLUMN", "SHEET_OF_PICTURES", "EMBEDDED_FILES",
})  # fmt: skip
"""Issues that may mean that something was not screened as it was meant: a wrong file, or not every one, was given,
or names that can hardly be compared. They stand on the terminal and on the Summary too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnUse:
    """Why a column was taken for a field: header as printed, 1-based position, confidence 0 to 1, reason in words.
    `field` is "" for a column that is kept but not mapped; `also` names the runner-up where it was close.
    """

    field: str
    header: str
    column: int
    confidence: float = 1.0
    reason: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReading:
    """The account of one sheet. `total_checks` are the file's own totals: (label, stated, ours, currency)."""

    name: str
    used: bool
    why_not: str = ""
    header_row: int = 0
    columns: tuple[ColumnUse, ...] = ()
    rows_read: int = 0
    headers: int = 0
    positions: int = 0
    continuations: int = 0
    set_aside: int = 0
    problems: int = 0
    hidden: str = ""
    total_checks: tuple[tuple[str, str, str, str], ...] = ()

    @property
    def accounted(self) -> bool:
        """Whether every row read ended somewhere."""
        parts = (self.headers, self.positions, self.continuations, self.set_aside, self.problems)
        return self.rows_read == sum(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class InputFile:
    """One file as read: name, digest and size of its bytes, what it was taken for, and its sheets."""

    file: str
    sha256: str
    bytes: int
    format: str
    encoding: str = ""
    delimiter: str = ""
    profile: str = ""
    sheets: tuple[SheetReading, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    """What the format says of the whole file (RawFile.meta): a fund's name and series, a filing's period."""
    as_of: str = ""
    """The latest holdings date that the file states outside its rows, ISO, or ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """All that was read. `kind` is `holdings` or `trades`, as the files look; `only_13f` is true where every input is a
    Form 13F table (Section 13(f) securities only: such an input alone is never clear). `as_of` is the latest
    holdings date stated, ISO, or "". ValueError where a row got lost: such an Intake cannot exist.
    """

    table: pd.DataFrame
    inputs: tuple[InputFile, ...]
    set_aside: tuple[SetAside, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    issues: tuple[DataIssue, ...] = ()
    unread: tuple[UnreadText, ...] = ()
    kind: str = "holdings"
    only_13f: bool = False
    as_of: str = ""

    def said_at_once(self) -> list[str]:
        """The issues of `SAID_AT_ONCE` in a sentence each, behind the file they speak of."""
        said = [i for i in self.issues if i.code in SAID_AT_ONCE]
        return list(dict.fromkeys(f"{i.file}: {i.text}" if i.file else i.text for i in said))

    def __post_init__(self) -> None:
        schema.check(self.table)
        sheets = [(f.file, s) for f in self.inputs for s in f.sheets]
        wrong = [f"{file}!{s.name}" for file, s in sheets if not s.accounted]
        for attr, have in (
            ("positions", len(self.table)), ("set_aside", len(self.set_aside)), ("problems", len(self.problems)),
        ):  # fmt: skip
            said = sum(getattr(s, attr) for _, s in sheets)
            if said != have:
                wrong.append(f"{attr}: sheets say {said}, kept {have}")
        if wrong:
            msg = "rows were lost while reading, this is a bug: " + "; ".join(wrong)
            raise ValueError(msg)
