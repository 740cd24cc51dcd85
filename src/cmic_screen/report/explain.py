"""Explain: why a row got its verdict, from the record alone, as a colleague would say it; it screens nothing again.

Every statement is a field of the record (docs/reference/record.md): what was compared with what, every score, every
rule with its citation. No date, threshold or word of law is added here.
"""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.errors import HistoryError, InputError, UsageError, words_of
from cmic_screen.report import record as recording
from cmic_screen.report.sheets import words
from cmic_screen.terms import QUIET_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_WIDTH: Final = 100


def load(path: Path) -> dict[str, Any]:
    """The record in a JSON file, or inside a report of ours. InputError where it is neither; HistoryError where it does
    not have the digests it carries: an edited record must not be explained as if it were the run's.
    """
    try:
        if path.suffix.lower() == ".xlsx":
            from cmic_screen.report import readback

            return dict(readback.unseal(readback.read(path), path).record)
        data: Any = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"it cannot be read as a record ({words_of(error)})", where=str(path), do=_DO) from error
    if not isinstance(data, dict) or data.get("schema") != recording.SCHEMA:
        raise InputError(f"it is not a record of schema {recording.SCHEMA}", where=str(path), do=_DO)
    try:
        whole = any(f["verdict"] in QUIET_NAMES for f in data["findings"])
        as_written = recording.content_digest(data) == data["content_digest"]
        as_written &= not whole or recording.rows_digest(data["findings"]) == data["rows_digest"]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise InputError("it is not a whole record", where=str(path), do=_DO) from error
    if not as_written:
        raise HistoryError(
            "the record is not as it was written: its contents do not have the digest it carries.", where=str(path),
            why="What it says now is not what the run found.", do="Take the copy that the ledger or the report keeps.",
        )  # fmt: skip
    return data


_DO: Final = "Give the file that `cmic-screen screen … --json RECORD.json` wrote."


def find(record: Mapping[str, Any], row: str) -> Mapping[str, Any]:
    """The finding with reference `row` (`F-001`), or of the source row `FILE!SHEET!17`.

    A shorter `SHEET!17` or `17` will do where only one row ends so; further rows of a position count too. UsageError
    where there is none, or more than one.
    """
    wanted = row.strip()
    found: list[Mapping[str, Any]]
    found = [f for f in record["findings"] if f["ref"] and f["ref"].upper() == wanted.upper()]
    found = found or [f for f in record["findings"] if wanted in _sources(f)]
    found = found or [f for f in record["findings"] if any(s.endswith("!" + wanted) for s in _sources(f))]
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(sorted(words.source(f) for f in found)[:5])
        raise UsageError(f"{len(found)} rows end in {wanted!r}: {several}.", do="Write the whole FILE!SHEET!ROW.")
    raise UsageError(
        f"the record has no row {wanted!r}.",
        why=_why_absent(record),
        do="Rows are named FILE!SHEET!ROW as on the sheet All rows, findings F-001.",
    )


def _sources(finding: Mapping[str, Any]) -> tuple[str, ...]:
    src = finding["source"]
    return tuple(f"{src['file']}!{src['sheet']}!{r}" for r in (src["row"], *src["more_rows"]))


def _why_absent(record: Mapping[str, Any]) -> str:
    if any(f["verdict"] in QUIET_NAMES for f in record["findings"]):
        return "It keeps every position: the row is a header, a total, another line that is no position, or not there."
    return "It keeps only rows that are not clear; clear ones are in the ledger's copy, or in one made with --all-rows."


def explain(record: Mapping[str, Any], row: str) -> dict[str, Any]:
    """Everything the record says of one row, in an order in which it can be read; plain JSON values."""
    f = find(record, row)
    entities = {e["uid"]: e for e in record["entities"]}
    return {
        "ref": f["ref"],
        "source": words.source(f),
        "verdict": f["verdict"],
        "meaning": words.CONCLUSIONS[f["verdict"]],
        "holding": {
            k: f[k] for k in ("account", "issuer_name", "security_name", "quantity", "market_value", "currency")
        },
        "reason": f["reason"],
        "compared": {
            "names": [n for n in (f["issuer_name"], f["security_name"]) if n],
            "identifiers": f["identifiers_read"],
            "refused": f["identifiers_rejected"],
            "ticker": " ".join(x for x in (f["ticker"], f["mic"]) if x),
            "with": f"{record['list']['entities']} entities of the list published {record['list']['published']}",
        },
        "repairs": f["repairs"],
        "matches": [m | {"basis": entities.get(m["entity_uid"], {}).get("basis")} for m in f["matches"]],
        "nearest": f["nearest"],
        "cleared_by": f["cleared_by"],
        "instrument": {"kind": f["instrument"], "reason": f["instrument_reason"]},
        "action": f["action"],
        "trade_at": f["trade_at"],
        "us_person": f["us_person"],
        "ruling": f["ruling"],
        "permitted": f["permitted"],
        "prohibited": f["prohibited"],
        "citations": f["citations"],
        "flags": f["flags"],
        "problem": f["problem"],
        "cells": f["cells"],
        "would_change": words.change(f) if f["verdict"] in words.CHANGES else "",
        "run": {"run_id": record["run_id"], "as_of": record["as_of"], "tool": record["tool"]["version"]},
        "qualifications": [q["text"] for q in record["qualifications"]],
    }


def to_text(told: Mapping[str, Any]) -> str:
    """The explanation as a colleague would write it, wrapped at 100 characters."""
    held = told["holding"]
    name = held["security_name"] or held["issuer_name"] or "a row without a name"
    out = [*_wrap(f"{told['ref'] or 'Row'}  {name}: {told['verdict']} ({told['meaning'].lower()})"), ""]
    out += _wrap(_where(told))
    out += ["", *_wrap(told["reason"])]
    for title, lines in (
        ("What may not be done", told["prohibited"]),
        ("What stays permitted", told["permitted"]),
        ("What the row says", list(_said(told))),
        *((f"Compared with {m['entity_name']} (OFAC uid {m['entity_uid']})", list(_match(m))) for m in told["matches"]),
        ("Nearest listed names", [_near(n) for n in told["nearest"]]),
        ("Why it could not be screened", _problem(told)),
        ("By which rule", list(_rule(told))),
        ("What would change the answer", [told["would_change"]] if told["would_change"] else []),
        ("About this run", told["qualifications"]),
    ):
        if lines:
            out += ["", title, *(line for text in lines for line in _wrap(text, "  - "))]
    return "\n".join(out) + "\n"


def _wrap(text: str, lead: str = "") -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead), break_long_words=False
    ) or [lead]  # fmt: skip


def _where(told: Mapping[str, Any]) -> str:
    held = told["holding"]
    text = f"It stands at {told['source']}"
    if held["account"]:
        text += f", account {held['account']}"
    if held["quantity"] or held["market_value"]:
        amount = f"{words.figure(held['market_value'])} {held['currency']}".strip()
        value = amount if held["market_value"] else "no value stated"
        text += f": {words.figure(held['quantity']) or 'no quantity stated'}, {value}"
    run = told["run"]
    when = f"as a trade of {told['trade_at']}" if told["trade_at"] else f"as of {run['as_of']}"
    return f"{text}. Judged {when} in run {run['run_id']} (cmic-screen {run['tool']})."


def _said(told: Mapping[str, Any]) -> Iterator[str]:
    compared = told["compared"]
    for name in compared["names"]:
        yield f"name “{name}”"
    for i in compared["identifiers"]:
        note = "" if i["origin"] == "stated" else f", {i['origin']}: it raises a question and neither proves nor clears"
        yield f"{words.SCHEMES[i['scheme']]} {i['value']}{note}"
    for r in compared["refused"]:
        yield f"{words.SCHEMES[r['scheme']]} “{r['text']}” was refused: {r['fault']}"
    if compared["ticker"]:
        yield f"ticker {compared['ticker']}"
    for r in told["repairs"]:
        yield f"repaired: {r['field']} “{r['from']}” was read as “{r['to']}” ({r['rule']})"
    kind = told["instrument"]
    yield f"instrument {kind['kind'].lower().replace('_', ' ')}" + (f": {kind['reason']}" if kind["reason"] else "")
    if told["cleared_by"]:
        what = "a valid stated identifier" if told["cleared_by"] == "identifier" else "its name only"
        yield f"compared with {compared['with']}: no match; cleared by {what}"


def _match(match: Mapping[str, Any]) -> Iterator[str]:
    for e in match["evidence"]:
        said = {"supports": "speaks for it", "contradicts": "speaks against it", "neutral": "says nothing either way"}
        detail = f"; {e['detail']}" if e["detail"] else ""
        yield (
            f"{words.KINDS[e['kind']]}: the row's “{e['searched']}” against “{e['found']}” ({e['source']}) "
            f"{said[e['result']]}; score {e['score']:g}, weight {e['weight']:g}{detail}"
        )
    dates = match["dates"]
    yield f"relation: {words.relation(match)}" + (f"; {match['reason']}" if match["reason"] else "")
    yield (
        f"listed {dates['listed']}, prohibition effective {dates['effective']}, end of divestment window "
        f"{dates['divestment_ends']}{words.removed(dates)}: phase {words.PHASES[match['phase']]}, "
        f"ruling {match['ruling']}"
    )
    if match["basis"]:
        yield f"why it is listed: {match['basis']['text']} Source: {match['basis']['source']}."
    made = match["decision"]
    if made:
        state = "in force" if made["in_force"] else f"not in force ({made['why_not']})"
        yield (
            f"decision {made['id']}, {state}: {made['conclusion']} by {made['by']} on {made['on']} until "
            f"{made['until']}, second signature {made['signed_by'] or 'none'}: {made['reason']}"
        )


def _near(near: Mapping[str, Any]) -> str:
    return f"{near['name']} (OFAC uid {near['entity_uid']}), score {near['score']:g}: {near['why_not']}"


def _problem(told: Mapping[str, Any]) -> list[str]:
    if told["verdict"] != "UNSCREENED":
        return []
    problem = told["problem"]
    read = "the row as read: " + " | ".join(told["cells"])
    return [f"{problem['code']}: {problem['text']}", f"to do: {problem['do']}", read] if problem else [read]


def _rule(told: Mapping[str, Any]) -> Iterator[str]:
    if told["ruling"]:
        action = told["action"].lower().replace("_", " ")
        yield f"for the action “{action}” in that phase the decision table says {told['ruling']}"
        yield {
            "unknown": "not stated for both, owner and who benefits, whether they are U.S. persons, so treated as one",
            "yes": "the account is a U.S. person's, as the account map states",
            "no": "neither owner nor beneficiary is a U.S. person, as the account map states",
        }[told["us_person"]]
    yield from told["citations"]
