"""Explain: from the record alone, for findings and for cleared rows, in words and as JSON."""

from __future__ import annotations

import json
import re

import pytest

from cmic_screen.errors import HistoryError, InputError, UsageError
from cmic_screen.report import explain, record, workbook
from cmic_screen.report.sheets import words


@pytest.fixture(scope="module")
def full(run):
    return json.loads(record.dumps(record.to_record(run, all_rows=True)))


def test_a_finding_is_explained_with_evidence_scores_rules_and_dates(full):
    text = explain.to_text(explain.explain(full, "F-002"))
    for part in (
        "HK0941009539",
        "score 1",
        "FAQ 1046",
        "2021-08-02",
        "OFAC uid 30946",
        "Holding, cash dividends",
        "ACC-1",
    ):
        assert part in text


def test_reference_and_source_tell_the_same(full):
    source = explain.explain(full, "F-002")["source"]
    assert explain.explain(full, source) == explain.explain(full, "f-002")
    assert explain.explain(full, source.split("!", 1)[1]) == explain.explain(full, "F-002")


@pytest.mark.parametrize(("by", "words"), [("identifier", "a valid stated identifier"), ("name", "its name only")])
def test_a_cleared_row_says_what_cleared_it_and_the_nearest_name(full, by, words):
    cleared = next(f for f in full["findings"] if f["cleared_by"] == by and f["nearest"])
    source = "{file}!{sheet}!{row}".format(**cleared["source"])
    text = " ".join(explain.to_text(explain.explain(full, source)).split())
    assert words in text
    assert "below the floor" in text
    assert "CLEAR" in text


def test_every_row_can_be_explained_in_both_forms(full):
    for f in full["findings"]:
        told = explain.explain(full, "{file}!{sheet}!{row}".format(**f["source"]))
        assert json.loads(json.dumps(told)) == told
        text = explain.to_text(told)
        assert told["verdict"] in text
        assert max(map(len, text.splitlines())) <= 100


def test_decision_repair_refusal_and_problem_are_told(full):
    assert "decision D-0001" in explain.to_text(explain.explain(full, "F-013"))
    repaired = explain.to_text(explain.explain(full, "F-009"))
    assert "“37833100” was read as “037833100”" in repaired
    assert "was refused: check digit" in repaired
    assert "FORMULA_WITHOUT_VALUE" in explain.to_text(explain.explain(full, "F-001"))


def test_what_would_change_the_answer_is_told_where_something_would(full):
    told = {f["ref"]: explain.explain(full, f["ref"]) for f in full["findings"] if f["ref"]}
    said = {ref: one["would_change"] for ref, one in told.items() if one["would_change"]}
    assert "REVIEW" in {told[ref]["verdict"] for ref in said}
    for ref, one in told.items():
        text = " ".join(explain.to_text(one).split())
        wanted = f"What would change the answer - {one['would_change']}" if ref in said else "What would change"
        assert (wanted in text) is (ref in said)


def test_words_the_report_never_uses_are_nowhere(full):
    for f in full["findings"]:
        text = explain.to_text(explain.explain(full, "{file}!{sheet}!{row}".format(**f["source"])))
        assert not re.search(r"must divest|illegal|violation", text, re.IGNORECASE)


def test_a_row_that_is_not_there_says_why(run, full):
    with pytest.raises(UsageError, match="keeps only rows that are not clear"):
        explain.explain(record.to_record(run), "book.xlsx!Holdings!40")
    with pytest.raises(UsageError, match="keeps every position"):
        explain.explain(full, "book.xlsx!Holdings!99999")


def test_the_record_inside_a_report_will_do(small_run, tmp_path):
    workbook.write_report(small_run, tmp_path / "r.xlsx")
    inside = explain.load(tmp_path / "r.xlsx")
    assert inside == json.loads(record.dumps(record.to_record(small_run)))


@pytest.mark.parametrize("text", ["not json", "[]", '{"schema": "other/1"}'])
def test_what_is_no_record_is_refused(tmp_path, text):
    (tmp_path / "r.json").write_text(text)
    with pytest.raises(InputError):
        explain.load(tmp_path / "r.json")


def test_a_record_that_was_edited_is_not_explained(run, tmp_path):
    path = tmp_path / "record.json"
    for whole in (False, True):
        said = record.to_record(run, all_rows=whole)
        path.write_text(record.dumps(said), "utf-8")
        assert explain.load(path)["run_id"] == said["run_id"]
        edited = json.loads(record.dumps(said))
        edited["findings"][-1 if whole else 0]["reason"] = "nothing"
        path.write_text(json.dumps(edited), "utf-8")
        with pytest.raises(HistoryError, match="not as it was written"):
            explain.load(path)
    path.write_text(json.dumps({"schema": record.SCHEMA, "findings": []}), "utf-8")
    with pytest.raises(InputError, match="not a whole record"):
        explain.load(path)


WINDOW = {"phase": "WINDOW", "ruling": "PERMITTED", "dates": {"divestment_ends": "2027-06-01"}}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "The divestment window ends on 2027-06-01"),
        ({"matches": [WINDOW | {"phase": "CLOSED"}]}, ""),
        ({"action": "BUY"}, ""),
        ({"us_person": "no", "verdict": "PERMITTED"}, ""),
        (
            {"action": "SELL", "verdict": "PERMITTED", "matches": [WINDOW | {"ruling": "PERMITTED_DIVESTMENT_ONLY"}]},
            "Any purpose of the deal beside divesting",
        ),
    ],
)
def test_what_the_law_itself_would_change_is_said(change, said):
    found = {
        "instrument": "SHARE",
        "action": "HOLD",
        "verdict": "PROHIBITED",
        "us_person": "unknown",
        "matches": [WINDOW],
    }
    told = words.change(found | change)
    assert told.startswith(said or words.CHANGES[(found | change)["verdict"]])
