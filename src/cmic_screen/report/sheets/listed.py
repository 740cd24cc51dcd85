"""Prohibited, and Upcoming and permitted: the rows that concern a listed name, with the law's words beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cmic_screen.report.sheets import words
from cmic_screen.report.tables import Cell, Column, Page, amount, day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cmic_screen.report.tables import Value

_HELD = (
    Column(header="Ref", width=8, style="link"),
    Column(header="Security", width=25),
    Column(header="Account", width=11),
    Column(header="Identifiers", width=20, style="id"),
    Column(header="Quantity", width=13, style="quantity"),
    Column(header="Market value", width=15.5, style="money"),
    Column(header="Ccy", width=5),
)
_LISTED = (
    Column(header="Listed entity", width=21),
    Column(header="OFAC uid", width=8, style="id"),
    Column(header="Relation", width=11.5),
    Column(header="Phase", width=9),
    Column(header="Listed", width=10.5, style="date"),
    Column(header="Effective", width=10.5, style="date"),
    Column(header="Divestment ends", width=11, style="date"),
)
_TRADE = Column(header="Trade", width=14)
_AGAIN = Column(header="Finding", width=8, style="id")
"""The reference again, where the second printed page across begins."""
_WHY = (Column(header="Evidence", width=34), Column(header="Citation", width=19))
_INPUT = (
    Column(header="Disposition", width=14, style="input", choices="list_disposition"),
    Column(header="Owner", width=10, style="input"),
    Column(header="Due", width=10.5, style="input_date"),
    Column(header="Note", width=18, style="input"),
)


def prohibited(record: Mapping[str, Any], places: Mapping[str, str], cards: Mapping[str, str]) -> Page:
    """Every row with the verdict PROHIBITED, one line each, the reviewer's cells at the end."""
    found = [f for f in record["findings"] if f["verdict"] == "PROHIBITED"]
    held = _held(record)
    columns = (
        *held, *_LISTED, _AGAIN, Column(header="Prohibited", width=52 if _TRADE in held else 27),
        Column(header="Stays permitted", width=22),
        *_WHY, words.source_column(found), *_INPUT,
    )  # fmt: skip
    page = Page(
        name="Prohibited",
        title="Prohibited: dealing in these securities is restricted",
        purpose=_prohibited_purpose(record),
        trail=(
            f"Source: holdings as read, OFAC's NS-CMIC List published {record['list']['published']}. Procedure: "
            f"matched, then judged by the dated law. Conclusion: {len(found)} row(s). Words are E.O. 13959 as amended; "
            "yellow is yours."
        ),
        widths=tuple(c.width for c in columns),
        break_after=len(held) + len(_LISTED),
        frozen=2,
        tab="A8320F",
        continued="Prohibited, continued: the law, the evidence, and your cells",
    )
    page.gap()
    page.table(
        "tbl_prohibited", columns, [_line(f, places, cards, held=held, law=True) for f in found],
        empty="No row of this run is prohibited.",
    )  # fmt: skip
    return page


def _held(record: Mapping[str, Any]) -> tuple[Column, ...]:
    """What is held; of a trade what was done and when, which decides its verdict, stands behind the account."""
    return (*_HELD[:3], _TRADE, *_HELD[3:]) if record["kind"] == "trades" else _HELD


def _prohibited_purpose(record: Mapping[str, Any]) -> str:
    what = "Trades that were or would be prohibited" if record["kind"] == "trades" else "Positions in listed names"
    return f"{what}. Holding itself is lawful; what may not be done, and what stays permitted, is said on each line."


def upcoming(record: Mapping[str, Any], places: Mapping[str, str], cards: Mapping[str, str]) -> Page:
    """UPCOMING and PERMITTED rows: listed or related names that are not, or not yet, restricted here."""
    found = [f for f in record["findings"] if f["verdict"] in ("UPCOMING", "PERMITTED")]
    held = _held(record)
    columns = (
        Column(header="Ref", width=8, style="link"),
        Column(header="Security", width=25),
        Column(header="Verdict", width=12.5),
        *held[2:],
        *_LISTED,
        _AGAIN,
        Column(header="Why not prohibited", width=32),
        Column(header="What is permitted", width=26),
        Column(header="From when it changes", width=26),
        *_WHY,
        words.source_column(found),
    )
    page = Page(
        name="Upcoming and permitted",
        title="Upcoming and permitted: listed names that are not, or not yet, restricted here",
        purpose=(
            "Pending listings, accounts of non-U.S. persons, licensed positions, unlisted relatives and namesakes, and "
            "matches that a reviewer dismissed. Each stays visible with its reason."
        ),
        trail=(
            f"Source: as on Prohibited. Conclusion: {len(found)} row(s), of which "
            f"{sum(f['verdict'] == 'UPCOMING' for f in found)} upcoming and {record['totals']['dismissed']} dismissed."
        ),
        widths=tuple(c.width for c in columns),
        break_after=1 + len(held) + len(_LISTED),
        frozen=2,
        tab="B36B00",
        continued="Upcoming and permitted, continued: why, and until when",
    )
    page.gap()
    page.table(
        "tbl_upcoming", columns, [_line(f, places, cards, held=held, law=False) for f in found],
        empty="No row of this run concerns a listed name without being prohibited or for review.",
    )  # fmt: skip
    return page


def _line(
    finding: Mapping[str, Any],
    places: Mapping[str, str],
    cards: Mapping[str, str],
    *,
    held: tuple[Column, ...],
    law: bool,
) -> list[Cell | Value]:
    ref = Cell(value=finding["ref"], style="link", link=cards.get(finding["ref"], ""))
    traded = _TRADE in held
    what: list[Cell | Value] = [
        finding["account"],
        *([words.trade(finding)] if traded else []),
        words.identifiers(finding),
        amount(finding["quantity"], "quantity"),
        amount(finding["market_value"], "money"),
        finding["currency"],
    ]
    match = finding["matches"][0] if finding["matches"] else None
    more = finding["matches"][1:]
    why: list[Cell | Value] = [
        words.sentence(match) if match else finding["reason"],
        "; ".join(finding["citations"]),
        words.source_cell(finding, places),
    ]
    entity = _entity(match, more)
    if law:
        ruled = finding["reason"] if traded else " ".join(finding["prohibited"])
        sentences: list[Cell | Value] = [ruled, " ".join(finding["permitted"])]
        return [ref, words.name(finding), *what, *entity, finding["ref"], *sentences, *why, None, None, None, None]
    sentences = [_why_not(finding), " ".join(finding["permitted"]), " ".join(finding["prohibited"])]
    return [
        ref,
        words.name(finding),
        words.verdict(finding["verdict"]),
        *what,
        *entity,
        finding["ref"],
        *sentences,
        *why,
    ]


def _entity(match: Mapping[str, Any] | None, more: list[Mapping[str, Any]]) -> list[Cell | Value]:
    if match is None:
        return [None] * len(_LISTED)
    dates = match["dates"]
    others = f"\n(and {len(more)} more: see Evidence)" if more else ""
    return [
        match["entity_name"] + others,
        match["entity_uid"],
        words.relation(match),
        words.PHASES[match["phase"]],
        day(dates["listed"]),
        day(dates["effective"]),
        day(dates["divestment_ends"]),
    ]


def _why_not(finding: Mapping[str, Any]) -> str:
    made = [
        f"{m['decision']['conclusion']} by {m['decision']['by']} on {m['decision']['on']}, until "
        f"{m['decision']['until']}: {m['decision']['reason']}"
        for m in finding["matches"]
        if m["decision"]
    ]
    return " ".join([finding["reason"], *made])
