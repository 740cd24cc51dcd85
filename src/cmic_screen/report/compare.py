"""Two records of the same book: the first difference between them and its cause; it reads and judges nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.report import record as recording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LONGEST: Final = 300


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
    found = _findings(then, now)
    if found is not None:
        return Difference(where=found[0], text=found[1], cause=cause)
    if then["inputs"] != now["inputs"]:
        return Difference(where="inputs", text=_inputs(then["inputs"], now["inputs"]), cause=cause)
    for key in sorted({*then, *now} - set(recording.NOT_DIGESTED) - {"findings"}):
        if then.get(key) != now.get(key) and key != "list":
            text = f"{key}: the report says {_short(then.get(key))}, the new screening {_short(now.get(key))}."
            return Difference(where=key, text=text, cause=cause)
    return Difference(where="list", text="The list differs; no finding does.", cause=cause)


def _findings(then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, str] | None:
    """The first finding that is not the same, and what of it."""
    old, new = ({f["ref"]: f for f in record["findings"]} for record in (then, now))
    for ref in sorted({*old, *new}):
        if ref not in new:
            return ref, f"{ref} is in the report and not in the new screening."
        if ref not in old:
            return ref, f"{ref} is in the new screening and not in the report."
        for key in sorted(old[ref]):
            if old[ref][key] != new[ref].get(key):
                said, found = _short(old[ref][key]), _short(new[ref].get(key))
                return ref, f"{ref}, {key}: the report says {said}, the new screening {found}."
    return None


def _inputs(then: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]) -> str:
    """The first file that is not the same, and what of it."""
    for old, new in zip(then, now, strict=False):
        for key in ("file", "sha256", *sorted(old)):
            if old[key] != new.get(key):
                return f"{old['file']}, {key}: the report says {_short(old[key])}, now {_short(new.get(key))}."
    return f"The report was made of {len(then)} files, {len(now)} were given now."


def _short(value: object) -> str:
    """A value as a person can read it in one sentence."""
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


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
