"""Verify: every way in which a workbook may have been changed, and what is said of each."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from python_calamine import CalamineWorkbook

from cmic_screen.digests import canonical
from cmic_screen.errors import ExitCode, HistoryError, InputError
from cmic_screen.report import cellxml, compare, readback, record, seal, verify, workbook
from cmic_screen.report.sheets.history import CHANGES
from cmic_screen.report.tables import letters

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def written(small_run, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("written") / "report.xlsx"
    workbook.write_report(small_run, path)
    return path


def change(source: Path, target: Path, *edits) -> Path:
    """A copy with `edits`: (sheet, cell, value), or a callable of the workbook as openpyxl reads it.

    Cells are changed in the XML, where that is enough: openpyxl takes ten times as long to load and save.
    """
    if any(callable(e) for e in edits):
        book = load_workbook(source)
        for edit in edits:
            edit(book)
        book.save(target)
        return target
    names = CalamineWorkbook.from_path(str(source)).sheet_names
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name).decode() if name.endswith(".xml") else old.read(name)
            for sheet, place, value in edits:
                if name == f"xl/worksheets/sheet{names.index(sheet) + 1}.xml":
                    data = put(data, place, value)
            new.writestr(name, data)
    return target


def put(data: str, place: str, value: object) -> str:
    """The sheet's XML with one cell set."""
    row = re.search(r"\d+", place)[0]
    days = (value - date(1899, 12, 30)).days if isinstance(value, date) else value
    made = (
        f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
        if isinstance(value, str)
        else f'<c r="{place}"><v>{days}</v></c>'
    )
    data, found = re.subn(rf'<c r="{place}"(?: [^>/]*)?(?:/>|>.*?</c>)', made, data, count=1)
    if not found:
        data, found = re.subn(rf'(<row r="{row}"[^>]*>.*?)(</row>)', rf"\g<1>{made}\g<2>", data, count=1)
    assert found
    return data


def drop(source: Path, target: Path, sheet: str, at: int, by: int = 1) -> Path:
    """A copy in which row `at` was deleted, or with `by` -1 an empty row inserted before it."""
    part = f"xl/worksheets/sheet{CalamineWorkbook.from_path(str(source)).sheet_names.index(sheet) + 1}.xml"

    def move(found: re.Match[str]) -> str:
        row = int(found[1])
        if row == at and by > 0:
            return ""
        return re.sub(rf'r="([A-Z]*){row}"', rf'r="\g<1>{row - by}"', found[0]) if row >= at else found[0]

    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                data = re.sub(r'<row r="(\d+)".*?</row>', move, data.decode(), flags=re.DOTALL).encode()
            new.writestr(name, data)
    return target


def reseal(path: Path) -> Path:
    """What a forger does: compute every digest that the file carries anew over the values as they are now."""
    book = readback.read(path)
    kept = readback.unseal(book, path)
    digests, codes = {}, {}
    for name in kept.sheets:
        rows = verify.closed(book.sheets[name], kept.open[name])
        digests[name] = seal.sheet_digest(name, (seal.row_text(r) for r in rows))
        codes[name] = tuple(seal.row_code(r) for r in rows)
    total = seal.total(digests, kept.open, kept.record["content_digest"])
    sealed = seal.Sealed(
        digest=total, sheets=digests, open=kept.open, codes=codes, record=canonical(kept.record)
    )  # fmt: skip
    names = CalamineWorkbook.from_path(str(path)).sheet_names
    seal_part = f"xl/worksheets/sheet{names.index('Seal') + 1}.xml"
    cells = cellxml.sheet_data(seal.page(sealed), lambda *_: 0).decode()
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    whole = parts[seal_part].decode()
    parts[seal_part] = re.sub("<sheetData>.*</sheetData>", lambda _: cells, whole, flags=re.DOTALL).encode()
    parts["docProps/custom.xml"] = parts["docProps/custom.xml"].replace(kept.digest.encode(), total.encode())
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return path


def test_untouched_is_internally_consistent_and_no_more(written):
    found = verify.verify(written)
    assert found.status == "internally consistent"
    assert found.difference is None
    assert "internally consistent" in " ".join(found.lines)
    assert "as written" not in " ".join(found.lines)


@pytest.mark.parametrize("which", ["workbook_digest", "content_digest", "sha256"])
def test_a_digest_kept_elsewhere_says_as_written(written, which):
    first = verify.verify(written)
    expect = readback.read(written).sha256 if which == "sha256" else getattr(first, which)
    found = verify.verify(written, expect.upper())
    assert found.status == "as written"
    assert "as written" in found.lines[-1]


def test_another_digest_differs(written):
    found = verify.verify(written, "ab" * 32)
    assert found.status == "differs"
    assert found.difference.where == "digest"


def row_of(path: Path, sheet: str, text: str) -> int:
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return next(i for i, row in enumerate(rows, 1) if text in row)


def test_a_changed_verdict_is_named_by_its_cell(written, tmp_path):
    at = row_of(written, "All rows", "PROHIBITED")
    found = verify.verify(change(written, tmp_path / "x.xlsx", ("All rows", f"B{at}", "CLEAR")))
    assert found.status == "differs"
    assert found.difference.where == f"All rows!B{at}"
    assert "CLEAR" in found.difference.text


def test_a_changed_value_says_what_was_written(written, tmp_path):
    at = row_of(written, "Prohibited", "CHINA MOBILE LTD")
    found = verify.verify(change(written, tmp_path / "x.xlsx", ("Prohibited", f"B{at}", "Harmless Ltd")))
    assert found.difference.where == f"Prohibited!B{at}"
    assert "Harmless Ltd" in found.difference.text
    assert "CHINA MOBILE LTD" in found.difference.text


def columns(path: Path, sheet: str):
    head = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)[4]
    return [(letters(i), text) for i, text in enumerate(head, 1)]


@pytest.mark.parametrize("sheet", ["Prohibited", "All rows", "Review"])
def test_a_deleted_row_is_named(written, tmp_path, sheet):
    found = verify.verify(drop(written, tmp_path / "x.xlsx", sheet, 7))
    assert found.difference.where == f"{sheet}!A7"
    assert "deleted" in found.difference.text


def test_an_added_row_and_an_added_note_are_named(written, tmp_path):
    found = verify.verify(drop(written, tmp_path / "x.xlsx", "All rows", 9, by=-1))
    assert found.difference.where.startswith("All rows!A9")
    found = verify.verify(change(written, tmp_path / "y.xlsx", ("Summary", "H2", "all fine")))
    assert found.difference.where == "Summary!H2"


def test_a_removed_and_an_added_sheet_are_named(written, tmp_path):
    def remove(book):
        del book["List"]

    assert verify.verify(change(written, tmp_path / "x.xlsx", remove)).difference.where == "List"
    found = verify.verify(change(written, tmp_path / "y.xlsx", lambda b: b.create_sheet("Notes").append(["x"])))
    assert found.difference.where == "Notes"


def test_yellow_cells_may_hold_anything(written, tmp_path):
    heads = {name: letter for letter, name in columns(written, "Review")}
    dispose = next(letter for letter, name in columns(written, "Prohibited") if name == "Disposition")
    edits = [
        ("Review", f"{heads['Decision']}6", "false-positive"),
        ("Review", f"{heads['On']}6", date(2026, 11, 23)),
        ("Prohibited", f"{dispose}6", "Restriction placed"),
        ("Sign-off", "B6", "Ana"),
        ("Summary", f"B{row_of(written, 'Summary', 'Client')}", "Example Pension Fund"),
    ]
    found = verify.verify(change(written, tmp_path / "x.xlsx", *edits), verify.verify(written).workbook_digest)
    assert found.status == "as written"


def edited(source: Path, target: Path, part: str, old: str, new: str) -> Path:
    """A copy with one part's text changed."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == part:
                text = re.sub(old, new, data.decode(), count=1)
                assert text.encode() != data
                data = text.encode()
            after.writestr(name, data)
    return target


def test_a_forger_of_what_changed_is_caught_by_the_record(make_run, tmp_path):
    moved = dict.fromkeys(CHANGES, "") | {"change": "new", "ref": "F-001", "text": "entered the holdings"}
    workbook.write_report(replace(make_run(2, 4), changes=(moved,)), tmp_path / "report.xlsx")
    forged = reseal(change(tmp_path / "report.xlsx", tmp_path / "forged.xlsx", ("Changes", "A6", "gone")))
    assert verify.verify(forged).difference.where == "Changes!A6"


@pytest.mark.parametrize(
    ("part", "old", "new", "words"),
    [
        ("xl/worksheets/sheet2.xml", '<row r="6"', '<row r="6" hidden="1"', "Prohibited has hidden rows: 6."),
        ("xl/worksheets/sheet2.xml", '<row r="6"[^>]*>', '<row r="6" ht="0">', "Prohibited has hidden rows: 6."),
        (
            "xl/worksheets/sheet2.xml", '(defaultRowHeight=")15(.*?<row r="6")[^>]*>', r"\g<1>0\g<2>>",
            "Prohibited has hidden rows: 6.",
        ),  # a row without a height of its own, where the usual one is none
        ("xl/worksheets/sheet2.xml", '<col width="25"', '<col hidden="true" width="25"', "hidden columns: B."),
        ("xl/workbook.xml", '(name="Prohibited".*?)state="visible"', r'\1state="veryHidden"', "Prohibited is hidden."),
    ],
)  # fmt: skip
def test_what_is_hidden_is_said(written, tmp_path, part, old, new, words):
    """By a reviewer's filter or by a forger's hand: values and digests are the same."""
    said = " ".join(verify.verify(edited(written, tmp_path / "hidden.xlsx", part, old, new)).lines)
    assert words in said


def test_a_part_that_declares_a_document_type_is_refused(written, tmp_path):
    """Nothing in it is expanded, and no report has one (XML 1.0 §4)."""
    path = edited(written, tmp_path / "x.xlsx", "xl/worksheets/sheet2.xml", "<worksheet", "<!DOCTYPE a><worksheet")
    with pytest.raises(InputError, match="document type"):
        verify.verify(path)


def test_what_is_hidden_changes_no_status_and_notes_beside_cells_are_said(written, tmp_path):
    def annotate(book):
        book["Prohibited"]["A6"].comment = Comment("nothing to see", "Eve")
        book["Prohibited"].row_dimensions[7].hidden = True

    found = verify.verify(change(written, tmp_path / "annotated.xlsx", annotate))
    assert found.status == "internally consistent"
    assert "Prohibited has hidden rows: 7. Prohibited has comments at A6." in found.lines[-1]
    assert "in sight" not in " ".join(verify.verify(written).lines)


def test_a_swapped_list_is_found(written, tmp_path):
    at = row_of(written, "List", "30946")
    path = change(written, tmp_path / "x.xlsx", ("List", f"B{at}", "Another Company"))
    assert verify.verify(path).difference.where == f"List!B{at}"


def test_a_forger_who_recomputes_digests_is_caught_by_the_record_or_the_digest_kept_elsewhere(written, tmp_path):
    honest = verify.verify(written)
    at = row_of(written, "Prohibited", "CHINA MOBILE LTD")
    one = reseal(change(written, tmp_path / "a.xlsx", ("Prohibited", f"B{at}", "Harmless Ltd")))
    assert verify.verify(one).difference.where == f"Prohibited!B{at}"
    at = row_of(written, "List", "30946")
    two = reseal(change(written, tmp_path / "b.xlsx", ("List", f"B{at}", "Another Company")))
    assert verify.verify(two).status == "internally consistent"
    assert verify.verify(two, honest.workbook_digest).status == "differs"


@pytest.mark.parametrize(("sheet", "text"), [("Summary", "PROHIBITED"), ("All rows", "PROHIBITED")])
def test_a_forger_cannot_hide_a_total(written, tmp_path, sheet, text):
    at = row_of(written, sheet, text)
    edit = ("Summary", f"B{at}", 0) if sheet == "Summary" else ("All rows", f"B{at}", "CLEAR")
    found = verify.verify(reseal(change(written, tmp_path / "x.xlsx", edit)))
    assert found.status == "differs"
    assert found.difference.where.startswith(sheet)


def test_what_is_no_report_is_refused(tmp_path, written):
    (tmp_path / "a.xlsx").write_bytes(b"not a zip")
    with pytest.raises(InputError):
        verify.verify(tmp_path / "a.xlsx")

    def unseal(book):
        del book["Seal"]

    with pytest.raises(HistoryError) as failed:
        verify.verify(change(written, tmp_path / "b.xlsx", unseal))
    assert failed.value.exit_code is ExitCode.HISTORY


def test_records_compare_with_their_cause(run):
    then = record.to_record(run)
    assert compare.compare(then, record.to_record(replace(run, run_id="later", list_age_days=400))) is None
    held = replace(run.intake.inputs[0], sha256="99" * 32)
    quantity = run.intake.table.copy()
    quantity.loc[0, "quantity"] = "7"
    changed = replace(run, intake=replace(run.intake, inputs=(held,), table=quantity))
    refs = {f.ref: f for f in changed.findings}
    first = replace(refs["F-002"], quantity="7")
    changed = replace(changed, findings=tuple(first if f.ref == "F-002" else f for f in run.findings))
    found = compare.compare(then, record.to_record(changed))
    assert (found.where, found.cause) == ("F-002", "holdings")
    assert "quantity" in found.text
    other = replace(run, snapshot=replace(run.snapshot, sha256="98" * 32))
    assert compare.compare(then, record.to_record(other)).cause == "list"


@pytest.mark.slow
def test_digest_survives_an_open_and_save_in_libreoffice(written, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("soffice is not installed: the open-and-save test was not run")
    subprocess.run(
        [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path), str(written)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    found = verify.verify(tmp_path / written.name, verify.verify(written).workbook_digest)
    assert (found.status, found.difference) == ("as written", None)
    assert "in sight" not in " ".join(found.lines)


@pytest.mark.parametrize(
    ("part", "old", "new", "where"),
    [
        ("docProps/custom.xml", r'(name="cmic_run_id".*?<vt:lpwstr>)[^<]*', r"\1OTHER", "document properties"),
        ("docProps/custom.xml", r'(name="cmic_list_sha256".*?<vt:lpwstr>)[^<]*', r"\g<1>00", "document properties"),
        ("xl/workbook.xml", r'(name="cmic_prohibited"[^>]*>\'Summary\'!\$B\$)\d+', r"\g<1>22", "cmic_prohibited"),
    ],
)
def test_a_property_or_name_that_leads_elsewhere_is_named(written, tmp_path, part, old, new, where):
    forged = tmp_path / "forged.xlsx"
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(forged, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, re.sub(old, new, data.decode()) if name == part else data)
    found = verify.verify(forged)
    assert (found.status, found.difference.where) == (verify.DIFFERS, where)


@pytest.mark.slow
def test_a_byte_changed_anywhere_ends_in_words(written, tmp_path):
    """Packed data that no longer unpacks ended in a traceback."""
    data, broken = written.read_bytes(), tmp_path / "broken.xlsx"
    with zipfile.ZipFile(written) as book:
        at = [part.header_offset + 30 + len(part.filename) + 1 for part in book.infolist()]
    told = []
    for place in at:
        broken.write_bytes(data[:place] + bytes([data[place] ^ 0x41]) + data[place + 1 :])
        try:
            verify.verify(broken)
        except (InputError, HistoryError) as error:
            told.append(error.message)
    assert told
    assert all("broken.xlsx" in words for words in told)
