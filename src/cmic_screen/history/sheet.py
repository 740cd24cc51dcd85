"""Reviewers' decisions out to a workbook and back from its yellow cells, all of them or none; it enters nothing itself.

The Review sheet is the report's own (report/sheets/answers.py); a report filled in and saved by a spreadsheet program
comes back just as well. Text is never a formula, and a returned workbook is only read, never written to (pains D3).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from cmic_screen import drafts
from cmic_screen.errors import ReportError, UsageError, words_of
from cmic_screen.history import answers
from cmic_screen.history.answers import LICENSED, Answer
from cmic_screen.history.decisions import LOWERING, Made

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from cmic_screen.history.ledger import Who
    from cmic_screen.model import ListSnapshot

SHEET: Final = "Review"
RUN_ID: Final = "cmic_run_id"
"""The document property that names the run, in a report and in an export alike (report/seal.py)."""

YELLOW: Final = ("Decision", "Reason", "By", "On", "Approved by", "Approved on", "Until")
_NEEDED: Final = ("Ref", "OFAC uid", "Security key", *YELLOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """One row of the sheet in which a yellow cell is filled; `row` as the spreadsheet program numbers it."""

    row: int
    cells: Mapping[str, str]

    def __getitem__(self, header: str) -> str:
        return self.cells[header]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import would do: new decisions with who makes them, signatures by decision id, and remarks."""

    new: tuple[tuple[Who, Mapping[str, Any]], ...]
    signatures: tuple[tuple[str, Who], ...]
    remarks: tuple[str, ...]


def filled(path: Path) -> tuple[str, tuple[Filled, ...]]:
    """The run id that a workbook names, and the filled rows of its Review sheet. UsageError where it is none."""
    import warnings
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", UserWarning
            )  # extensions of other spreadsheet programs, which we do not read
            book: Any = load_workbook(path, data_only=True)
    except (OSError, BadZipFile, KeyError, InvalidFileException) as error:
        raise UsageError(
            f"not a workbook that can be read: {words_of(error)}.", where=str(path), do="Save it as xlsx."
        ) from error
    if SHEET not in book.sheetnames:
        raise UsageError(f"no sheet {SHEET}.", where=str(path), do="Give a report, or a file of `decisions export`.")
    rows = enumerate(book[SHEET].iter_rows(values_only=True), 1)
    places = next((found for _, cells in rows if (found := _header(cells))), None)
    if places is None:
        raise UsageError(f"the sheet {SHEET} has not the columns {', '.join(_NEEDED)}.", where=str(path))
    lines = ((n, {h: _text(cells[i]) for h, i in places.items() if i < len(cells)}) for n, cells in rows)
    answers = tuple(Filled(row=n, cells=said) for n, said in lines if any(said.get(h) for h in YELLOW))
    props = {p.name: str(p.value) for p in book.custom_doc_props.props}
    return props.get(RUN_ID, ""), answers


def _header(cells: Sequence[Any]) -> dict[str, int]:
    """Header to column, where a row holds every header that is needed; {} else."""
    at = {str(value).strip(): i for i, value in enumerate(cells) if value is not None}
    return {name: at[name] for name in _NEEDED} if all(name in at for name in _NEEDED) else {}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def plan(
    rows: Sequence[Filled],
    record: Mapping[str, Any],
    snapshot: ListSnapshot,
    made: Sequence[Made],
    *,
    importer: Who,
    today: date,
) -> Plan:
    """What entering these rows would do. UsageError names every row that is not valid or conflicts: none is entered."""
    latest = {(m.entry.body["fingerprint"], m.entry.body["uid"]): m for m in made if m.revoked is None}
    new: dict[tuple[str, str], tuple[Who, Mapping[str, Any], Filled]] = {}
    signatures: dict[str, Who] = {}
    remarks: list[str] = []
    faults: list[str] = []
    for row in rows:
        try:
            who, bodies = _drafted(row, record, snapshot, importer, today)
            for body in bodies:
                pair = (str(body["fingerprint"]), str(body["uid"]))
                known = latest.get(pair)
                if known is not None and _same(known.entry.body, known.entry.who.by, body, who.by):
                    remarks += _sign(row, known, importer, signatures)
                    continue
                _conflicts(known, new.get(pair), who, body, today)
                if row["Approved by"] and body["conclusion"] in LOWERING:
                    remarks.append(
                        f"row {row.row}: {row['Approved by']} must sign from their own account: import this file there"
                    )
                new[pair] = (who, body, row)
        except UsageError as error:
            faults.append(f"row {row.row}: {error.message}")
    if faults:
        raise UsageError(
            "; ".join(faults), where=SHEET, why="Nothing was imported.", do="Mend these rows and import again."
        )
    return Plan(
        new=tuple((who, body) for who, body, _ in new.values()),
        signatures=tuple(signatures.items()),
        remarks=tuple(dict.fromkeys(remarks)),
    )


def _drafted(
    row: Filled, record: Mapping[str, Any], snapshot: ListSnapshot, importer: Who, today: date
) -> tuple[Who, tuple[dict[str, Any], ...]]:
    """The decisions a row asks for, validated as `decide` would."""
    finding = next((f for f in record["findings"] if f["ref"] == row["Ref"]), None)
    if finding is None or finding["security"] != row["Security key"]:
        raise UsageError(f"{row['Ref'] or 'no reference'} is not the finding of run {record['run_id']} with that key.")
    if row["Decision"] == LICENSED:
        raise UsageError(
            "a licence needs its particulars.", do="Use `cmic-screen decide … --as licensed --licence FILE`."
        )
    if row["Approved by"] and row["Approved by"].casefold() == row["By"].casefold():
        raise UsageError("the second person is the first one.")
    on = _day(row["On"], "On") or today
    if on > today:
        raise UsageError(f"On is {on}, after today.")
    answer = Answer(
        ref=row["Ref"], conclusion=row["Decision"], reason=row["Reason"], on=on, until=_day(row["Until"], "Until"),
        uid=row["OFAC uid"],
    )  # fmt: skip
    who = replace(importer, by=row["By"])
    return who, answers.drafts(record, snapshot, answer, who)


def _sign(row: Filled, known: Made, importer: Who, signatures: dict[str, Who]) -> Iterator[str]:
    """A row that repeats a decision on record: the second person's name makes it a signature."""
    if not row["Approved by"] or known.signed is not None:
        yield f"row {row.row}: {known.id} is on record already"
        return
    signatures[known.id] = replace(importer, by=row["Approved by"])
    yield f"row {row.row}: {known.id} is signed by {row['Approved by']}"


def _same(body: Mapping[str, Any], by: str, other: Mapping[str, Any], other_by: str) -> bool:
    fields = ("conclusion", "reason", "evidence_digest")
    return by.casefold() == other_by.casefold() and all(body[f] == other[f] for f in fields)


def _conflicts(
    known: Made | None,
    other: tuple[Who, Mapping[str, Any], Filled] | None,
    who: Who,
    body: Mapping[str, Any],
    today: date,
) -> None:
    """UsageError where the row says otherwise than a decision still running, or than another row of the sheet."""
    if known is not None and date.fromisoformat(known.entry.body["until"]) >= today:
        said = known.entry.body
        raise UsageError(
            f"{known.id} of {known.entry.who.by} says {said['conclusion']} ({said['reason']}).",
            do="Revoke it first, or leave the row empty.",
        )
    if other is not None and not _same(other[1], other[0].by, body, who.by):
        raise UsageError(f"row {other[2].row} says otherwise of the same security and entity.")


def _day(text: str, header: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise UsageError(f"{header} is {text!r}, not a date.", do="Write it as 2026-11-22.") from error


def write(path: Path, record: Mapping[str, Any], made: Sequence[Made]) -> int:
    """Write a run's Review sheet, decisions on record filled in, to a workbook; returns how many questions it has."""
    from openpyxl import Workbook
    from openpyxl.packaging.custom import StringProperty
    from openpyxl.styles import Font, PatternFill

    from cmic_screen.report.sheets.answers import review
    from cmic_screen.report.tables import Cell, clean

    page = review(record, {}, {})
    table = page.tables[0]
    book: Any = Workbook()
    sheet = book.active
    sheet.title = SHEET
    known = {(m.entry.body["fingerprint"], m.entry.body["uid"]): m for m in made if m.revoked is None}
    headers = [c.header for c in table.columns]
    for number, row in enumerate(page.rows, 1):
        values = [c.value if isinstance(c, Cell) else c for c in row.cells]
        if table.first <= number <= table.last and not table.empty:
            values = _with_decision(dict(zip(headers, values, strict=True)), known)
        for column, value in enumerate(values, 1):
            cell = sheet.cell(number, column)
            cell.value = clean(value)[0] if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"  # text from a holdings file is never a formula
            if number == table.header:
                cell.font = Font(bold=True)
            elif number >= table.first and table.columns[column - 1].is_input:
                cell.fill = PatternFill("solid", start_color="FFF2CC")
    for one in table.columns:
        sheet.column_dimensions[table.letter(one.header)].width = one.width
    sheet.freeze_panes = f"B{table.first}"
    if not table.empty:
        _offer(sheet, f"{table.letter('Decision')}{table.first}:{table.letter('Decision')}{table.last}")
    book.custom_doc_props.append(StringProperty(name=RUN_ID, value=record["run_id"]))
    try:
        with drafts.beside(path) as folder:
            book.save(folder / path.name)
            drafts.hand_out(folder / path.name, path)
    except OSError as error:
        raise ReportError(
            f"cannot be written ({words_of(error)}).", where=str(path), why="The questions are not handed out.",
            do="Name a file in an existing folder that you may write to.",
        ) from error  # fmt: skip
    return 0 if table.empty else table.last - table.header


def _offer(sheet: Any, cells: str) -> None:
    """The conclusions to choose from, as in the report: one that is mistyped is refused with the whole import."""
    from openpyxl.worksheet.datavalidation import DataValidation

    choices = ",".join(answers.CONCLUSIONS)
    rule = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = "Not one of the choices", "Choose from the list, or leave the cell empty."
    rule.add(cells)
    sheet.add_data_validation(rule)


def _with_decision(cells: dict[str, Any], known: Mapping[tuple[str, str], Made]) -> list[Any]:
    pair = (str(cells["Security key"]), str(cells["OFAC uid"] or ""))
    made = known.get(pair)
    if made is not None:
        body = made.entry.body
        cells |= {
            "Decision": body["conclusion"], "Reason": body["reason"], "By": made.entry.who.by,
            "On": date.fromisoformat(body["on"]), "Until": date.fromisoformat(body["until"]),
        }  # fmt: skip
        if made.signed is not None:
            cells |= {"Approved by": made.signed.who.by, "Approved on": date.fromisoformat(made.signed.at[:10])}
    return list(cells.values())
