"""The summary a terminal shows: one sentence for run and record, and places that a person can copy."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cmic_screen.model import Policy, Relation
from cmic_screen.report import record, terminal
from cmic_screen.report.sheets import words
from cmic_screen.run import Money, Qualification


def test_a_run_without_findings_says_which_qualification_it_has(clean_run):
    """A Form 13F screened with a fresh list is not told that the list may be old."""
    only_13f = replace(clean_run, qualifications=(Qualification(code="ONLY_13F", text="A 13F."),))
    assert terminal.sentence(only_13f).endswith("; only Section 13(f) securities were screened.")


def test_run_and_record_give_one_sentence(run, clean_run):
    for found in (run, clean_run, replace(clean_run, qualifications=run.qualifications)):
        assert terminal.sentence(found) == terminal.sentence_of(record.to_record(found))


def test_a_qualified_run_is_not_called_clear(run, clean_run):
    assert terminal.sentence(clean_run).endswith("all clear.")
    assert "clear" not in terminal.sentence(replace(clean_run, qualifications=run.qualifications))


@pytest.mark.parametrize("columns", ["20", "100", "140", "200"])
def test_the_number_of_a_row_is_never_broken(run, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    rows = [line.split("│") for line in terminal.summary_text(run).splitlines() if line.count("│") == 5]
    places = "".join(f" {cells[-1].strip()}" for cells in rows).replace("! ", "!")
    shown = sorted(run.findings, key=lambda f: (-f.verdict, f.ref))[: terminal.MOST]
    assert {str(f.source) for f in shown} <= set(places.split())


@pytest.mark.parametrize("columns", range(100, 201, 5))
def test_no_line_is_cut_off_at_the_right(run, monkeypatch, columns):
    """It had been, by one column, and the row's number with it."""
    monkeypatch.setenv("COLUMNS", str(columns))
    file = "second_custodian.csv"
    findings = tuple(replace(f, source=replace(f.source, file=file, sheet=file)) for f in run.findings)
    rows = [x.split("│")[-1] for x in terminal.summary_text(replace(run, findings=findings)).splitlines() if "│" in x]
    shown = sorted(findings, key=lambda f: (-f.verdict, f.ref))[: terminal.MOST]
    assert {f"{file}!{f.source.row}" for f in shown} <= {x.strip() for x in rows}


def test_the_number_stands_alone_where_file_and_sheet_are_long(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    place = replace(run.findings[0].source, file="f" * 60, sheet="s" * 31, row=123456)
    finding = replace(run.findings[0], source=place)
    lines = terminal.summary_text(replace(run, findings=(finding, *run.findings[1:]))).splitlines()
    assert [line for line in lines if line.rpartition("│")[2].strip() == "123456"]


def test_text_of_a_strangers_file_is_neither_markup_nor_a_control_character(run):
    finding = replace(run.findings[0], account="[red]A\x1b[31m1[/red]")
    text = terminal.summary_text(replace(run, findings=(finding, *run.findings[1:])))
    assert "\x1b" not in text
    assert "[red]" in text


def test_a_namesake_is_not_said_to_be_listed_until_a_person_finds_that_it_is(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "300")
    at, finding = next((i, f) for i, f in enumerate(run.findings) if f.judgement.matches)
    judged = finding.judgement.matches[0]
    match = replace(judged.match, relation=Relation.RELATED_UNLISTED, policy=Policy.BEARS_NAME)
    name = match.entity.name

    def shown(sub_reason: str) -> str:
        one = replace(judged, match=match, sub_reason=sub_reason)
        mine = replace(finding, judgement=replace(finding.judgement, matches=(one,)))
        findings = (*run.findings[:at], mine, *run.findings[at + 1 :])
        return " ".join(terminal.summary_text(replace(run, findings=findings)).replace("│", " ").split())

    said = f"not listed, has the name of {name.split()[0]}"
    assert said in shown("bears_name")
    assert said not in shown("closed")


def test_values_stand_under_each_other_with_their_thousands_apart(run):
    money = {"HKD": Money(all="3859360.50", prohibited="1171180", review="0.5")}
    lines = terminal.summary_text(replace(run, totals=replace(run.totals, market_value=money))).splitlines()
    assert ["HKD", "3,859,360.50", "1,171,180", "0.50"] in [line.split() for line in lines]


@pytest.mark.parametrize(
    ("relation", "sub_reason", "said"),
    [
        ("RELATED_UNLISTED", "closed", "this entity's, as a reviewer found"),
        ("UNCERTAIN", "closed", "this entity's, as a reviewer found"),
        ("RELATED_UNLISTED", "related_unlisted_review", "not listed: a relative or a namesake"),
        ("ISSUER", "closed", "issuer is listed"),
    ],
)
def test_a_prohibited_line_says_that_a_reviewer_found_the_entity(relation, sub_reason, said):
    match = {"relation": relation, "sub_reason": sub_reason, "decision": {"conclusion": "true-match"}}
    assert words.relation(match) == said
    for decision in (None, {"conclusion": "false-positive"}):
        assert words.relation(match | {"decision": decision}) == words.RELATIONS[relation]
