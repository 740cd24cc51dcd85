"""Summary: the answer in one sentence, against what, and check lines that must be 0; one printed page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.programme import load_programme
from cmic_screen.report.sheets import checks, trend, words
from cmic_screen.report.tables import POINTS_A_LINE, Cell, Column, Page, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cmic_screen.report.sheets.rows import AllRows
    from cmic_screen.report.tables import Table, Value
    from cmic_screen.run import ScreeningRun

NAME: Final = "Summary"
_SAID: Final = 4
"""Doubts about the files given that Summary has room for; Data quality has all."""


def page(
    run: ScreeningRun, record: Mapping[str, Any], findings: Sequence[Page], every: AllRows, client: str
) -> tuple[Page, dict[str, str]]:
    """The first sheet and the defined names of its key figures; `findings`: Prohibited to Exposure."""
    thing = "trades" if record["kind"] == "trades" else "holdings"
    made = Page(
        name=NAME,
        title="NS-CMIC prohibition report" + ("" if record["compliance_record"] else " (not a compliance record)"),
        purpose=(
            f"Which of these {thing} a U.S. person may no longer deal in, under E.O. 13959 as amended by E.O. 14032."
        ),
        trail=(
            "Source: the files named below and OFAC's NS-CMIC List. Procedure: Method. Proof: Evidence, All rows and "
            "the check lines below."
        ),
        widths=checks.WIDTHS,
        portrait=True,
        one_page=True,
        tab="16324F",
    )
    for q in record["qualifications"]:
        made.line(q["text"], style="banner", across=True)
    if not record["compliance_record"]:
        made.line("Made without a history: not a compliance record.", style="banner", across=True)
    for text in run.intake.said_at_once()[:_SAID]:
        made.line(text, style="banner", across=True)
    made.line(verdict(record), style="verdict", across=True)
    made.line(load_programme().scope, style="note", across=True)
    made.gap()
    _facts(made, run, record, client)
    made.gap()
    counts = _counts(made, record)
    made.gap()
    checks.money(made, record, every)
    made.gap()
    proof = checks.checks(made, record, counts, findings, every)
    made.gap()
    for note in _notes(record):
        made.line(note, style="plain", across=True)
    trend.charts(made, record, next(p for p in findings if p.name == "Changes"))
    at = f"'{NAME}'!$B$"
    names = {f"cmic_{v.lower()}": f"{at}{counts.first + i}" for i, v in enumerate(words.CONCLUSIONS)}
    names["cmic_checks"] = f"'{NAME}'!$D${proof.first}:$D${proof.last}"
    return made, names


def verdict(record: Mapping[str, Any]) -> str:
    """The run in one or two sentences, worst first; a qualified run never says clear (architecture §1.2)."""
    t = record["totals"]
    rows = t["positions"] + t["problems"]
    thing = "trade" if record["kind"] == "trades" else "position"
    parts = []
    if t["prohibited"]:
        what = "prohibited" if record["kind"] == "trades" else "in names whose dealing is prohibited or restricted"
        parts.append(f"{t['prohibited']:,} of {_many(rows, thing)} {_is(t['prohibited'])} {what}.")
    if t["unscreened"]:
        parts.append(f"{_many(t['unscreened'], 'row')} could not be screened.")
    if t["review"]:
        parts.append(f"{_many(t['review'], 'row')} {'needs' if t['review'] == 1 else 'need'} a person's decision.")
    if t["upcoming"]:
        parts.append(f"{_many(t['upcoming'], 'row')} {_is(t['upcoming'])} in a name whose prohibition is yet to come.")
    if parts:
        return " ".join(parts)
    above = "; see the note above." if record["qualifications"] else "."
    if t["permitted"]:
        return (
            f"Nothing prohibited among {_many(rows, thing)}; {t['permitted']:,} in listed or related names, permitted "
            f"here{above}"
        )
    if record["qualifications"]:
        return f"No match among {_many(rows, thing)} to the list published {record['list']['published']}{above}"
    return f"All clear: {_many(rows, thing)} screened, no match to the list published {record['list']['published']}."


def _many(n: int, thing: str) -> str:
    return f"{n:,} {thing}{'' if n == 1 else 's'}"


def _is(n: int) -> str:
    return "is" if n == 1 else "are"


def _facts(page: Page, run: ScreeningRun, record: Mapping[str, Any], client: str) -> None:
    listed = record["list"]
    table = run.intake.table
    accounts = sorted(
        {a for a in table["account_id"].tolist() if a} or {a for a in table["account_name"].tolist() if a}
    )
    names = [f["file"] for f in record["inputs"]]
    files = ", ".join(names[:4]) + (f" and {len(names) - 4} more: see Method" if len(names) > 4 else "")
    age = _many(listed["age_days"], "day") + (", past the limit" if listed["stale"] else "")
    for left, value, right, other in (
        ("Holdings as of", record["holdings_as_of"] or "not stated", "Judged as of", record["as_of"]),
        ("List published", listed["published"], "Age of the list", age),
        ("Accounts", f"{len(accounts):,}" if accounts else "not stated", "Listed entities", str(listed["entities"])),
        ("Made (UTC)", record["created_at"], "Program", f"cmic-screen {record['tool']['version']}"),
    ):
        page.line(
            Cell(value=left, style="key"), Cell(value=value, style="plain"), None,
            Cell(value=right, style="key"), Cell(value=other, style="plain"), style="plain",
        )  # fmt: skip
        at = len(page.rows)
        page.merges += [f"B{at}:C{at}", f"E{at}:F{at}"]
    for label, value, style in (
        ("Client", client or None, "plain" if client else "input"),
        ("Files", files, "plain"),
        ("Run id", record["run_id"], "idplain"),
        ("List SHA-256", listed["sha256"], "idplain"),
        ("Content digest", record["content_digest"], "idplain"),
    ):
        tall = lines(value or "", sum(checks.WIDTHS[1:])) * POINTS_A_LINE + 3
        at = page.line(Cell(value=label, style="key"), Cell(value=value, style=style), height=tall)
        page.merges.append(f"B{at}:F{at}")


def _counts(page: Page, record: Mapping[str, Any]) -> Table:
    """Rows by verdict, worst first, with the chart of what is not clear beside them."""
    totals = record["totals"]
    loud = [n for n in words.CONCLUSIONS if n in checks.SHEETS]
    charted = any(totals[n.lower()] for n in loud)
    page.line("Rows by verdict", None, None, "Rows that are not clear" if charted else None, style="section")
    columns = (
        Column(header="Verdict", width=checks.WIDTHS[0]),
        Column(header="Rows", width=checks.WIDTHS[1], style="count"),
        Column(header="Sheet", width=checks.WIDTHS[2], style="link"),
    )
    entries: list[list[Cell | Value]] = []
    for name in words.CONCLUSIONS:
        sheet = checks.SHEETS.get(name, "All rows")
        entries.append(
            [words.verdict(name), totals[name.lower()], Cell(value=sheet, style="link", link=f"'{sheet}'!A1")]
        )
    table = page.table("tbl_counts", columns, entries)
    said = ", ".join(f"{n.lower()} {totals[n.lower()]}" for n in loud)
    if charted:
        page.charts.append(
            {
                "at": f"D{table.header}", "sheet": NAME, "first": table.first, "last": table.first + len(loud) - 1,
                "alt": f"Bar chart of rows that are not clear: {said}.",
            }
        )  # fmt: skip
    return table


_SOON: Final = timedelta(days=30)


def _notes(record: Mapping[str, Any]) -> Iterator[str]:
    """What changed, funds that nobody looked through, decisions about to lapse."""
    changes = record.get("changes", [])
    if changes:
        yield f"What changed since the last accepted run: {words.changed(changes)}. See Changes."
    else:
        yield words.unchanged(record)
    funds = {f["security"] for f in record["findings"] if f["instrument"] == "FUND" and f["verdict"] == "REVIEW"}
    if funds:
        yield f"Funds not looked through: {len(funds)}, one question each on Review, however many accounts hold it."
    as_of = date.fromisoformat(record["as_of"])
    made = [d for d in record.get("decisions", []) if d["in_force"]]
    soon = sorted((d["until"], d["id"]) for d in made if date.fromisoformat(d["until"]) <= as_of + _SOON)
    if soon:
        told = ", ".join(f"{name} ends {until}" for until, name in soon[:6])
        more = f" and {len(soon) - 6} more" if len(soon) > 6 else ""
        yield f"Decisions that lapse within {_SOON.days} days: {told}{more}. See Decisions."
