"""One published record, whatever its format, as a ListedEntity; it refuses what it does not understand, never skips.

The fields are OFAC's own labels (`Equity Ticker`, `Listing Date (CMIC)`…); E.O. 13959 as amended by E.O. 14032,
s.1(b) and (c), gives the 60 and 365 days that are asserted. Standards: ISO 6166 (ISIN),
ISO 17442 (LEI), GB 32100 (USCC).
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from stdnum import exceptions, isin, lei
from stdnum.cn import uscc

from cmic_screen.model import (
    EntityName,
    EntityTicker,
    ListedEntity,
    NameKind,
    RejectedIdentifier,
    Scheme,
    SecurityIdentifier,
)
from cmic_screen.reference.basis import basis_of
from cmic_screen.reference.faults import refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from cmic_screen.reference.published import PublishedRecord

LISTED = "Listing Date (CMIC)"
EFFECTIVE = "Effective Date (CMIC)"
DIVESTMENT = "Purchase/Sales For Divestment Date (CMIC)"
_DATES = {LISTED: "listed", EFFECTIVE: "effective", DIVESTMENT: "divestment_ends"}
_NUMBERS: dict[str, tuple[Scheme, Callable[[str], str]]] = {
    "ISIN": (Scheme.ISIN, isin.validate),
    "Legal Entity Number": (Scheme.LEI, lei.validate),
    "Unified Social Credit Code (USCC)": (Scheme.USCC, uscc.validate),
    "Company Number": (Scheme.COMPANY_NO, str),
    "C.R. No.": (Scheme.COMPANY_NO, str),
    "Business Registration Number": (Scheme.COMPANY_NO, str),
}
_TICKER = re.compile(r"(?P<code>[A-Z0-9.]+) +(?P<country>[A-Z]{2})|(?P<digits>[0-9]{4,6})(?P<run_on>[A-Z]{2})")
_FIRST, _LAST = 2021, 2199  # the list begins in 2021; no sum of days may leave the calendar
_KIND_ORDER = tuple(NameKind)


def to_entity(record: PublishedRecord, file: str) -> ListedEntity:
    """The record as a ListedEntity: duplicates folded, order made canonical, dates asserted, numbers tested.

    An identifier that breaks its standard is kept in `rejected` with the rule it broke. ListError where a label is
    unknown, a date is missing or stated twice differently, or the clocks do not add up; it names file, record, field.
    """
    names = list(record.names)
    tickers: list[EntityTicker] = []
    good: list[SecurityIdentifier] = []
    bad: list[RejectedIdentifier] = []
    dates: dict[str, date] = {}
    target: set[str] = set()
    for label, value in record.fields:
        if label in _NUMBERS:
            _number(record, label, value, good, bad)
        elif label in _DATES:
            day = _day(record, label, value, file)
            if dates.setdefault(label, day) != day:
                raise refuse(f"two dates, {dates[label]} and {day}", file=file, record=record.uid, field=label)
        elif label == "Equity Ticker":
            tickers.append(_ticker(record, value, file))
        elif label == "Issuer Name":
            names.append(EntityName(text=value, kind=NameKind.ISSUER))
        elif label == "Target Type":
            target.add(value)
        else:
            raise refuse(f"unknown field with value {value!r}", file=file, record=record.uid, field=label)
    _check(record, names, dates, target, file)
    return ListedEntity(
        uid=record.uid,
        names=tuple(sorted(dict.fromkeys(names), key=_name_order)),
        identifiers=tuple(sorted(dict.fromkeys(good), key=lambda i: (list(Scheme).index(i.scheme), i.value))),
        rejected=tuple(sorted(dict.fromkeys(bad), key=lambda i: (list(Scheme).index(i.scheme), i.text))),
        tickers=tuple(sorted(dict.fromkeys(tickers), key=lambda t: (t.country, t.code, t.text))),
        listed=dates[LISTED],
        effective=dates[EFFECTIVE],
        divestment_ends=dates[DIVESTMENT],
        target_type="".join(target),
        linked_to=tuple(sorted(set(record.linked_to))),
        programmes=tuple(sorted(set(record.programmes))),
        legal_authority=tuple(sorted(set(record.legal_authority))),
        countries=tuple(sorted(set(record.countries))),
        basis=basis_of(record.uid, dates[LISTED]),
    )


def parse_ticker(text: str) -> tuple[str, str] | None:
    """An `Equity Ticker` parted in code and country (a country, not a market), or None where it is not understood.

    OFAC prints `941 HK`, `600862  CN` and once `603019CN`; a code run together with its country must be all digits.
    """
    found = _TICKER.fullmatch(text.strip())
    if found is None:
        return None
    return found["code"] or found["digits"], found["country"] or found["run_on"]


def _name_order(name: EntityName) -> tuple[int, bool, str]:
    return _KIND_ORDER.index(name.kind), name.script != "Latin", name.text


def _number(
    record: PublishedRecord,
    label: str,
    value: str,
    good: list[SecurityIdentifier],
    bad: list[RejectedIdentifier],
) -> None:
    scheme, validate = _NUMBERS[label]
    if value in record.invalid:
        bad.append(RejectedIdentifier(scheme=scheme, text=value, fault="OFAC marks this number as not valid"))
        return
    try:
        good.append(SecurityIdentifier(scheme=scheme, value=validate(value)))
    except exceptions.ValidationError as fault:
        bad.append(RejectedIdentifier(scheme=scheme, text=value, fault=_words(scheme, value, fault)))


def _words(scheme: Scheme, value: str, fault: exceptions.ValidationError) -> str:
    name = scheme.value.upper()
    if isinstance(fault, exceptions.InvalidLength):
        return f"{len(value)} characters, not the length of an {name}"
    if isinstance(fault, exceptions.InvalidChecksum):
        return f"check digit of the {name} is wrong"
    if isinstance(fault, exceptions.InvalidComponent):
        return f"country or other part of the {name} is unknown"
    return f"not written like an {name}"


def _day(record: PublishedRecord, label: str, value: str, file: str) -> date:
    for form in ("%d %b %Y", "%Y-%m-%d"):
        try:
            day = datetime.strptime(value, form).date()  # noqa: DTZ007  a calendar day has no zone
        except ValueError:
            continue
        if _FIRST <= day.year <= _LAST:
            return day
    raise refuse(f"{value!r} is not a date", file=file, record=record.uid, field=label)


def _ticker(record: PublishedRecord, value: str, file: str) -> EntityTicker:
    parts = parse_ticker(value)
    if parts is None:
        raise refuse(f"{value!r} is not a ticker with a country", file=file, record=record.uid, field="Equity Ticker")
    return EntityTicker(text=value, code=parts[0], country=parts[1], venue=record.venues.get(value, ""))


@cache
def _clocks() -> tuple[tuple[str, int], ...]:
    """(date field, days after the listing) as programme.toml has them from E.O. s.1(b)(ii) and 1(c)(ii)."""
    from cmic_screen.programme import load_programme  # only building needs the law; the light commands do not

    law = load_programme().raw["clocks"]
    return (EFFECTIVE, law["days_to_effective"]), (DIVESTMENT, law["days_to_divestment_end"])


def _check(
    record: PublishedRecord, names: list[EntityName], dates: dict[str, date], target: set[str], file: str
) -> None:
    if sum(n.kind is NameKind.PRIMARY and n.script == "Latin" for n in names) != 1:
        raise refuse("no primary name, or more than one", file=file, record=record.uid, field="name")
    if any(not n.text.strip() for n in names):
        raise refuse("a name without text", file=file, record=record.uid, field="name")
    if len(target) > 1:
        raise refuse(f"more than one: {sorted(target)}", file=file, record=record.uid, field="Target Type")
    for label in _DATES:
        if label not in dates:
            raise refuse("missing", file=file, record=record.uid, field=label)
    for label, days in _clocks():
        due = dates[LISTED] + timedelta(days=days)
        if dates[label] != due:
            raise refuse(
                f"{dates[label]} is not {days} days after the listing of {dates[LISTED]} ({due})",
                file=file,
                record=record.uid,
                field=label,
            )
