"""Parts the instrument's notation (`-A`, `SPON ADR`, `NPV`, `4.125% 05/06/26`) from the name; guesses no issuer.

Each part taken off is kept with its meaning, for `instruments.py` and for the explanation of a match. The words are in
`notation.py`; Chinese notation in `han.py`; HKEX short names of warrants and bull/bear contracts in `hkex.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmic_screen.model import InstrumentKind as Kind
from cmic_screen.names import notation as n
from cmic_screen.names.bare import is_bare
from cmic_screen.names.fold import has_han
from cmic_screen.names.han import split_han
from cmic_screen.names.hkex import parse_structured
from cmic_screen.names.pieces import CLASS, EDGES, FORMS, Pieces, cut, known
from cmic_screen.names.respaced import forms_apart, respaced

if TYPE_CHECKING:
    from collections.abc import Sequence

_COUPON = re.compile(r"(?:(?<=\s)|^)(?:\d{1,2}\s+)?\d+(?:[.,/]\d+)?\s?%")
_FILED = re.compile(r"/[A-Z]{2}/?")
_BEFORE_L = frozenset({"CORP", "CORPORATION", "COMPANY", "CO"})
_DATES = frozenset({"date", "expiry", "year", "term", "number", "expiry and strike", "coupon and term"})
_EXPIRES = frozenset({"date", "expiry", "term", "warrant", "bull or bear contract"})
_LINKING = frozenset({"ON", "LINKED", "TO"})
_LENT = frozenset({Kind.BOND, Kind.CONVERTIBLE})
_TERMED = frozenset(
    {Kind.BOND, Kind.OPTION, Kind.FUTURE, Kind.WARRANT, Kind.STRUCTURED_NOTE, Kind.SWAP, Kind.CONVERTIBLE}
)  # kinds beside which a year is a maturity or expiry


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of notation: its text as read, what it is (`share class`, `coupon`…), the kind it speaks for, if any."""

    text: str
    what: str
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class SplitName:
    """The issuer's name as far as it can be told, and what was taken off, in the order of reading."""

    issuer: str
    parts: tuple[Part, ...] = ()


def _last(p: Pieces, taken: list[Part]) -> tuple[int, str, Kind | None] | None:
    """How many pieces at the end are notation, what they are, and the kind they speak for; None where the name ends."""
    for size in range(min(n.MOST_WORDS, len(p.keys)), 0, -1):
        found = known(" ".join(p.keys[-size:]))
        if found:
            return size, *found
        if size < len(p.keys) and " ".join(p.keys[-size:]) in n.STATES:
            return size, "state of the line", None
    if not p.keys[-1]:
        return 1, "punctuation", None
    if len(p.keys) > 2 and n.MATURES.fullmatch(p.keys[-1]):  # X 3.5 2030, X 4.125 26, X MTN 3 27
        whole = p.keys[-2].isdigit() and n.WORDS.get(p.keys[-3], ("", None))[1] in _LENT
        if whole or n.RATE.fullmatch(p.keys[-2]):
            return 2, "coupon and term", Kind.BOND
    return _share_class(p) or _amount(p, taken) or _beside(p, taken) or (None if taken else _mark(p))


def _share_class(p: Pieces) -> tuple[int, str, Kind | None] | None:
    key, before = p.keys[-1], p.keys[-2] if len(p.keys) > 1 else ""
    if before in n.CLASS_WORDS and n.CLASS_MARK.fullmatch(key):
        return 2, "share class", Kind.SHARE
    if key in CLASS or (p.dashed[-1] and len(key) <= 2 and key.isalpha()):
        return 1, "market line" if key in n.MAINLAND else "share class", Kind.SHARE
    return (1, "series", None) if len(key) == 1 and before in n.WORDS else None


def _mark(p: Pieces) -> tuple[int, str, Kind | None] | None:
    """A statement's flag (`LIMITED T`) or EDGAR's mark (`LTD /FI`) behind the legal form, which is not the next word of
    a longer name; but LIMITED may be cut to L.
    """
    if len(p.keys) < 3 or p.keys[-2] not in FORMS:
        return None
    word, form = p.words[-1], p.words[-2]
    flag = len(word) == 1 and word.isupper() and form.isupper() and not (word == "L" and p.keys[-2] in _BEFORE_L)
    return (1, "mark", None) if flag or _FILED.fullmatch(word) else None


def _amount(p: Pieces, taken: list[Part]) -> tuple[int, str, Kind | None] | None:
    key, before = p.keys[-1], p.keys[-2] if len(p.keys) > 1 else ""
    if n.NUMBER.fullmatch(key) and (n.CURRENCY.fullmatch(before) or before in n.VALUES):
        return (2, "strike", Kind.OPTION) if before == "STRIKE" else (2, "par value", Kind.SHARE)
    if struck := _struck(p, taken):
        return struck
    if n.NUMBER.fullmatch(key) and n.WORDS.get(before, ("", None))[1] in _LENT:  # X PERP 2.9, X CB 26
        return 1, "coupon", Kind.BOND
    if n.RATIO.fullmatch(key) and n.WORDS.get(before, ("", None))[1] is Kind.RECEIPT:  # X ADR 100, X ADR 10/HD-,10
        return 1, "ratio", None
    if not n.YEAR.fullmatch(key):
        return None
    derives = any(part.kind in _TERMED for part in taken) or any(k in n.WORDS for k in p.keys[:-1])
    derives = derives or (known(before) or ("", None))[1] is Kind.BOND  # X CNY3.5BN 2026
    derives = derives or any(" ".join(p.keys[-1 - size : -1]) in n.WORDS for size in range(2, n.MOST_WORDS + 1))
    return (1, "year", None) if derives else None


def _struck(p: Pieces, taken: list[Part]) -> tuple[int, str, Kind | None] | None:
    """An option's strike at the end, with what stands before or behind it of call or put and of expiry."""
    key, before = p.keys[-1], p.keys[-2] if len(p.keys) > 1 else ""
    what = "call" if key[0] == "C" else "put"
    if key in ("C", "P") and taken and n.NUMBER.fullmatch(taken[0].text):
        return 1, what, Kind.OPTION
    if key in ("C", "P") and n.NUMBER.fullmatch(before) and _dated(p, taken):  # X 26DEC26 80 C
        return 2, what, Kind.OPTION
    if n.NUMBER.fullmatch(key):  # CALL X DEC26 80, CALL X DEC 2026 80
        for size in (1, 2, 3):
            if len(p.keys) > size + 1 and _expires(" ".join(p.keys[-1 - size : -1])):
                return size + 1, "expiry and strike", None
    struck = n.STRIKE.fullmatch(key) and _dated(p, taken)  # X 12/30/26 C80, X C80 12/30/26
    return (1, what, Kind.OPTION) if struck else None


def _dated(p: Pieces, taken: list[Part]) -> bool:
    """Whether a date or month of expiry stands within the name, or was taken off."""
    if any(part.what in _EXPIRES for part in taken):
        return True
    within = (" ".join(p.keys[i : i + size]) for i in range(1, len(p.keys)) for size in (1, 2))
    return any(_expires(x) or n.YEAR.fullmatch(x) for x in within)


def _expires(key: str) -> bool:
    """Whether this is a date, a month of expiry or a term, or says one with the kind (CW27, RC2706A)."""
    return key not in n.WORDS and (found := known(key)) is not None and found[0] in _EXPIRES


def _beside(p: Pieces, taken: list[Part]) -> tuple[int, str, Kind | None] | None:
    """Words and numbers that are notation only beside other notation, or (COM) behind the legal form."""
    key, before = p.keys[-1], p.keys[-2] if len(p.keys) > 1 else ""
    if key == "COM" and len(p.keys) > 2 and before in FORMS:
        return 1, "share", Kind.SHARE
    noted = bool(taken) or (known(before) or ("", None))[1] is not None  # FRN NOTE, 'A'CNY1 (SC)
    if (noted and key in n.ONLY_BESIDE) or (taken and key in n.CLASS_WORDS):
        return 1, "notation", None
    if key in n.CURRENCIES and (len(p.keys) > 2 or len(before) > 3):  # CHINA MOBILE USD
        return 1, "currency", None
    if key in n.MARKET_CODES and (
        before in FORMS or (before in CLASS and len(p.keys) > 2)
    ):  # CHINA TELECOM CORP LTD HK
        return 1, "market", None
    if n.MONTH_CODE.fullmatch(key) and any(part.kind is not None and part.kind.derives for part in taken):
        return 1, "expiry", None
    return (1, "number", None) if taken and n.NUMBER.fullmatch(key) else None


def _take_writer(p: Pieces, taken: list[Part]) -> None:
    """The bank that wrote a derivative, before the name of the underlying or behind it; none where it is all there is,
    since there are derivatives of banks.
    """
    own = frozenset("_".join(p.keys).split("_"))
    if "_".join(p.keys) in n.WRITERS or not own - n.WRITERS - n.WRITERS_ALSO - {"GROUP", "HOLDINGS"}:
        return
    writer, dash, rest = p.words[0].partition("-")
    if dash and rest and writer.upper() in n.WRITERS:  # SG-CHINA MOBILE
        taken.append(Part(writer, "writer"))
        p.words[0], p.keys[0] = rest, rest.strip(EDGES).upper()
        return
    for size in (3, 2, 1):
        if len(p.keys) > size and "_".join(p.keys[:size]) in n.WRITERS:
            also = next((i for i in range(size, len(p.keys) - 1) if p.keys[i] not in n.WRITERS_ALSO), len(p.keys) - 1)
            taken.append(Part(" ".join(p.words[:also]), "writer"))
            del p.words[:also], p.keys[:also], p.dashed[:also]
            return
        if len(p.keys) > size and "_".join(p.keys[-size:]) in n.WRITERS:
            taken.append(Part(" ".join(p.words[-size:]), "writer"))
            del p.words[-size:], p.keys[-size:], p.dashed[-size:]
            return


def _take_code(p: Pieces, taken: list[Part]) -> None:
    """A line's code and market, before the name or behind it: `728 HK CHINA TELECOM`, `CHINA TELECOM (0728.HK)`."""
    for size in (2, 1):
        for at in (slice(0, size), slice(-size, None)):
            if len(p.keys) > size and n.CODE.fullmatch(" ".join(p.keys[at])):
                taken.append(Part(" ".join(p.words[at]), "code"))
                del p.words[at], p.keys[at], p.dashed[at]


def _take_front(p: Pieces, taken: list[Part], *, dated: bool) -> bool:
    for size in range(min(n.MOST_WORDS, len(p.keys) - 1), 0, -1):
        key = " ".join(p.keys[:size])
        found = n.OPENING_PHRASES.get(key) or n.WORDS.get(key)
        if found is None or len(p.keys) <= size:
            continue
        linked = len(p.keys) > size + 1 and p.keys[size] in n.LINKING
        opens = found[0] in n.OPENING or key in n.OPENING or key in n.OPENING_PHRASES
        if opens or (dated and not n.OPENING_DATED.isdisjoint((key, found[0]))) or (linked and found[1] is not None):
            taken.append(Part(" ".join(p.words[:size]), *found))
            skip = size + linked
            del p.words[:skip], p.keys[:skip], p.dashed[:skip]
            return True
    return False


def _take_middle(p: Pieces, taken: list[Part]) -> None:
    """`SMIC CW DEC26 SEMICONDUCTOR MANUFACTURING`: notation between a code, or words of the name, and it."""
    sizes = range(n.MOST_WORDS, 0, -1)
    for i, size in ((i, size) for i in range(1, len(p.keys) - 1) for size in sizes if i + size < len(p.keys)):
        found = n.WORDS.get(" ".join(p.keys[i : i + size]))
        if found and found[1] is not None and found[1].derives:
            end = i + size
            while end < len(p.keys) - 1 and (
                known(p.keys[end]) or n.YEAR.fullmatch(p.keys[end]) or p.keys[end] in _LINKING
            ):  # ELN LINKED TO X, CERT 2027 ON X
                end += 1
            taken.append(Part(" ".join(p.words[i:end]), *found))
            start = 0 if set(p.keys[:i]) <= set(p.keys[end:]) else i
            del p.words[start:end], p.keys[start:end], p.dashed[start:end]
            return


def _take_leading_expiry(p: Pieces, taken: list[Part]) -> None:
    """The expiry that stood between the writer and the underlying: `UBS DEC26 X CALL`."""
    for size in (2, 1):
        if len(p.keys) > size and _expires(" ".join(p.keys[:size])):
            taken.append(Part(" ".join(p.words[:size]), "expiry"))
            del p.words[:size], p.keys[:size], p.dashed[:size]
            return


def _take_tail(p: Pieces, tail: list[Part], beside: Sequence[Part] = ()) -> None:
    """Move notation from the end to `tail`; `beside` is what was taken off elsewhere."""
    while len(p.words) > 1 and (found := _last(p, tail or list(beside))) is not None and len(p.words) > found[0]:
        size, what, kind = found
        tail.insert(0, Part(" ".join(p.words[-size:]), what, kind))
        del p.words[-size:], p.keys[-size:], p.dashed[-size:]


def _split_latin(name: str) -> SplitName:
    tail: list[Part] = []
    front = list[Part]()
    if option := n.OPTION_ON.match(name):
        front.append(Part(option[0].strip(), "call" if option[1][0] in "Cc" else "put", Kind.OPTION))
        name = name[option.end() :]
    coupon = n.TERMS.search(name) or _COUPON.search(name)
    if coupon and name[: coupon.start()].strip(EDGES):
        tail.append(Part(name[coupon.start() :].strip(), "coupon and term", Kind.BOND))
        name = name[: coupon.start()]
    elif coupon and name[coupon.end() :].strip(EDGES):  # 4.125% X 2026
        front.append(Part(coupon[0].strip(), "coupon", Kind.BOND))
        name = name[coupon.end() :].strip(EDGES)
    p = cut(name)
    _take_code(p, front)
    _take_tail(p, tail, beside=front)
    dated = any(part.what in _DATES for part in tail) or bool(p.keys and n.MONTH_CODE.fullmatch(p.keys[-1]))
    while len(p.words) > 1 and _take_front(p, front, dated=dated):
        pass
    _take_middle(p, front)
    if any(part.kind is not None and part.kind.derives for part in (*front, *tail)):
        _take_writer(p, front)
        _take_leading_expiry(p, front)
        _take_tail(p, tail, beside=front)
    issuer = " ".join(p.words).strip(" ,;:-–/")
    return SplitName(issuer, tuple(part for part in (*front, *tail) if part.what != "punctuation"))


def split_instrument(name: str) -> SplitName:
    """Take off what belongs to the instrument, again until nothing more comes off, since notations stack.

    A name that is nothing but notation is returned whole, without parts. Empty in, empty out.
    """
    name = forms_apart(" ".join(name.split()))
    if is_bare(name):
        return SplitName(name.strip(",;"))
    name = respaced(name)
    product = parse_structured(name) if "@" in name or "#" in name else None
    if product:
        what = f"{'call' if product.call else 'put'}, expires 20{product.expiry[:2]}-{product.expiry[2:]}"
        parts = (
            Part(product.issuer, "written by (HKEX code)"),
            Part(name[name.find(product.underlying) :], what, product.kind),
        )
        return SplitName(product.underlying, parts)
    if has_han(name):
        han = split_han(name)
        return SplitName(han.issuer, tuple(Part(*part) for part in han.parts))
    split = _split_latin(name)
    return split if split.issuer else SplitName(name)
