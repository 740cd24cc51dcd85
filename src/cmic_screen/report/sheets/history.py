"""Changes since the last accepted run, Decisions that touched this one, Exposure through funds and derivatives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cmic_screen.report.sheets import trend, words
from cmic_screen.report.tables import Cell, Column, Page, day, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cmic_screen.report.tables import Value

CHANGES: Final = {
    "change": ("Change", 12.0), "cause": ("Cause", 14.0), "ref": ("Ref", 8.0), "before": ("Before", 14.0),
    "after": ("Now", 14.0), "security": ("Security", 30.0), "entity": ("Listed entity", 26.0),
    "text": ("In words", 50.0),
}  # fmt: skip
"""Keys of a change as the history writes it, with header and width; further keys get a column of their own."""

_DECISIONS: Final = (
    Column(header="Decision", width=10, style="id"),
    Column(header="State", width=11),
    Column(header="Conclusion", width=14),
    Column(header="OFAC uid", width=9, style="id"),
    Column(header="Security key", width=23, style="id"),
    Column(header="Reason", width=44),
    Column(header="By", width=10),
    Column(header="On", width=11, style="date"),
    Column(header="Second signature", width=11),
    Column(header="Until", width=11, style="date"),
    Column(header="Still matching the evidence?", width=26),
    Column(header="Findings", width=16),
)
_EXPOSURE: Final = (
    Column(header="Ref", width=8, style="id"),
    Column(header="Fund or derivative", width=30),
    Column(header="Identifier", width=15, style="id"),
    Column(header="Listed entity", width=30),
    Column(header="OFAC uid", width=9, style="id"),
    Column(header="Constituent as printed", width=30),
    Column(header="Weight %", width=10, style="quantity"),
    Column(header="Constituents of", width=11, style="date"),
    Column(header="Age, days", width=8, style="count"),
    Column(header="State", width=11),
    Column(header="Source file", width=24),
    Column(header="SHA-256", width=22, style="id"),
)


def changes(record: Mapping[str, Any]) -> Page:
    """What differs from the last accepted run, each with its cause; says so where there was none."""
    listed = record.get("changes", [])
    extra = sorted({k for c in listed for k in c} - set(CHANGES))
    columns = [Column(header=h, width=w) for h, w in CHANGES.values()]
    columns += [Column(header=k, width=16) for k in extra]
    page = Page(
        name="Changes",
        title="Changes since the last accepted run",
        purpose=(
            "New, gone, still open, reopened and re-scored, each with its cause: holdings, list, programme, decision, "
            "data or program version."
        ),
        trail=(
            "Procedure: new holdings on the old list, and old holdings on the new one, show which of the two caused a "
            f"change. Conclusion: {words.changed(listed) or '0 changes'}."
        ),
        widths=tuple(c.width for c in columns),
        head_first=True,
    )
    page.gap()
    page.table(
        "tbl_changes", columns, [[c.get(k, "") for k in (*CHANGES, *extra)] for c in listed],
        empty=words.unchanged(record),
    )  # fmt: skip
    trend.table(page, record)
    return page


def decisions(record: Mapping[str, Any]) -> Page:
    """Decisions in force, lapsed and revoked that touched this run."""
    made = record.get("decisions", [])
    refs: dict[str, list[str]] = {}
    for f in record["findings"]:
        for m in f["matches"]:
            if m["decision"]:
                refs.setdefault(m["decision"]["id"], []).append(f["ref"])
    page = Page(
        name="Decisions",
        title="Decisions that touched this run",
        purpose="Who decided what about a match, why, and until when. A dismissed match stays in the report.",
        trail=(
            f"Source: the ledger of decisions. Identity of reviewers is not authenticated. Conclusion: {len(made)} "
            "decision(s)."
        ),
        widths=tuple(c.width for c in _DECISIONS),
    )
    page.gap()
    lines: list[list[Cell | Value]] = [
        [
            d["id"], "in force" if d["in_force"] else "not in force", d["conclusion"], d["entity_uid"], d["security"],
            d["reason"], d["by"], day(d["on"][:10]), d["signed_by"] or "none", day(d["until"]),
            d["why_not"] or "yes", ", ".join(refs.get(d["id"], [])) or "none",
        ]
        for d in made
    ]  # fmt: skip
    page.table("tbl_decisions", _DECISIONS, lines, empty="None.")
    return page


def exposure(record: Mapping[str, Any]) -> Page:
    """Listed names inside funds, and underlyings of derivatives."""
    found = record.get("exposure", [])
    page = Page(
        name="Exposure",
        title="Exposure: listed names inside funds and under derivatives",
        purpose=(
            "Any share of a listed name counts: there is no lower limit (FAQ 861). Each with the constituents' date "
            "and source."
        ),
        trail=f"Source: constituents as the fund publishes them. Conclusion: {len(found)} listed name(s) inside.",
        widths=tuple(c.width for c in _EXPOSURE),
    )
    page.gap()
    lines: list[list[Cell | Value]] = [
        [
            e["ref"], e["fund"], e["fund_identifier"], e["entity"], e["uid"], e["constituent"], number(e["weight_pct"]),
            day(e["as_of"]), e["age_days"], e["state"], e["source"], e["sha256"],
        ]
        for e in found
    ]  # fmt: skip
    page.table(
        "tbl_exposure", _EXPOSURE, lines,
        empty="No listed name was found inside a fund. Funds not looked through are on Review.",
    )  # fmt: skip
    return page
