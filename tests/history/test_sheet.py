"""Decisions through a workbook: out, filled in by a person, and back; every row checked, all of them or none."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import load_workbook

from cmic_screen.errors import HistoryError, UsageError
from cmic_screen.history import decisions, sheet
from cmic_screen.history.ledger import Who
from cmic_screen.reference.snapshot import embedded_snapshot

ON = date(2026, 11, 22)
AT = "2026-11-22T12:00:00Z"
ANA_S = Who(by="", os_account="ana", host="desk")
BO_S = Who(by="", os_account="bo", host="desk")
FILLED = {"Decision": "false-positive", "Reason": "Another company: its country differs", "By": "Ana"}


@pytest.fixture(scope="module")
def snapshot():
    return embedded_snapshot()


@pytest.fixture
def record(make_record, make_finding, snapshot):
    uid = snapshot.entities[0].uid
    one = make_finding("F-001", "A", "p1", "REVIEW", uid=uid)
    one["issuer_name"] = '=HYPERLINK("http://x")\x07'
    two = make_finding("F-002", "B", "p1", "REVIEW", uid=uid)
    return make_record([one, two, make_finding("F-003", "A", "p3", "REVIEW", uid=uid)])


@pytest.fixture
def book(tmp_path, record):
    path = tmp_path / "review.xlsx"
    assert sheet.write(path, record, ()) == 3
    return path


def fill(path, by_ref, drop=()):
    """Type into the yellow cells as a person does, sort the lines the other way round, and save."""
    book = load_workbook(path)
    page = book["Review"]
    at = {str(c.value): c.column for row in page.iter_rows() for c in row if c.value in {*sheet.YELLOW, "Ref", *drop}}
    for row in page.iter_rows():
        for header, value in by_ref.get(row[at["Ref"] - 1].value, {}).items():
            page.cell(row[0].row, at[header]).value = value
    for header in drop:
        page.delete_cols(at[header])
    book.save(path)


@pytest.fixture
def bring(ledger, record, snapshot):
    def do(path, importer=ANA_S):
        named, rows = sheet.filled(path)
        assert named == record["run_id"]
        with ledger.writing():
            plan = sheet.plan(rows, record, snapshot, decisions.all_made(ledger), importer=importer, today=ON)
            for who, body in plan.new:
                decisions.enter(ledger, [body], actor=who, at=AT)
            for identity, who in plan.signatures:
                decisions.sign(ledger, identity, actor=who, at=AT)
        return plan

    return do


def test_nothing_filled_is_nothing_to_import(book):
    assert sheet.filled(book)[1] == ()


def test_text_from_a_holdings_file_is_no_formula(book):
    cells = [c for row in load_workbook(book)["Review"].iter_rows() for c in row]
    assert [c.value for c in cells if c.data_type == "f"] == []
    assert any(str(c.value).startswith("=HYPERLINK") for c in cells)


def test_a_conclusion_is_chosen_not_typed(book):
    """Only the report's sheet offered the choices; one that is mistyped costs the whole import."""
    page = load_workbook(book)["Review"]
    (rule,) = page.data_validations.dataValidation
    column = next(c.column_letter for row in page.iter_rows() for c in row if c.value == "Decision")
    assert str(rule.sqref) == f"{column}6:{column}8"
    assert rule.formula1 == '"false-positive,true-match,licensed,look-through"'
    assert page.freeze_panes == "B6"


def test_filled_cells_become_decisions_and_come_back_in_the_next_export(book, bring, ledger, record, tmp_path):
    fill(
        book,
        {"F-001": FILLED, "F-002": FILLED, "F-003": {**FILLED, "Until": date(2026, 12, 31), "On": "2026-11-20"}},
    )
    plan = bring(book)
    assert len(plan.new) == 2  # F-001 and F-002 are one pair of security and entity
    made = decisions.all_made(ledger)
    assert [(m.entry.who.by, m.entry.who.os_account, m.entry.body["until"]) for m in made] == [
        ("Ana", "ana", "2027-11-23"), ("Ana", "ana", "2026-12-31")]  # fmt: skip
    again = tmp_path / "again.xlsx"
    sheet.write(again, record, made)
    assert len(sheet.filled(again)[1]) == 3
    assert bring(again).new == ()
    assert len(decisions.all_made(ledger)) == 2


def test_the_second_person_signs_by_importing_from_their_own_account(book, bring, ledger):
    fill(book, {"F-001": {**FILLED, "Approved by": "Bo"}})
    assert "Bo must sign from their own account" in bring(book).remarks[0]
    assert decisions.all_made(ledger)[0].signed is None
    with pytest.raises(HistoryError, match="same account"):
        bring(book)
    assert decisions.all_made(ledger)[0].signed is None
    assert [i for i, _ in bring(book, BO_S).signatures] == ["D-0001"]
    assert decisions.in_force(ledger, ON)[0].in_force
    assert bring(book, BO_S).remarks == ("row 6: D-0001 is on record already",)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({**FILLED, "Reason": "no"}, "fewer than 15"),
        ({**FILLED, "By": ""}, "who decides"),
        ({**FILLED, "Decision": ""}, "no conclusion"),
        ({**FILLED, "Decision": "maybe"}, "no conclusion"),
        ({**FILLED, "Decision": "licensed"}, "needs its particulars"),
        ({**FILLED, "Approved by": "ana"}, "second person is the first"),
        ({**FILLED, "On": "yesterday"}, "not a date"),
        ({**FILLED, "On": "2026-11-23"}, "after today"),
        ({**FILLED, "Until": "2028-01-01"}, "not within 366 days"),
        ({"Approved by": "Bo"}, "no conclusion"),
    ],
)
def test_one_bad_row_and_nothing_is_imported(book, bring, ledger, cells, words):
    fill(book, {"F-001": FILLED, "F-003": cells})
    with pytest.raises(UsageError, match=f"row 8: .*{words}.*Nothing was imported"):
        bring(book)
    assert decisions.all_made(ledger) == ()


def test_rows_that_contradict_each_other_or_the_ledger_are_shown(book, bring, ledger, tmp_path, record):
    fill(book, {"F-001": FILLED, "F-002": {**FILLED, "Decision": "true-match"}})
    with pytest.raises(UsageError, match="row 7: row 6 says otherwise"):
        bring(book)
    fill(book, {"F-002": FILLED})
    bring(book)
    fill(book, {"F-001": {**FILLED, "Decision": "true-match"}, "F-002": {**FILLED, "Decision": "true-match"}})
    with pytest.raises(UsageError, match="D-0001 of Ana says false-positive"):
        bring(book)
    assert len(decisions.all_made(ledger)) == 1


def test_a_row_of_another_run_is_refused(book, bring, record):
    record["findings"][0]["security"] = "p9"
    fill(book, {"F-001": FILLED})
    with pytest.raises(UsageError, match="not the finding of run"):
        bring(book)


def test_what_is_no_review_workbook_is_said(tmp_path, book):
    text = tmp_path / "x.xlsx"
    text.write_text("not a workbook", encoding="utf-8")
    with pytest.raises(UsageError, match="not a workbook"):
        sheet.filled(text)
    with pytest.raises(UsageError, match="not a workbook"):
        sheet.filled(tmp_path / "missing.xlsx")
    fill(book, {}, drop=("Security key",))
    with pytest.raises(UsageError, match="has not the columns"):
        sheet.filled(book)
    other = load_workbook(book)
    other["Review"].title = "Sheet1"
    other.save(book)
    with pytest.raises(UsageError, match="no sheet Review"):
        sheet.filled(book)
