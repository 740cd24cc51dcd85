"""List and Method: against what was screened, by which rule, how well that is known to work, and what is not said."""

from __future__ import annotations

import hashlib
import json
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.programme import load_programme
from cmic_screen.report import companion as beside
from cmic_screen.report.sheets import words
from cmic_screen.report.tables import POINTS_A_LINE, Cell, Column, Page, lines
from cmic_screen.report.walk import NEAREST_MOST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cmic_screen.report.tables import Value
    from cmic_screen.run import ScreeningRun

_LIST: Final = (
    Column(header="OFAC uid", width=9, style="id"),
    Column(header="Primary name", width=32),
    Column(header="Other names", width=40),
    Column(header="Identifiers", width=24, style="id"),
    Column(header="Tickers", width=12, style="id"),
    Column(header="Listed", width=11, style="date"),
    Column(header="Effective", width=11, style="date"),
    Column(header="Divestment ends", width=11, style="date"),
    Column(header="Kind", width=14),
    Column(header="Basis, attributed", width=48),
    Column(header="Source", width=22),
)


_THRESHOLDS: Final = {
    "floor": "raw likeness, 0 to 1, from which a similar name asks",
    "foreign": "what is left of the likeness where the legal form is none of a Chinese company (Inc, plc, SpA, Bhd)",
    "formless": "score of a name equal once the legal form is dropped; it asks and never proves",
    "pinyin": "score of a Chinese name spelled in pinyin; it asks and never proves",
    "weak": "score of a weak alias of OFAC's that is the whole name; it asks and never proves",
}


def list_page(run: ScreeningRun, record: Mapping[str, Any]) -> Page:
    """Every entity of the list as used, whether it matched or not."""
    snapshot = run.snapshot
    entities: list[list[Cell | Value]] = [
        [
            e.uid, e.name, "\n".join(f"{n.text} ({n.kind.value})" for n in e.names if n.text != e.name),
            "\n".join(f"{words.SCHEMES[i.scheme.value]} {i.value}" for i in e.identifiers),
            "\n".join(t.text for t in e.tickers), e.listed, e.effective, e.divestment_ends, e.target_type, e.basis.text,
            e.basis.source,
        ]
        for e in snapshot.entities
    ]  # fmt: skip
    page = Page(
        name="List",
        title="List: the NS-CMIC entries as used",
        purpose="Every entity of the list, so that any row can be compared with it by hand. Only these are covered.",
        trail=(
            f"Source: {snapshot.publisher}, {snapshot.source or snapshot.format}, published "
            f"{snapshot.published.isoformat()}, SHA-256 {snapshot.sha256}. Conclusion: {len(entities)} entities; age "
            f"{record['list']['age_days']} days."
        ),
        widths=tuple(c.width for c in _LIST),
    )
    page.gap()
    page.table("tbl_list", _LIST, entities, empty="The list was empty.")
    return page


def method(run: ScreeningRun, record: Mapping[str, Any], companion: str) -> Page:
    """Legal basis, procedure, accuracy, limits, versions and digests, legend, command."""
    page = Page(
        name="Method",
        title="Method: how the answers came about, and what they do not say",
        purpose="Enough to do three findings and one clear again by hand, and to run the whole once more.",
        trail="Source: the law as data in this release, and the release's own measurements.",
        widths=(24.0, 76.0),
        portrait=True,
    )
    law = load_programme()
    for heading, entries in (
        ("Legal basis and scope", _law(law, record)),
        ("Procedure", _procedure(law)),
        ("By hand", _by_hand(record)),
        ("Measured accuracy of this release", _accuracy(record)),
        ("Limits", _limits(record)),
        ("Versions and digests", _versions(record, companion)),
        ("Words and marks", _legend()),
        ("To run it again", _command(run)),
    ):
        page.gap()
        page.line(heading, style="section")
        for label, text in entries:
            page.line(
                Cell(value=label, style="key"),
                Cell(value=text, style="plain"),
                height=max(lines(text, 76), lines(label, 22)) * POINTS_A_LINE + 3,
            )
    return page


def _law(law: Any, record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield (
        "Order",
        (
            "E.O. 13959 of 12 November 2020 as amended by E.O. 14032 of 3 June 2021 (86 FR 30145); 31 CFR part 586; "
            "OFAC FAQs."
        ),
    )
    yield "Scope", law.scope
    yield "Who is covered", law.raw["rule_of_listing"]
    p = record["programme"]
    state = "confirmed in force through" if p["in_force"] else "not confirmed after"
    yield "Emergency", f"{state} {p['confirmed_through']} ({p['source']})."


def _procedure(law: Any) -> Iterator[tuple[str, str]]:
    clocks = law.raw["clocks"]
    yield (
        "1 Read",
        (
            "Every row with a filled cell is a header, a position, part of one, set aside with a reason, or a problem. "
            "The check lines on Summary re-add this."
        ),
    )
    yield (
        "2 Resolve",
        (
            "Each distinct security is compared with every listed entity: stated identifiers (ISIN, CUSIP, SEDOL, "
            "FIGI, LEI), ticker with its market, names as normalised, and what the securities master adds (marked as "
            "not OFAC's). An identifier that was restored or derived raises a question and neither proves nor clears."
        ),
    )
    yield (
        "3 Decide",
        (
            "Match, phase of the entity at the instant, instrument and owner give the verdict by the decision table. A "
            "similar name is a candidate, never a verdict."
        ),
    )
    yield (
        "Clear",
        (
            "A row is clear when it has a valid stated identifier or a usable name, every test ran, and nothing stands "
            "above the floor. “Name only” is kept apart."
        ),
    )
    yield "Dates", f"{clocks['holdings_assumption']} {clocks['trade_assumption']}"
    for key, value in sorted(law.matching.items()):
        yield f"Threshold {key}", f"{value}: {_THRESHOLDS[key]}."


def _by_hand(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield (
        "A finding",
        (
            "Take its card on Evidence. Open the source file at the row named there. Compare each value as held with "
            "the list excerpt; the fact that proves is a stated identifier equal to a listed one, or the full listed "
            "name without contradiction. Find the day between the three dates: before effective it is pending, from "
            "effective to the end of divestment the window, after it closed. Read the words for that phase."
        ),
    )
    yield (
        "A clear",
        (
            "Take a row with a sample number on All rows. Look its identifiers and its name up on List: no identifier "
            "is equal, and the nearest listed name stands beside the row with its score and why it is no match."
        ),
    )
    yield (
        "The sample",
        (
            "For each row that is CLEAR or SET_ASIDE write the line DIGEST|FILE!SHEET!ROW with the content digest "
            f"{record['content_digest']} and no line end, take its SHA-256 in hex, sort ascending; the first 25 are "
            "the sample, S-01 the smallest. Any SHA-256 tool gives the same."
        ),
    )


def accuracy() -> Mapping[str, Any]:
    """This release's measurements (resolve/data/accuracy.json), empty where the release has none."""
    file = resources.files("cmic_screen") / "resolve" / "data" / "accuracy.json"
    if not file.is_file():
        return {}
    made: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return made


def _accuracy(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    measured = accuracy()
    if not measured:
        yield "Not measured", f"Release {record['tool']['version']} carries no measurement of its accuracy."
    for label, text in _flat(measured):
        yield label.replace("_", " "), text


def _flat(data: Mapping[str, Any], lead: str = "") -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        label = f"{lead}{key}"
        if isinstance(value, dict):
            if value and not any(isinstance(v, dict | list) for v in value.values()):
                yield label, "\n".join(f"{k.replace('_', ' ')}: {v}" for k, v in value.items())
            else:
                yield from _flat(value, f"{label}, ")
        elif isinstance(value, list):
            yield label, "; ".join(str(v) for v in value)
        else:
            yield label, str(value)


def _limits(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield (
        "Not said",
        (
            "This report says nothing of other sanctions lists, of who owns whom, or of the value of a position. It is "
            "no legal advice. A holding that is absent from the files screened is absent here."
        ),
    )
    yield (
        "Funds",
        (
            "A fund without complete, recent constituents is a question on Review. A fund is known by its stated type, "
            "its name or its constituents at hand: of a row with nothing but an identifier nobody can tell whether it "
            "is a fund."
        ),
    )
    yield (
        "Nearest names",
        (
            f"Past {NEAREST_MOST:,} distinct securities the companion file and the record of every row name the "
            "nearest listed name only for rows that are not clear; the sheet All rows names it for every clear row it "
            "shows."
        ),
    )
    yield "Identity", "Names of reviewers are as typed; identity is not authenticated."
    yield "Digests", "They show that a file is as it was written only when compared with a digest kept elsewhere."
    for q in record["qualifications"]:
        yield q["code"].replace("_", " ").lower(), q["text"]


def _versions(record: Mapping[str, Any], companion: str) -> Iterator[tuple[str, str]]:
    yield "Program", f"{record['tool']['name']} {record['tool']['version']}, record schema {record['schema']}"
    yield "Run", f"{record['run_id']}, made {record['created_at']}, judged as of {record['as_of']}"
    yield (
        "List",
        (
            f"published {record['list']['published']}, retrieved {record['list']['retrieved_at']}, SHA-256 "
            f"{record['list']['sha256']}"
        ),
    )
    yield "Programme", f"version {record['programme']['version']}, SHA-256 {record['programme']['sha256']}"
    master = record["securities_master"]
    yield "Securities master", f"{master['rows']} rows, SHA-256 {master['sha256']}"
    for f in record["inputs"]:
        yield "Holdings", f"{f['file']}, {f['bytes']} bytes, SHA-256 {f['sha256']}"
    if companion:
        yield beside.LABEL, beside.words(companion)
    yield "Content digest", record["content_digest"]
    yield "Rows digest", record["rows_digest"]
    schema = (resources.files("cmic_screen") / "report" / "schema.json").read_bytes()
    yield "Schema", f"SHA-256 {hashlib.sha256(schema).hexdigest()}"


def _legend() -> Iterator[tuple[str, str]]:
    yield from words.CONCLUSIONS.items()
    yield "Yellow", "A cell for the reviewer; the only cells that may change without breaking the workbook digest."
    yield "S-01 …", "Audit sample, in the order in which it is drawn."
    yield "0 in green", "A check that holds. Any other figure, on red, is a difference to explain."
    yield "U+FFFD", "The sign \ufffd stands for a control character of the input that a workbook may not hold."
    yield (
        "Sheet Seal",
        "Hidden: digests and codes that `verify` compares with. It holds nothing that is not shown elsewhere.",
    )


def _command(run: ScreeningRun) -> Iterator[tuple[str, str]]:
    yield "Command", run.command or "not recorded"
    yield "Check", "cmic-screen verify REPORT.xlsx --holdings FILE… --expect DIGEST"
    yield "Explain", 'cmic-screen explain RECORD.json --row "FILE!SHEET!ROW"'
