"""Words and small cells that several sheets share; a sentence about the law comes from the record, not from here."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.report.tables import Cell, Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SCHEMES: Final = {
    "isin": "ISIN", "cusip": "CUSIP", "sedol": "SEDOL", "figi": "FIGI", "lei": "LEI", "wkn": "WKN", "valor": "Valoren",
    "occ": "OCC", "uscc": "USCC", "company_no": "Company no.",
}  # fmt: skip
KINDS: Final = {
    "IDENTIFIER": "identifier", "TICKER": "ticker and market", "NAME_EXACT": "name, equal",
    "NAME_NO_LEGAL_FORM": "name, equal without legal form", "NAME_SIMILAR": "name, similar",
    "NAME_WEAK": "weak alias", "UNDERLYING": "underlying of a derivative", "CONSTITUENT": "constituent of a fund",
    "COUNTRY": "country", "INSTRUMENT": "kind of instrument",
}  # fmt: skip
RELATIONS: Final = {
    "ISSUER": "issuer is listed", "DERIVATIVE": "derivative of a listed issuer's security",
    "FUND_EXPOSURE": "fund that holds a listed name", "RELATED_UNLISTED": "not listed: a relative or a namesake",
    "UNCERTAIN": "not proven",
}  # fmt: skip
PHASES: Final = {
    "OUT_OF_MODEL": "before the amended order", "NOT_LISTED": "not listed", "PENDING": "pending",
    "WINDOW": "window open", "CLOSED": "window closed", "REMOVED": "removed",
}  # fmt: skip
CONCLUSIONS: Final = {
    "PROHIBITED": "Dealing is prohibited or restricted",
    "UNSCREENED": "Could not be screened: a person must look",
    "UPCOMING": "Listed, the prohibition is not yet in effect",
    "REVIEW": "A person must decide",
    "PERMITTED": "Concerns a listed name, permitted here: reason given",
    "SET_ASIDE": "Cash and the like: not a security",
    "CLEAR": "No match to the list",
}

_STATES: Final = {"EXECUTED": "executed", "REJECT_AND_REPORT": "proposed"}
"""What a blotter's status came to, by the flag that says which duty follows."""


def changed(changes: Iterable[Mapping[str, Any]]) -> str:
    """How many changes of each kind, as "2 gone, 20 still open"; "" for none."""
    kinds = Counter("total moved" if c["change"] == "total" else c["change"] for c in changes)
    return ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))


def unchanged(record: Mapping[str, Any]) -> str:
    """Why a record has no changes: nothing did change, or there was nothing to compare with."""
    if record.get("trend"):
        return "Nothing changed since the last accepted run."
    if not record["compliance_record"]:
        return "Not compared with earlier runs: made without a history."
    return "No earlier accepted run to compare with."


def name(finding: Mapping[str, Any]) -> str:
    """What the row calls the security, issuer in front where it says more."""
    issuer, security = finding["issuer_name"], finding["security_name"]
    if issuer and security and issuer != security:
        return f"{security}\n{issuer}"
    return str(security or issuer)


def removed(dates: Mapping[str, str]) -> str:
    """Since when an entity is on the list no more, to put behind its other dates; "" where it still is."""
    return f"; removed {dates['removed']}" if "removed" in dates else ""


def trade(finding: Mapping[str, Any]) -> str:
    """What was done and when, as read, and whether it was done already where the file says so."""
    state = next((said for flag, said in _STATES.items() if flag in finding["flags"]), "")
    parts = (finding["action"].replace("_", " ").lower(), finding["trade_at"] or "no date", state)
    return ", ".join(p for p in parts if p)


def identifiers(finding: Mapping[str, Any]) -> str:
    """Each identifier on a line; what was not stated as it stands, or was refused, says so."""
    out = [
        f"{SCHEMES[i['scheme']]} {i['value']}" + ("" if i["origin"] == "stated" else f" ({i['origin']})")
        for i in finding["identifiers_read"]
    ]
    out += [f"{SCHEMES[r['scheme']]} {r['text']}: refused" for r in finding["identifiers_rejected"]]
    if finding["ticker"]:
        out.append(f"Ticker {finding['ticker']}" + (f" {finding['mic']}" if finding["mic"] else ""))
    return "\n".join(out)


def source(finding: Mapping[str, Any]) -> str:
    """FILE!SHEET!ROW, as `explain --row` takes it."""
    src = finding["source"]
    return f"{src['file']}!{src['sheet']}!{src['row']}"


def source_cell(finding: Mapping[str, Any], places: Mapping[str, str]) -> Cell:
    """The source as a link to its line on All rows, plain where it has none."""
    text = source(finding)
    return Cell(value=text, style="link", link=places[text]) if text in places else Cell(value=text)


def figure(text: str) -> str:
    """A decimal string with its thousands parted by commas; other text as it is."""
    whole, dot, rest = text.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}{dot}{rest}" if digits.isdecimal() and digits.isascii() else text


def verdict(value: str) -> Cell:
    """A verdict as a coloured word."""
    return Cell(value=value, style=f"verdict_{value}")


def sentence(match: Mapping[str, Any]) -> str:
    """A match's evidence in one sentence: the strongest fact whole, the others by name, what speaks against last."""
    support = [e for e in match["evidence"] if e["result"] == "supports"]
    against = [e for e in match["evidence"] if e["result"] == "contradicts"]
    text = _fact(support[0]) if support else "no supporting fact"
    others = list(dict.fromkeys(KINDS[e["kind"]] for e in support[1:]))
    if others:
        text += "; also by " + "; ".join(others)
    if against:
        text += ". Against: " + "; ".join(_fact(e) for e in against)
    return text + "."


def _fact(evidence: Mapping[str, Any]) -> str:
    score = "" if evidence["score"] in (0, 1) else f", {evidence['score']:.2f}"
    searched, found = evidence["searched"], evidence["found"]
    met = f"“{searched}”" if searched == found else f"“{searched}” and “{found}”"
    return f"{KINDS[evidence['kind']]} {met} ({evidence['source']}{score})"


def source_column(findings: Sequence[Mapping[str, Any]]) -> Column:
    """The column Source, wide enough for the longest: a link does not wrap in every spreadsheet program."""
    longest = max((len(source(f)) for f in findings), default=0)
    return Column(header="Source", width=min(max(longest * 1.02 + 1, 17), 46))


def repairs(finding: Mapping[str, Any]) -> str:
    """Each repaired cell on a line."""
    return "\n".join(f"{r['field']}: {r['from']} → {r['to']} ({r['rule']})" for r in finding["repairs"])


_ALWAYS: Final = (
    "OFAC changes or removes the entry; the account's owner and beneficiary are shown to be no U.S. persons."
)
CHANGES: Final = {
    "PROHIBITED": "The custodian corrects what the row states; a specific licence from OFAC covers the action. "
    + _ALWAYS,
    "REVIEW": (
        "A valid ISIN, CUSIP, SEDOL or FIGI from the custodian: equal to a listed one it proves, belonging "
        "to another issuer it contradicts. A reviewer's signed decision. " + _ALWAYS
    ),
    "UPCOMING": "The effective date arrives: from then on dealing is restricted. " + _ALWAYS,
    "PERMITTED": (
        "OFAC lists the issuer itself; the decision, licence or account statement on which this rests lapses or is "
        "withdrawn."
    ),
}


def relation(match: Mapping[str, Any]) -> str:
    """What the security is to the listed entity; where only a reviewer's decision says so, that it does."""
    decision, open_before = match["decision"], match["relation"] in {"UNCERTAIN", "RELATED_UNLISTED"}
    found = (
        decision and decision["conclusion"] == "true-match" and not match["sub_reason"].startswith("related_unlisted")
    )
    return "this entity's, as a reviewer found" if open_before and found else RELATIONS[match["relation"]]


def change(finding: Mapping[str, Any]) -> str:
    """What would change the answer."""
    if finding["instrument"] == "FUND":
        return "Newer constituents of the fund: without a listed name it leaves scope, with one it stays. " + _ALWAYS
    return _by_phase(finding) + CHANGES[finding["verdict"]]


def _by_phase(finding: Mapping[str, Any]) -> str:
    """What the law itself changes: the window of a holding ends (E.O. 13959 s.1(c)), another purpose of a sale."""
    held, lead = finding["action"] == "HOLD", next(iter(finding["matches"]), None)
    if lead is None or finding["us_person"] == "no":
        return ""
    if held and finding["verdict"] == "PROHIBITED" and lead["phase"] == "WINDOW":
        end = lead["dates"]["divestment_ends"]
        return f"The divestment window ends on {end}, 00:01 New York: then a sale to exit needs a licence, too. "
    if not held and finding["verdict"] == "PERMITTED" and lead["ruling"] == "PERMITTED_DIVESTMENT_ONLY":
        return "Any purpose of the deal beside divesting: then it is prohibited. "
    return ""
