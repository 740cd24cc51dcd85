"""What changed between two runs, and why: new, gone, still open, reopened, re-scored; it screens only as told how.

The cause is established by counterfactual runs (issue 8.4): the new run with one thing as it was before, and the old
run with one thing as it is now. What must be there for the change to appear is its cause.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, TypeVar

from cmic_screen.history.observe import Key, Seen, seen, totals


class Factor(StrEnum):
    """What can differ between two runs. `data` is the securities master, the account map and fund constituents."""

    HOLDINGS = "holdings"
    LIST = "list"
    PROGRAMME = "programme"
    DECISION = "decision"
    DATA = "data"
    DATE = "date"
    VERSION = "program version"


SWAPPED: Final = tuple(f for f in Factor if f is not Factor.VERSION)
"""Factors that a counterfactual run can exchange; the old program is not at hand."""

FIELDS: Final = (
    "change", "what", "ref", "ref_before", "account", "security", "entity", "entity_uid", "before", "after",
    "value_before", "value_after", "cause", "text",
)  # fmt: skip
"""Fields of a change, all text. `change`: new, gone, still open, reopened, re-scored, total; `what`: finding, total."""

Rescreen = Callable[[Mapping[Factor, str]], Mapping[str, Any]]
"""From factor -> "old" or "new" to the record of a run made of that material."""

T = TypeVar("T")


@dataclass(slots=True)
class Causes:
    """Finds the cause of a change, running each counterfactual once and only when it is needed.

    `differing` are the factors in which the two runs' material differs, by digest.
    """

    old: Mapping[str, Any]
    new: Mapping[str, Any]
    differing: tuple[Factor, ...]
    rescreen: Rescreen
    runs: dict[tuple[str, ...], Mapping[str, Any]] = field(default_factory=dict)
    holdings: dict[int, dict[Key, Seen]] = field(default_factory=dict)

    def of(self, look: Callable[[Mapping[str, Any]], T]) -> tuple[Factor, ...]:
        """The factors without which `look` would not see in the new run what it sees; where each alone would do, all
        that would; where none does alone, every differing one.
        """
        before, after = look(self.old), look(self.new)
        swapped = [f for f in self.differing if f is not Factor.VERSION]
        version: tuple[Factor, ...] = ()
        if Factor.VERSION in self.differing:
            now = look(self._run("old", ()))
            version = (Factor.VERSION,) if now != before else ()
            if now == after:
                return version
        if len(swapped) == 1:
            return (*swapped, *version)
        needed = tuple(f for f in swapped if look(self._run("new", (f,))) != after)
        if Factor.DATE in needed and len(needed) > 1 and look(self._run("old", (Factor.DATE,))) == before:
            # A new list judged on a day before it existed differs for no reason of the calendar's.
            needed = tuple(f for f in needed if f is not Factor.DATE)
        enough = needed or tuple(f for f in swapped if look(self._run("old", (f,))) == after)
        return (*(enough or swapped), *version)

    def seen(self, record: Mapping[str, Any]) -> dict[Key, Seen]:
        """The holdings of a record, worked out once a record."""
        if id(record) not in self.holdings:
            self.holdings[id(record)] = seen(record)
        return self.holdings[id(record)]

    def _run(self, base: str, swapped: tuple[Factor, ...]) -> Mapping[str, Any]:
        """The record of `base` material with the swapped factors from the other run."""
        other = {"old": "new", "new": "old"}[base]
        key = (base, *swapped)
        if key not in self.runs:
            self.runs[key] = self.rescreen({f: other if f in swapped else base for f in SWAPPED})
        return self.runs[key]


def changes(causes: Causes, *, ever_open: frozenset[Key] = frozenset()) -> tuple[dict[str, str], ...]:
    """Every change from the old record to the new: findings in the new record's order, then gone ones, then totals.

    `ever_open` holds the holdings that were open in any accepted run before the old one.
    """
    before, after = causes.seen(causes.old), causes.seen(causes.new)
    twin = _twins(before, after)
    found = []
    for key, now in after.items():
        was = before.get(key) or before.get(twin.get(key, ()))
        change = _change(was, now, ever_open)
        if change:
            found.append(_finding(causes, change, was, now))
    kept = set(after) | set(twin.values())
    found += [_finding(causes, "gone", was, None) for key, was in before.items() if key not in kept]
    return (*found, *_totals(causes))


def _change(was: Seen | None, now: Seen, ever_open: frozenset[Key]) -> str:
    """Which of the five it is; "" for what is settled and unchanged."""
    if was is None:
        return "reopened" if now.open and now.key in ever_open else "new"
    if now.open and not was.open and (was.dismissed or was.key in ever_open):
        return "reopened"
    if was.signature != now.signature:
        return "re-scored"
    return "still open" if now.open else ""


def _twins(before: Mapping[Key, Seen], after: Mapping[Key, Seen]) -> dict[Key, Key]:
    """New key to old key, where a holding's description changed but account and an identifier are the same."""
    loose: dict[tuple[str, str], Key] = {}
    for key, was in before.items():
        if key not in after:
            loose |= {(was.account, mark): key for mark in sorted(was.marks)}
    twin: dict[Key, Key] = {}
    for key, now in after.items():
        hits = [loose[at] for mark in sorted(now.marks) if (at := (now.account, mark)) in loose]
        free = [old for old in hits if old not in twin.values()]
        if key not in before and free:
            twin[key] = free[0]
    return twin


def _finding(causes: Causes, change: str, was: Seen | None, now: Seen | None) -> dict[str, str]:
    lead = now or was
    assert lead is not None
    keys = [s.key for s in (now, was) if s is not None]

    def look(record: Mapping[str, Any]) -> object:
        there = causes.seen(record)
        hit = next((there[k] for k in keys if k in there), None)
        return None if hit is None else hit.signature

    why = () if change == "still open" else causes.of(look)
    return {
        "change": change,
        "what": "finding",
        "ref": ", ".join(now.refs) if now else "",
        "ref_before": ", ".join(was.refs) if was else "",
        "account": lead.account,
        "security": lead.name,
        "entity": "; ".join(name for _, name in lead.entities),
        "entity_uid": " ".join(uid for uid, _ in lead.entities),
        "before": was.verdict if was else "",
        "after": now.verdict if now else "",
        "value_before": _money(was),
        "value_after": _money(now),
        "cause": " and ".join(why),
        "text": "; ".join(dict.fromkeys([*(_words(causes, f, was, now) for f in why), *_lapsed(causes, was, now)])),
    }


def _lapsed(causes: Causes, was: Seen | None, now: Seen | None) -> list[str]:
    """Where a dismissal no longer holds: which decision, and why it lapsed."""
    if was is None or now is None or not was.dismissed or now.dismissed:
        return []
    return [_decision_words(causes.old, causes.new, now)]


def _money(one: Seen | None) -> str:
    return ", ".join(f"{amount} {currency}" for currency, amount in one.value) if one else ""


def _words(causes: Causes, factor: Factor, was: Seen | None, now: Seen | None) -> str:
    """One factor's part in a change, in words."""
    old, new = causes.old, causes.new
    pairs = {
        Factor.LIST: (old["list"]["published"], new["list"]["published"]),
        Factor.PROGRAMME: (old["programme"]["version"], new["programme"]["version"]),
        Factor.DATE: (old["as_of"], new["as_of"]),
        Factor.VERSION: (old["tool"]["version"], new["tool"]["version"]),
    }
    if factor in pairs:
        first, then = pairs[factor]
        label = {Factor.LIST: "list published", Factor.DATE: "as-of date"}.get(factor, factor.value)
        return f"{label} {first} -> {then}" if first != then else f"{label} {then}, its content changed"
    if factor is Factor.HOLDINGS:
        if was is None or now is None:
            return "entered the holdings" if was is None else "left the holdings"
        return "described differently" if was.key != now.key else "the holdings differ"
    if factor is Factor.DECISION:
        return _decision_words(old, new, now or was)
    return "securities master, account map or fund constituents changed"


def _decision_words(old: Mapping[str, Any], new: Mapping[str, Any], lead: Seen | None) -> str:
    """Which decisions on the holding changed, and how."""
    assert lead is not None
    mine = {
        side: {
            d["id"]: d["why_not"] or "in force"
            for d in record.get("decisions", ())
            if d["security"] in lead.key and d["entity_uid"] in {"", *(uid for uid, _ in lead.entities)}
        }
        for side, record in (("old", old), ("new", new))
    }
    told = [
        f"{name} {mine['new'].get(name, 'gone')}"
        for name in sorted({*mine["old"], *mine["new"]})
        if mine["old"].get(name) != mine["new"].get(name)
    ]
    return "; ".join(told) or "the decisions differ"


def _totals(causes: Causes) -> Sequence[dict[str, str]]:
    before, after = totals(causes.old), totals(causes.new)
    rows = []
    for name in dict.fromkeys([*after, *before]):
        if before.get(name, "0") == after.get(name, "0"):
            continue

        def look(record: Mapping[str, Any], name: str = name) -> str:
            return totals(record).get(name, "0")

        why = causes.of(look)
        blank = dict.fromkeys(FIELDS, "")
        rows.append(
            blank
            | {
                "change": "total",
                "what": "total",
                "security": name,
                "before": before.get(name, "0"),
                "after": after.get(name, "0"),
                "cause": " and ".join(why),
                "text": "; ".join(_words(causes, f, None, None) for f in why if f in _DATED),
            }
        )
    return rows


_DATED: Final = (Factor.LIST, Factor.PROGRAMME, Factor.DATE, Factor.VERSION)
