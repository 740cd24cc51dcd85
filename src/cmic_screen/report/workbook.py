"""The workbook: a plan of pages drawn with openpyxl, sealed, made the same bytes each time, whole or not at all.

Text from the input is always typed as text (data type s and quotePrefix; pains C4); no external link, macro or image is
written; names of sheets, tables and defined names are ours. Format: ECMA-376 (Office Open XML), transitional.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cmic_screen import drafts
from cmic_screen.errors import ReportError
from cmic_screen.report import cellxml, csvout, seal, sheets, zipfix
from cmic_screen.report import record as recording
from cmic_screen.report.tables import Cell, clean, letters, scale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from cmic_screen.report.tables import Page, Row, Table
    from cmic_screen.run import ScreeningRun

MOST_BREAKS: Final = 1_000
"""Page breaks of a sheet: Excel allows 1,026 and calls a workbook with more of them damaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written: the workbook, its companion csv where there is one, and the digests to keep elsewhere.

    `workbook_digest` is over the values of the sheets (it survives an open and save), `content_digest` the record's.
    """

    path: Path
    companion: Path | None
    content_digest: str
    workbook_digest: str


def write_report(
    run: ScreeningRun,
    path: Path,
    *,
    record: Mapping[str, Any] | None = None,
    epoch: int | None = None,
    client: str = "",
) -> Written:
    """Write the run's workbook to `path`, and beside it `STEM.rows.csv` where the rows do not fit a sheet.

    `record` is `to_record(run)` if it is at hand. `epoch` (seconds, SOURCE_DATE_EPOCH) fixes the times inside the file;
    without it the run's own `created_at` does. `client` is printed; without it the cell is the reviewer's to fill in.
    An empty run gives a workbook that says so. ReportError where it cannot be written; then nothing is left behind and
    an older file of that name is as it was.
    """
    path = Path(path)
    made = recording.to_record(run) if record is None else dict(record)
    companion = path.with_suffix(".rows.csv") if sheets.needs_companion(run) else None
    with _whole(path, companion) as (draft, rows_draft):
        digest = csvout.write_rows(run, rows_draft) if rows_draft else ""
        plan = sheets.plan(run, made, companion=digest, client=client)
        sealed = seal.close(plan, made)
        sheets.signoff.with_digest(plan.pages[-1], sealed.digest)
        _draw(plan, sealed, made, draft, epoch if epoch is not None else _moment(run.created_at))
    return Written(path=path, companion=companion, content_digest=made["content_digest"], workbook_digest=sealed.digest)


@contextmanager
def _whole(path: Path, companion: Path | None) -> Iterator[tuple[Path, Path | None]]:
    """Drafts beside the targets, renamed over them only when everything is written."""
    targets = [p for p in (path, companion) if p is not None]
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(drafts.beside(path))
            made = [folder / p.name for p in targets]
            yield made[0], made[1] if companion else None
            for draft, target in reversed(list(zip(made, targets, strict=True))):
                drafts.hand_out(draft, target)
            if companion is None:
                csvout.drop_old_rows(path.with_suffix(".rows.csv"))
        except OSError as error:
            raise ReportError(
                f"the report could not be written ({error.strerror or error})",
                where=str(path),
                why="Nothing was written, and an older report of that name is as it was.",
                do="Choose a folder that exists and may be written to with --out, and close the file where it is open.",
            ) from error


def _moment(created_at: str) -> int:
    return int(datetime.fromisoformat(created_at).replace(tzinfo=UTC).timestamp()) if created_at else 0


def _draw(plan: sheets.Plan, sealed: seal.Sealed, record: Mapping[str, Any], path: Path, when: int) -> None:
    """Everything but cells is openpyxl's; zipfix puts the cells in."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    from cmic_screen.report import styles

    book = Workbook()
    book.remove(book.worksheets[0])
    styles.register(book)
    pages = (*plan.pages, seal.page(sealed))
    for page in pages:
        _draw_page(book.create_sheet(page.name), page, record)

    def style_id(style: str, text: bool) -> int:
        cell: Any = WriteOnlyCell(book.worksheets[0])
        cell.style = style
        cell.quotePrefix = text
        return int(cell.style_id)

    cells = [cellxml.sheet_data(page, style_id) for page in pages]
    _name(book, plan)
    _properties(book, record, sealed)
    frame = BytesIO()  # kilobytes, without cells: on a full disk openpyxl would leave its archive open
    book.save(frame)
    zipfix.finish(frame, path, pages, cells, when=when)


def _draw_page(sheet: Worksheet, page: Page, record: Mapping[str, Any]) -> None:
    """All of one sheet but its cells."""
    _set_up(sheet, page, record)
    for table in page.tables:
        _add_table(sheet, table)
        _add_choices(sheet, table)
    _merge(sheet, page)
    if page.charts:
        from cmic_screen.report import chart

        for spec in page.charts:
            chart.add(sheet, spec)


def _merge(sheet: Worksheet, page: Page) -> None:
    """Not by openpyxl's `add`, which compares each range with all before it: minutes for 3,000 findings."""
    from openpyxl.worksheet.cell_range import CellRange

    sheet.merged_cells.ranges.update(map(CellRange, page.merges))


def _set_up(sheet: Worksheet, page: Page, record: Mapping[str, Any]) -> None:
    """Widths, frozen header, print set-up: paper A4 that fits letter too (margins hold the difference)."""
    from openpyxl.worksheet.pagebreak import Break, ColBreak
    from openpyxl.worksheet.properties import PageSetupProperties

    for i, width in enumerate(page.widths, 1):
        sheet.column_dimensions[letters(i)].width = width
    if len(page.tables) == 1 or page.head_first:
        sheet.freeze_panes = f"{letters(page.frozen + 1)}{page.tables[0].first}"
        sheet.print_title_rows = f"{page.tables[0].header}:{page.tables[0].header}"
    else:
        sheet.print_title_rows = "1:1"  # several tables, or none: each page says at least which sheet it is of
    sheet.sheet_view.showGridLines = False
    sheet.sheet_state = "hidden" if page.hidden else "visible"
    if page.tab:
        sheet.sheet_properties.tabColor = page.tab
    setup = sheet.page_setup
    setup.orientation = "portrait" if page.portrait else "landscape"
    setup.paperSize = 9
    if page.break_after and page.tables[0].empty:  # nothing to continue: no empty second page across
        sheet.print_area = f"A1:{letters(page.break_after)}{len(page.rows)}"
    if page.break_after:
        setup.scale = scale(page)
        setup.pageOrder = "overThenDown"
    else:
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        setup.fitToWidth, setup.fitToHeight = 1, int(page.one_page)
    if page.break_after:
        sheet.col_breaks = ColBreak(brk=(Break(id=page.break_after, max=1048575),))
    sheet.row_breaks.brk = [Break(id=at) for at in page.page_breaks[:MOST_BREAKS]]
    margins = sheet.page_margins
    # A4 is 18 mm taller and 6 mm narrower than letter: what fits between these margins fits both
    margins.left = margins.right = 0.45
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.7, 0.3, 0.3
    parts: Any = sheet.oddFooter
    for part, text in (
        (parts.left, f"Run {_footer(record['run_id'])}"), (parts.center, "&A"), (parts.right, "Page &P of &N"),
    ):  # fmt: skip
        part.text, part.size = text, 8


def _footer(text: str) -> str:
    """Run ids are a caller's text: an ampersand starts a code in a footer."""
    return clean(text)[0].replace("&", "&&")[:80]


def _add_table(sheet: Worksheet, table: Table) -> None:
    from openpyxl.worksheet.filters import AutoFilter
    from openpyxl.worksheet.table import Table as XlTable
    from openpyxl.worksheet.table import TableColumn, TableStyleInfo

    ref = f"A{table.header}:{letters(len(table.columns))}{table.last}"
    if table.empty:
        return
    made = XlTable(
        displayName=table.name,
        ref=ref,
        autoFilter=AutoFilter(ref=ref),
        tableColumns=[TableColumn(id=i, name=c.header) for i, c in enumerate(table.columns, 1)],
        tableStyleInfo=TableStyleInfo(name="TableStyleLight1", showRowStripes=False),
    )
    sheet.add_table(made)


def _add_choices(sheet: Worksheet, table: Table) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    for i, column in enumerate(table.columns, 1):
        if not column.choices or table.empty:
            continue
        rule = DataValidation(type="list", formula1=column.choices, allow_blank=True, showErrorMessage=True)
        rule.errorTitle, rule.error = "Not one of the choices", "Choose from the list, or leave the cell empty."
        rule.add(f"{letters(i)}{table.first}:{letters(i)}{table.last}")
        sheet.add_data_validation(rule)


def _name(book: Workbook, plan: sheets.Plan) -> None:
    from openpyxl.workbook.defined_name import DefinedName

    for name, place in {**plan.names, **seal.names()}.items():
        book.defined_names[name] = DefinedName(name, attr_text=place)


def _properties(book: Workbook, record: Mapping[str, Any], sealed: seal.Sealed) -> None:
    from openpyxl.packaging.custom import StringProperty

    props: Any = book  # openpyxl's stubs do not know its custom properties

    core = book.properties
    core.title, core.creator = "NS-CMIC prohibition report", "cmic-screen"
    core.subject = f"Run {clean(record['run_id'])[0]}"
    for name, value in seal.properties(record, sealed.digest).items():
        props.custom_doc_props.append(StringProperty(name=name, value=value))


def dump(plan: sheets.Plan) -> str:
    """The workbook as text for people and for the golden test: set-up, then every cell with its style, page by page."""
    out: list[str] = []
    for page in plan.pages:
        out.append(
            f"=== {page.name}: {'portrait' if page.portrait else 'landscape'}, scale "
            f"{scale(page) if page.break_after else 'fit'}"
        )
        out.append("widths " + " ".join(f"{w:g}" for w in page.widths))
        out.extend(f"table {t.name} row {t.header} to {t.last}" for t in page.tables)
        out.append("merged " + " ".join(page.merges))
        for at, row in enumerate(page.rows, 1):
            height = f" h{row.height:g}" if row.height is not None else ""
            out.append(f"{at}{height}")
            out.extend(_dump_cells(row))
    return "\n".join(out) + "\n"


def _dump_cells(row: Row) -> Iterator[str]:
    for i, (value, style) in enumerate(zip(row.cells, row.styles, strict=True), 1):
        cell = value if isinstance(value, Cell) else Cell(value=value)
        if cell.value is None and not cell.formula and not (cell.style or style).startswith("input"):
            continue
        shown = cell.value.isoformat() if isinstance(cell.value, date) else repr(cell.value)
        more = (f" formula {cell.formula}" if cell.formula else "") + (f" link {cell.link}" if cell.link else "")
        yield f"  {letters(i)} [{cell.style or style}] {shown}{more}"
