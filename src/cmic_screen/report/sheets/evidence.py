"""Evidence: a printable card for each security that is not clear, from which its answer can be worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cmic_screen.names import normalise
from cmic_screen.report.sheets import words
from cmic_screen.report.tables import POINTS_A_LINE, Cell, Page, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cmic_screen.report.tables import Value

NAME: Final = "Evidence"
WIDTHS: Final = (17.0, 27.0, 27.0, 8.0, 8.0, 12.0, 24.0)
MOST: Final = 3_000
"""Cards that a sheet keeps: a hundred thousand rows no one can read, and past a million Excel has none."""
_CARDED: Final = ("PROHIBITED", "REVIEW", "UPCOMING", "PERMITTED")
_HEADED: Final = ("Fact", "As held", "As compared or listed", "Score", "Weight", "Result", "Who says so, and how")


def cards(record: Mapping[str, Any]) -> list[list[Mapping[str, Any]]]:
    """Findings grouped into cards: rows that hold the same security with the same answer share one."""
    groups: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for f in record["findings"]:
        if f["verdict"] in _CARDED:
            groups.setdefault((f["security"], f["verdict"], f["reason"], f["action"], f["us_person"]), []).append(f)
    return list(groups.values())


def page(record: Mapping[str, Any], all_rows: Mapping[str, str], found: dict[str, str] | None = None) -> Page:
    """Lay the cards out; `found` collects where each finding's card begins."""
    made = Page(
        name=NAME,
        title="Evidence: how each answer can be worked out again",
        purpose=(
            "One card for each security and answer, each finding named on it: what was held, what it was compared "
            "with, every test with its result, what the list says, and what would change the answer."
        ),
        trail=(
            "Procedure: compare “as held” with “as compared or listed” and the list excerpt; a stated equal identifier "
            "proves, a name alone asks unless it is the full listed name and nothing contradicts (Method)."
        ),
        widths=WIDTHS,
        portrait=True,
    )
    entities = {e["uid"]: e for e in record["entities"]}
    every = cards(record)
    groups = every[:MOST]
    if len(every) > MOST:
        made.line(
            f"The first {MOST:,} of {len(every):,} cards: the record has all, `cmic-screen explain` prints any.",
            style="note",
            across=True,
        )
    if not groups:
        made.gap()
        made.line("No finding in this run needs a card.", style="plain", across=True)
    used = _used(made.rows)
    for group in groups:
        made.gap()
        start = len(made.rows)
        at = start + 1
        _card(made, group, entities, all_rows)
        height = _used(made.rows[start:])
        if used + height > _PAGE and used > _PAGE * 0.25:
            made.page_breaks.append(start)
            used = 0.0
        used = (used + height) % _PAGE
        if found is not None:
            found.update({f["ref"]: f"'{NAME}'!A{at}" for f in group})
    return made


_PAGE: Final = 830.0
"""Points of height that fit a portrait letter page at this sheet's scale."""


def _used(rows: Sequence[Any]) -> float:
    return sum(r.height or 13.0 for r in rows)


def _card(
    page: Page, group: Sequence[Mapping[str, Any]], entities: Mapping[str, Any], all_rows: Mapping[str, str]
) -> None:
    first = group[0]
    refs = ", ".join(f["ref"] for f in group[:12]) + (f" and {len(group) - 12} more" if len(group) > 12 else "")
    page.line(f"{refs}   {first['verdict']}   {words.name(first)}".replace("\n", " / "), style="card", across=True)
    _text(page, "Answer", first["reason"])
    if first["prohibited"]:
        _text(page, "Prohibited", " ".join(first["prohibited"]))
    if first["permitted"]:
        _text(page, "Permitted", " ".join(first["permitted"]))
    _text(page, "Citations", "; ".join(first["citations"]) or "none")
    for f in group[:12]:
        value = f"{words.figure(f['market_value'])} {f['currency']}" if f["market_value"] else "value not stated"
        held = f"{words.figure(f['quantity']) or 'quantity not stated'} for {value}"
        cell = words.source_cell(f, all_rows)
        page.line(
            Cell(value=f["ref"], style="key"),
            Cell(value=cell.value, style="linkplain" if cell.link else "plain", link=cell.link),
            Cell(value=f"account {f['account'] or 'not stated'}; {held}", style="plain"),
            height=_tall((cell.value, f"account {f['account']}; {held}"), WIDTHS[1:3]),
        )
    _held(page, first)
    for match in first["matches"]:
        _match(page, match, entities.get(match["entity_uid"]))
    _nearest(page, first)
    _text(page, "Would change it", words.change(first))


def _text(page: Page, label: str, text: str) -> None:
    """A label and a text that runs over the card."""
    height = _tall([text], [sum(WIDTHS[1:])])
    at = page.line(Cell(value=label, style="key"), Cell(value=text, style="plain"), height=height)
    page.merges.append(f"B{at}:G{at}")


def _grid(page: Page, cells: Sequence[Cell | Value], style: str = "text") -> None:
    page.line(*cells, style=style, height=_tall([c.value if isinstance(c, Cell) else c for c in cells], WIDTHS))


def _tall(values: Sequence[Value], widths: Sequence[float]) -> float | None:
    most = max((lines(v, w) for v, w in zip(values, widths, strict=False) if isinstance(v, str)), default=1)
    return most * POINTS_A_LINE + 3 if most > 1 else None


def _held(page: Page, finding: Mapping[str, Any]) -> None:
    """What the row states: as it stands, and in the form in which it is compared."""
    page.line("Held", "As read", "As compared", "", "", "", "Note", style="cardhead")
    for label, text in (("Issuer", finding["issuer_name"]), ("Security", finding["security_name"])):
        if text:
            _grid(page, (label, text, normalise(text), None, None, None, None))
    for i in finding["identifiers_read"]:
        note = (
            "" if i["origin"] == "stated" else f"{i['origin']}, not stated: raises a question, never proves or clears"
        )
        value = Cell(value=i["value"], style="id")
        _grid(page, (words.SCHEMES[i["scheme"]], value, value, None, None, None, note))
    for r in finding["identifiers_rejected"]:
        _grid(
            page,
            (words.SCHEMES[r["scheme"]], Cell(value=r["text"], style="id"), "refused", None, None, None, r["fault"]),
        )
    for label, text, note in (
        ("Ticker", " ".join(x for x in (finding["ticker"], finding["mic"]) if x), ""),
        ("Country", finding["country"], ""),
        ("Underlying", finding["underlying"], ""),
        ("Instrument", finding["instrument"], finding["instrument_reason"]),
    ):
        if text:
            _grid(page, (label, text, None, None, None, None, note))
    for r in finding["repairs"]:
        _grid(page, (f"Repair: {r['field']}", r["from"], r["to"], None, None, None, r["rule"]))


def _match(page: Page, match: Mapping[str, Any], entity: Mapping[str, Any] | None) -> None:
    title = f"{match['entity_name']} (OFAC uid {match['entity_uid']}): {words.relation(match)}"
    page.line(Cell(value="Listed entity", style="key"), Cell(value=title, style="key"))
    page.merges.append(f"B{len(page.rows)}:G{len(page.rows)}")
    dates = match["dates"]
    _text(
        page,
        "Dates",
        f"listed {dates['listed']}; prohibition effective {dates['effective']} and divestment window ends "
        f"{dates['divestment_ends']}, each 00:01 New York{words.removed(dates)}; "
        f"phase {words.PHASES[match['phase']]}; ruling {match['ruling']}",
    )
    page.line(*_HEADED, style="cardhead")
    for e in match["evidence"]:
        who = f"{e['source']}: {e['detail']}" if e["detail"] else e["source"]
        score, weight = Cell(value=float(e["score"]), style="score"), Cell(value=float(e["weight"]), style="score")
        _grid(page, (words.KINDS[e["kind"]], e["searched"], e["found"], score, weight, e["result"], who))
    if match["reason"]:
        _text(page, "Reason", match["reason"])
    if match["decision"]:
        made = match["decision"]
        state = "in force" if made["in_force"] else f"not in force: {made['why_not']}"
        _text(
            page, "Decision",
            f"{made['id']}: {made['conclusion']} by {made['by']} on {made['on']}, second signature "
            f"{made['signed_by'] or 'none'}, until {made['until']}, {state}. {made['reason']}",
        )  # fmt: skip
    if entity:
        for label, text in _excerpt(entity):
            _text(page, label, text)


def _excerpt(entity: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    names = "; ".join(f"{n['text']} ({n['kind']})" for n in entity["names"])
    yield "List: names", names
    ids = [f"{words.SCHEMES[i['scheme']]} {i['value']}" for i in entity["identifiers"]] + [
        f"ticker {t}" for t in entity["tickers"]
    ]
    yield "List: identifiers", "; ".join(ids) or "none published"
    yield "List: basis", f"{entity['basis']['text']} Source: {entity['basis']['source']}."


def _nearest(page: Page, finding: Mapping[str, Any]) -> None:
    matched = {m["entity_uid"] for m in finding["matches"]}
    others = [n for n in finding["nearest"] if n["entity_uid"] not in matched]
    for n in others:
        _text(page, "Next nearest", f"{n['name']} (OFAC uid {n['entity_uid']}), {n['score']:.4f}: {n['why_not']}")
