"""Review and Unscreened: the rows that need a person, with what that person needs in front of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cmic_screen.report.sheets import words
from cmic_screen.report.tables import Cell, Column, Page, amount

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cmic_screen.report.tables import Value

REVIEW_COLUMNS: Final = (
    Column(header="Ref", width=8, style="link"),
    Column(header="Security", width=25),
    Column(header="Account", width=11),
    Column(header="Identifiers", width=20, style="id"),
    Column(header="Market value", width=15.5, style="money"),
    Column(header="Ccy", width=5),
    Column(header="Question", width=28),
    Column(header="Candidate", width=24),
    Column(header="OFAC uid", width=8, style="id"),
    Column(header="Score", width=7.5, style="score"),
    Column(header="What agrees", width=30),
    Column(header="Finding", width=8, style="id"),
    Column(header="What disagrees", width=24),
    Column(header="Repairs", width=20),
    Column(header="Decision", width=14, style="input", choices="list_decision"),
    Column(header="Reason", width=24, style="input"),
    Column(header="By", width=9, style="input"),
    Column(header="On", width=10.5, style="input_date"),
    Column(header="Approved by", width=10, style="input"),
    Column(header="Approved on", width=10.5, style="input_date"),
    Column(header="Until", width=10.5, style="input_date"),
    Column(header="Security key", width=23, style="id"),
)
"""Header words are what `decisions import` reads; the security key binds a decision to the security."""

UNSCREENED_COLUMNS: Final = (
    Column(header="Ref", width=8, style="id"),
    Column(header="Code", width=24, style="id"),
    Column(header="What is wrong", width=36),
    Column(header="The row as read", width=50),
    Column(header="What to do", width=36),
)


def review(record: Mapping[str, Any], places: Mapping[str, str], cards: Mapping[str, str]) -> Page:
    """One line a candidate: a row with two candidates has two lines, side by side under its reference."""
    found = [f for f in record["findings"] if f["verdict"] == "REVIEW"]
    columns = (*REVIEW_COLUMNS, words.source_column(found))
    page = Page(
        name="Review",
        title="Review: what a person must decide",
        purpose=(
            "Is the security the listed company's, and does the order reach it? Fill in the yellow cells (a reason of "
            "15 characters at least, a second name for whatever lowers a verdict) and bring them back with "
            "`cmic-screen decisions import`."
        ),
        trail=(
            f"Source: holdings as read and the list published {record['list']['published']}. A similar name is a "
            f"candidate, never a verdict. Conclusion: {len(found)} row(s) open."
        ),
        widths=tuple(c.width for c in columns),
        break_after=11,
        frozen=2,
        tab="F0C808",
        continued="Review, continued: what disagrees, and your decision",
    )
    page.gap()
    lines = [line for f in found for line in _candidates(f, places, cards)]
    page.table("tbl_review", columns, lines, empty="Nothing to review in this run.")
    return page


def _candidates(
    finding: Mapping[str, Any], places: Mapping[str, str], cards: Mapping[str, str]
) -> list[list[Cell | Value]]:
    link = cards.get(finding["ref"], "")
    head: list[Cell | Value] = [
        Cell(value=finding["ref"], style="link", link=link),
        words.name(finding),
        finding["account"],
        words.identifiers(finding),
        amount(finding["market_value"], "money"),
        finding["currency"],
        finding["reason"],
    ]
    tail: list[Cell | Value] = [words.repairs(finding), *[None] * 7, finding["security"]]
    where = words.source_cell(finding, places)
    if not finding["matches"]:
        return [[*head, None, None, None, None, finding["ref"], None, *tail, where]]
    return [
        [
            *head,
            match["entity_name"],
            match["entity_uid"],
            float(match["score"]),
            _facts(match, "supports"),
            finding["ref"],
            _facts(match, "contradicts"),
            *tail,
            where,
        ]
        for match in finding["matches"]
    ]


def _facts(match: Mapping[str, Any], result: str) -> str:
    facts = [
        f"{words.KINDS[e['kind']]}: {e['searched']} / {e['found']}" + (f" ({e['detail']})" if e["detail"] else "")
        for e in match["evidence"]
        if e["result"] == result
    ]
    another = match["relation"] == "RELATED_UNLISTED"  # the evidence is of a relative: that is what disagrees
    if result == ("contradicts" if another else "supports") and match["reason"]:
        facts.append(match["reason"])
    return "\n".join(facts) or "nothing"


def unscreened(record: Mapping[str, Any], places: Mapping[str, str]) -> Page:
    """Rows that were read and could not be screened."""
    found = [f for f in record["findings"] if f["verdict"] == "UNSCREENED"]
    columns = (UNSCREENED_COLUMNS[0], words.source_column(found), *UNSCREENED_COLUMNS[1:])
    page = Page(
        name="Unscreened",
        title="Unscreened: rows that could not be screened",
        purpose="Each of these rows may hide a listed holding. The report is complete only when this sheet is empty.",
        trail=f"Source: the files as read. Conclusion: {len(found)} row(s) not screened; they are in no other count.",
        widths=tuple(c.width for c in columns),
        tab="5B2A86",
    )
    page.gap()
    page.table("tbl_unscreened", columns, [_problem(f, places) for f in found], empty="Every row was screened.")
    return page


def _problem(finding: Mapping[str, Any], places: Mapping[str, str]) -> list[Cell | Value]:
    problem = finding["problem"] or {
        "code": " ".join(finding["flags"]) or "NOT_SCREENABLE",
        "text": finding["reason"],
        "do": "Ask the custodian for the security's name or ISIN, and screen the file again.",
    }
    return [
        finding["ref"],
        words.source_cell(finding, places),
        problem["code"],
        problem["text"],
        " | ".join(finding["cells"]),
        problem["do"],
    ]
