"""A draft of the report that 31 CFR 501.604 asks for, filled as far as the record carries; it files nothing anywhere.

Only for a trade that was proposed, judged PROHIBITED and rejected by a person on a day they state, here or in the
draft. It refuses holdings (nothing was rejected) and executed trades (those are for counsel).
"""

from __future__ import annotations

from importlib import resources
from string import Template
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.duty import due
from cmic_screen.errors import UsageError
from cmic_screen.matchlaw import EXECUTED, REJECT_AND_REPORT, STATUS_UNKNOWN
from cmic_screen.model import Action

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cmic_screen.programme import Programme

_BLANK: Final = "[to be completed]"


def draft(record: Mapping[str, Any], finding: Mapping[str, Any], rejected_on: date | None, programme: Programme) -> str:
    """The draft as Markdown. `rejected_on` None leaves that day, and the one the report is due, to the person who
    completes it. UsageError where the finding is not a proposed and prohibited trade, or no date fits.
    """
    _refuse(record, finding, rejected_on)
    duty, match = programme.raw["duty"], _leading(finding)
    dates = match.get("dates", {})
    days = int(duty["report_business_days"])
    amount, currency = str(finding.get("market_value") or ""), str(finding.get("currency") or "")
    text = resources.files("cmic_screen.report").joinpath("data/reject_draft.md").read_text(encoding="utf-8")
    return Template(text).substitute(
        run_id=record["run_id"], ref=finding["ref"], digest=record["content_digest"], rejected_on=rejected_on or _BLANK,
        due=due(rejected_on, days) if rejected_on else _BLANK, days=days,
        action=programme.actions[Action(finding["action"])].label,
        trade_at=_cell(finding.get("trade_at")),
        security=_cell(finding.get("security_name") or finding.get("issuer_name")),
        identifiers=_cell(", ".join(f"{k.upper()} {v}" for k, v in finding.get("identifiers", {}).items())),
        quantity=_cell(finding.get("quantity")), instrument=_cell(finding.get("instrument")),
        account=_cell(finding.get("account")),
        source=_cell("!".join(str(finding["source"][k]) for k in ("file", "sheet", "row"))),
        entity=_cell(match["entity_name"]), uid=match["entity_uid"], published=record["list"]["published"],
        list_sha=record["list"]["sha256"], listed=_cell(dates.get("listed")), effective=_cell(dates.get("effective")),
        end=_cell(dates.get("divestment_ends")), relation=_cell(match["relation"]), evidence=_cell(_evidence(match)),
        row=_cell(" ; ".join(c for c in finding.get("cells", ()) if c)),
        value=_cell(f"{amount} {currency}".strip() if amount else ""), usd=_cell(amount if currency == "USD" else ""),
        authority=duty["authority"], ruling=match["ruling"], reason=_cell(finding["reason"]),
        years=duty["records_years"], keep=duty["records_citation"],
    )  # fmt: skip


def _refuse(record: Mapping[str, Any], finding: Mapping[str, Any], rejected_on: date | None) -> None:
    """UsageError for everything that is not a proposed, prohibited trade rejected on or after its day."""
    ref, flags = finding["ref"], set(finding.get("flags", ()))
    what = why = ""
    if record["kind"] != "trades":
        what, why = f"{ref} is a holding, not a trade.", "Holding is lawful; nothing was rejected."
    elif EXECUTED in flags:
        what, why = (
            f"{ref} is an executed trade.",
            "It was not rejected: refer to counsel (31 CFR part 501, appendix A).",
        )
    elif STATUS_UNKNOWN in flags:
        what, why = f"{ref} does not say whether it was executed.", "State its status in the blotter and run again."
    elif finding["verdict"] != "PROHIBITED" or REJECT_AND_REPORT not in flags:
        what, why = f"{ref} is {finding['verdict']}.", "Only a prohibited purchase or sale is rejected and reported."
    elif rejected_on and str(finding.get("trade_at", ""))[:10] > rejected_on.isoformat():
        what, why = f"{ref} is dated {finding['trade_at']}, after {rejected_on}.", "A trade is not rejected before it."
    if what:
        raise UsageError(what, why=why)


def _leading(finding: Mapping[str, Any]) -> Mapping[str, Any]:
    """The match that made the trade prohibited."""
    found: Mapping[str, Any] = next(m for m in finding["matches"] if m["verdict"] == "PROHIBITED")
    return found


def _evidence(match: Mapping[str, Any]) -> str:
    return "; ".join(
        f"{e['kind']}: {e['searched']} = {e['found']} ({e['source']})"
        for e in match["evidence"]
        if e["result"] == "supports"
    )


def _cell(text: object) -> str:
    """Text from the input as one cell of a Markdown table: one line, no column mark; blank is to be completed."""
    plain = " ".join(str(text or "").split())
    for mark in ("\\", "|", "<", "`"):
        plain = plain.replace(mark, "\\" + mark)
    return plain or _BLANK
