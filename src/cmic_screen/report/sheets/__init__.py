"""The fourteen sheets: each module of this folder lays out a group of them as plain `Page` values.

In come the run and its record, out go pages in the order of docs/reference/workbook.md. Nothing is judged or drawn;
what stands on the sheets from Prohibited to Exposure comes from the record alone, so that `verify` can lay it out again
from the record kept in the workbook.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cmic_screen.report.sheets import answers, basis, evidence, history, listed, quality, rows, signoff, summary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cmic_screen.report.tables import Page
    from cmic_screen.run import ScreeningRun

needs_companion = rows.needs_companion


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Every visible sheet in order, and the defined names of its key figures."""

    pages: tuple[Page, ...]
    names: Mapping[str, str]


def plan(run: ScreeningRun, record: Mapping[str, Any], *, companion: str = "", client: str = "") -> Plan:
    """The workbook of a run. `companion` is the SHA-256 of the csv with the rows that the sheet All rows leaves out."""
    every = rows.page(run, record, companion)
    told = from_record(record, every.places)
    first, names = summary.page(run, record, told, every, client)
    pages = (
        first,
        *told,
        every.page,
        quality.page(run, record),
        basis.list_page(run, record),
        basis.method(run, record, companion),
        signoff.page(record),
    )
    return Plan(pages=pages, names=names)


def from_record(record: Mapping[str, Any], places: Mapping[str, str]) -> tuple[Page, ...]:
    """The sheets from Prohibited to Exposure, which follow from the record alone.

    `places` says where on All rows a source row stands; only links follow from it, no value.
    """
    links: dict[str, str] = {}
    cards = evidence.page(record, places, links)
    return (
        listed.prohibited(record, places, links),
        answers.review(record, places, links),
        listed.upcoming(record, places, links),
        answers.unscreened(record, places),
        cards,
        history.changes(record),
        history.decisions(record),
        history.exposure(record),
    )
