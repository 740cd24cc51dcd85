"""Two records of the same book: the first difference between them and its cause; it reads and judges nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cmic_screen.report import record as recording

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The first place that differs: `where` (`Prohibited!B7`, or a field of the record), and in words what and why."""

    where: str
    text: str
    cause: str = ""


def compare(then: Mapping[str, Any], now: Mapping[str, Any]) -> Difference | None:
    """The first difference between the record kept in a report and one made anew, with its cause; None where equal.

    Causes are looked at in this order: holdings, list, programme, securities master, program version; else the findings
    differ and the program is at fault. Run id, times and what follows the clock are not compared.
    """
    cause = _cause(then, now)
    if then["content_digest"] == now["content_digest"]:
        return None
    old = {f["ref"]: f for f in then["findings"]}
    new = {f["ref"]: f for f in now["findings"]}
    for ref in sorted({*old, *new}):
        if ref not in new:
            return Difference(where=ref, text=f"{ref} is in the report and not in the new screening.", cause=cause)
        if ref not in old:
            return Difference(where=ref, text=f"{ref} is in the new screening and not in the report.", cause=cause)
        for key in sorted(old[ref]):
            if old[ref][key] != new[ref].get(key):
                text = f"{ref}, {key}: the report says {old[ref][key]!r}, the new screening {new[ref].get(key)!r}."
                return Difference(where=ref, text=text, cause=cause)
    for key in sorted({*then, *now} - set(recording.NOT_DIGESTED) - {"findings"}):
        if then.get(key) != now.get(key) and key != "list":
            text = f"{key}: the report says {then.get(key)!r}, the new screening {now.get(key)!r}."
            return Difference(where=key, text=text, cause=cause)
    return Difference(where="list", text="The list differs; no finding does.", cause=cause)


def _cause(then: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    def digests(record: Mapping[str, Any]) -> list[str]:
        return sorted(i["sha256"] for i in record["inputs"])

    for name, differ in (
        ("holdings", digests(then) != digests(now)),
        ("list", then["list"]["digest"] != now["list"]["digest"] or then["list"]["sha256"] != now["list"]["sha256"]),
        ("programme", then["programme"]["sha256"] != now["programme"]["sha256"]),
        ("securities master", then["securities_master"]["sha256"] != now["securities_master"]["sha256"]),
        ("program version", then["tool"] != now["tool"]),
        ("decisions", then.get("decisions") != now.get("decisions")),
    ):
        if differ:
            return name
    return "options, settings or the program itself"
