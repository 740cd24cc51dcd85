"""Write docs/reference/law.md from programme.toml and decision_table.csv: the page counsel reads, signs or corrects.

Usage: python tools/build_law.py. Run again whenever either file changed; the page is committed, and a test fails when
it is not current. Nothing of law is written here: only headings and how to read the page.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cmic_screen.model import Action, InstrumentKind, Phase
from cmic_screen.programme import load_programme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cmic_screen.law import Programme

PAGE = Path(__file__).resolve().parent.parent / "docs/reference/law.md"
ALIKE = (Phase.OUT_OF_MODEL, Phase.NOT_LISTED, Phase.PENDING, Phase.REMOVED)
TELLING = (Phase.WINDOW, Phase.CLOSED)
CELL = ("ruling", "words", "citation", "authority")
AUTHORITY = {
    "EO": "the order's own text",
    "CFR": "the regulations",
    "FAQ": "OFAC's published answers, which are weaker and can change without notice",
    "DERIVED": "our inference from the text cited; counsel may differ",
    "NONE": "no source found; after the effective date such a cell can only be REVIEW",
}


def page(law: Programme) -> str:
    """The whole page; equal law, equal bytes."""
    parts = (_head(law), _clocks(law), _phases(law), _order(), _table(law), _instruments(law), _cases(law), _open(law))
    return "\n".join((*parts, _whole_table(law), _sign()))


def _head(law: Programme) -> str:
    return f"""# The law as this program applies it

Programme data of {law.version}: {law.raw["name"]}, OFAC program code {law.raw["code"]}.
Generated from `programme.toml` and `decision_table.csv` by `tools/build_law.py`; correct those files, not this page.
Not legal advice. It is written so that counsel can sign or correct it in one sitting.

{law.scope}

{law.raw["rule_of_listing"]}

How the verdicts rank, mildest first: CLEAR, SET_ASIDE, PERMITTED, REVIEW, UPCOMING, UNSCREENED, PROHIBITED; the worst
leads. The verdict on a *holding* speaks of dealing in it, since holding itself is lawful. The verdict on a *trade* is
the ruling on that trade at its instant. REVIEW means that a person decides.

How firmly a cell of the table stands:

{_rows(("authority", "meaning"), AUTHORITY.items())}
"""


def _clocks(law: Programme) -> str:
    clocks, emergency = law.raw["clocks"], law.raw["emergency"]
    lines = (
        (
            "prohibition in effect",
            f"listing date + {clocks['days_to_effective']} calendar days, {law.hour:%H:%M} {law.zone.key}",
        ),
        (
            "divestment window ends",
            f"before listing date + {clocks['days_to_divestment_end']} calendar days, {law.hour:%H:%M} {law.zone.key}",
        ),
        ("which dates count", "those OFAC publishes with the entry; they are checked against this arithmetic"),
        ("not modelled", f"before {law.model_start}"),
        ("holdings", clocks["holdings_assumption"]),
        ("trades", clocks["trade_assumption"]),
        ("national emergency", f"confirmed through {emergency['confirmed_through']}: {emergency['source']}"),
        (
            "report of a rejected transaction",
            f"{law.raw['duty']['report_business_days']} business days (31 CFR 501.604)",
        ),
        ("records", f"{law.raw['duty']['records_years']} years ({law.raw['duty']['records_citation']})"),
    )
    return f"## Clocks\n\n{_rows(('what', 'how'), lines)}\n"


def _phases(law: Programme) -> str:
    lines = (
        (p.value, law.phases[p].label, law.phases[p].reason, _lines(law.phases[p].permitted),
         _lines(law.phases[p].prohibited), _lines(law.phases[p].citations))
        for p in Phase
    )  # fmt: skip
    head = ("phase", "meaning", "wording for a position held", "permitted", "prohibited", "citation")
    return f"## Phases of a listed entity\n\n{_rows(head, lines)}\n"


def _order() -> str:
    return """## Order of the tests

Applied to each match; the first that speaks answers. The case names are those of the section *Words* below.

1. A dismissal in force: `dismissed`. It has no effect on a stated identifier of a listed entity, nor on a fund's own
   publication.
2. Phases in which the order does not bind: `out_of_model`, `not_listed`, `removed`.
3. Identity: not proven is `uncertain`; a relative is `related_unlisted`, or `related_unlisted_review` by policy.
4. Instrument: `not_covered`, `doubtful_instrument`, `no_public_security`, `not_traded`.
5. Licence: `licensed`, for the actions, entities and days it names. A holding is lifted only by one that permits
   purchase and sale.
6. Person: `non_us` where neither owner nor beneficiary is a U.S. person; not stated is treated as a U.S. person, and
   said so.
7. Time: `straddle` and `settlement_straddle` where the readings lead to different rulings.
8. The decision table.

Three readings that are ours:

- A match with an entity that is not listed at the time, or no longer, is PERMITTED even where it is not proven: it
  makes no difference who the issuer is.
- A holding of a doubtful instrument in the phase PENDING is UPCOMING, which is the worse of the two answers.
- A sale in the window is PERMITTED with the ruling PERMITTED_DIVESTMENT_ONLY: its purpose is for the owner to record.
"""


def _table(law: Programme) -> str:
    lines: list[tuple[str, ...]] = []
    for action in Action:
        for phase in TELLING:
            label = action.value if phase is TELLING[0] else ""
            lines.append((label, phase.value, *_cell_words(law, action, phase)))
    same = [(p.value, *_alike(law, p)) for p in ALIKE]
    return f"""## Decision table: a U.S. person, a covered instrument

In the window and after it:

{_rows(("action", "phase", *CELL), lines)}

In the other phases the ruling is the same for every action:

{_rows(("phase", "ruling", "note", "citation", "authority"), same)}
"""


def _alike(law: Programme, phase: Phase) -> tuple[str, ...]:
    """The one ruling of a phase; ValueError where actions differ, so that the page can never hide a difference."""
    cells = {law.cell(a, phase) for a in Action}
    if len(cells) != 1:
        raise ValueError(f"{phase}: the actions are ruled differently; print them one by one")
    cell = cells.pop()
    return cell.ruling.value, cell.note, _lines(cell.citations), cell.authority


def _cell_words(law: Programme, action: Action, phase: Phase) -> tuple[str, ...]:
    cell = law.cell(action, phase)
    return cell.ruling.value, law.sentence(action, phase), _lines(cell.citations) or "no source", cell.authority


def _instruments(law: Programme) -> str:
    lines = ((k.value, law.coverage[k].covered, law.coverage[k].reason, _lines(law.coverage[k].citations))
             for k in InstrumentKind)  # fmt: skip
    return f"""## Instruments

`yes`: the table applies. `open` and `no`: a match asks (REVIEW), whatever the table says.

{_rows(("instrument", "covered", "why", "citation"), lines)}
"""


def _cases(law: Programme) -> str:
    lines = (
        (f"`{name}`", w.verdict.name if w.verdict is not None else "", w.reason, _lines(w.citations))
        for name, w in sorted(law.cases.items())
    )
    return f"""## Words

The sentence a finding carries, by case. Names in braces are filled in; a case without a verdict is added to another.

{_rows(("case", "verdict", "sentence", "citation"), lines)}
"""


def _open(law: Programme) -> str:
    lines = ((o["question"], o["handled"]) for o in law.raw["open"])
    return f"## Left open by the sources\n\n{_rows(('question', 'handled until counsel settles it'), lines)}\n"


def _whole_table(law: Programme) -> str:
    lines = ((a.value, p.value, *_cell_words(law, a, p)) for a in Action for p in Phase)
    head = ("action", "phase", *CELL)
    return f"## The whole table\n\nEvery action in every phase, as the program reads it.\n\n{_rows(head, lines)}\n"


def _sign() -> str:
    blank = [("read by", ""), ("role", ""), ("date", ""), ("agreed, or corrections", "")]
    return f"## Sign-off\n\n{_rows(('', ''), blank)}\n"


def _rows(head: Iterable[str], lines: Iterable[Iterable[Any]]) -> str:
    """A Markdown table."""
    rows = [tuple(head), *(tuple(str(c) for c in line) for line in lines)]
    rows.insert(1, ("---",) * len(rows[0]))
    return "\n".join("| " + " | ".join(c.replace("|", "\\|") for c in row) + " |" for row in rows)


def _lines(texts: Iterable[str]) -> str:
    return "<br>".join(texts)


if __name__ == "__main__":
    PAGE.write_text(page(load_programme()), encoding="utf-8")
