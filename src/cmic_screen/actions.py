"""What a blotter row says was done, as an `Action` of the decision table; it rules on none and guesses no direction.

The vocabulary of many sources and languages is actions.toml's. Words that are not known, or say two different things,
are UNKNOWN, which the decision table makes a question: an action misread as harmless would hide a purchase.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from cmic_screen.model import Action, InstrumentKind

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST: Final = 5
"""Words in the longest phrase of the vocabulary."""

_WORD: Final = re.compile(r"[^\W_]+")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_CJK: Final = re.compile(r"[぀-ヿ㐀-鿿]")
_LOTS: Final = {
    Action.STOCK_SPLIT: "LOT_SPLIT",
    Action.BONUS_ISSUE: "LOT_BONUS",
    Action.GIFT: "LOT_INHERITED",
}
_OPPOSITE: Final = frozenset({Action.BUY, Action.SELL})


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """Cells and phrases to actions. `joined` are CJK phrases, found anywhere in a cell."""

    exact: Mapping[str, Action]
    phrases: Mapping[str, Action]
    joined: tuple[tuple[str, Action], ...]
    endings: tuple[tuple[str, Action], ...]
    beginnings: tuple[tuple[str, Action], ...]
    asks: frozenset[str]
    asks_joined: tuple[str, ...]
    short: frozenset[str]
    weak: frozenset[Action]
    deals: frozenset[Action]
    together: Mapping[frozenset[Action], Action]
    harmless: frozenset[Action]
    negations: frozenset[str]


@lru_cache(maxsize=65536)
def parse(transaction_type: str, side: str, notes: str = "") -> Action:
    """The action of a row, from its cells as stated. Nothing stated, or nothing known, is UNKNOWN.

    The transaction type speaks first, the side where that says nothing, the notes last; but a dividend or a split of
    which the notes say that something was bought or sold is none (FAQ 1047). A short side makes a sale a short sale
    and a purchase a cover. The quantity's sign is not asked: too many sources print it unsigned.
    """
    words = _vocabulary()
    typed, sided = _read(transaction_type), _read(side)
    is_short = _fold(side) in words.short or _fold(side) in {"5", "6"}
    found = _agreed(typed, sided, words)
    if found is None and not is_short:
        found = _read(notes)
    elif found in words.harmless:
        found = _noted(found, notes, words)
    if is_short and found in _OPPOSITE:
        return Action.SELL_SHORT if found is Action.SELL else Action.BUY_TO_COVER
    return found or Action.UNKNOWN


_BY_INSTRUMENT: Final = {
    (Action.REDEMPTION, InstrumentKind.FUND): Action.SELL,
    (Action.EXERCISE, InstrumentKind.RIGHT): Action.RIGHTS_EXERCISED,
    (Action.SELL, InstrumentKind.RIGHT): Action.RIGHTS_SOLD,
    (Action.BOND_CONVERSION, InstrumentKind.RECEIPT): Action.RECEIPT_CONVERSION,
}


def for_instrument(action: Action, kind: InstrumentKind) -> Action:
    """The action as it counts for an instrument (rules §3.3): redeeming a fund's shares is selling them, exercising
    subscription rights is taking them up, and what is converted is what the row holds.
    """
    return _BY_INSTRUMENT.get((action, kind), action)


def lot_flags(transaction_type: str) -> tuple[str, ...]:
    """How a held lot came about without a purchase, as a flag that programme.toml's `date_query` names (rules T7).

    Free text is not believed: a question too many is better than an acquisition unasked.
    """
    found = _read(transaction_type)
    return (_LOTS[found],) if found in _LOTS else ()


def _agreed(typed: Action | None, sided: Action | None, words: _Vocabulary) -> Action | None:
    """Type and side together: the more specific of two deals, the deal where the type is vague, else a question."""
    if typed is None or sided is None or typed is sided:
        return typed or sided
    if typed in words.weak or (typed in _OPPOSITE and sided in {Action.SELL_SHORT, Action.BUY_TO_COVER}):
        return sided
    if {typed, sided} == _OPPOSITE:
        return Action.UNKNOWN
    if typed in words.deals or sided in words.weak:
        return typed
    return words.together.get(frozenset({typed, sided}), Action.UNKNOWN)


def _noted(found: Action, notes: str, words: _Vocabulary) -> Action:
    """A thing that the table permits, with what the notes say was dealt beside it: a dividend that was reinvested is a
    purchase, anything else said there, or denied, is a question.
    """
    plain = _fold(notes)
    tokens = _WORD.findall(plain)
    said = {**_phrases(tokens, words), **(_joined(plain, words) if _CJK.search(plain) else {})}
    dealt = words.deals & set(said.values())
    if not dealt:
        return found
    sure = len(dealt) == 1 and (words.asks | words.negations).isdisjoint(tokens)
    return words.together.get(frozenset({found, *dealt}), Action.UNKNOWN) if sure else Action.UNKNOWN


@lru_cache(maxsize=65536)
def _read(text: str) -> Action | None:
    """What one cell says; None where it says nothing we know."""
    words, plain = _vocabulary(), _fold(text)
    if plain in words.exact:
        return words.exact[plain]
    tokens = _WORD.findall(plain)
    said = _phrases(tokens, words)
    if _CJK.search(plain):
        said.update(_joined(plain, words))
    if not said:
        return None
    within = {t for phrase in said for t in phrase.split()}
    asked = any(t in words.asks and t not in within for t in tokens) or any(a in plain for a in words.asks_joined)
    return Action.UNKNOWN if asked else _weighed(said, words)


def _weighed(said: Mapping[str, Action], words: _Vocabulary) -> Action:
    """The one thing that several phrases mean together, UNKNOWN where they mean two."""
    strong = {p: a for p, a in said.items() if a not in words.weak} or said
    actions = frozenset(strong.values())
    if actions in words.together:
        return words.together[actions]
    if len(actions) > 1 and not actions <= words.deals:
        return Action.UNKNOWN
    return strong[max(strong, key=len)]


def _phrases(tokens: list[str], words: _Vocabulary) -> dict[str, Action]:
    """The phrases of a cell that do not lie within a longer one, and what each means."""
    said: dict[str, Action] = {}
    taken: set[int] = set()
    for size in range(min(_LONGEST, len(tokens)), 0, -1):
        for at in range(len(tokens) - size + 1):
            span = range(at, at + size)
            phrase = " ".join(tokens[at : at + size])
            action = words.phrases.get(phrase) or (_stem(phrase, words) if size == 1 else None)
            if action is not None and taken.isdisjoint(span):
                said[phrase] = action
                taken.update(span)
    return said


def _stem(word: str, words: _Vocabulary) -> Action | None:
    ending = next((a for s, a in words.endings if word.endswith(s)), None)
    return ending or next((a for s, a in words.beginnings if word.startswith(s)), None)


def _joined(plain: str, words: _Vocabulary) -> dict[str, Action]:
    """Phrases of scripts written without blanks, the longest first, none within another."""
    said: dict[str, Action] = {}
    for phrase, action in words.joined:
        if phrase in plain:
            said[phrase] = action
            plain = plain.replace(phrase, " ")
    return said


def _fold(text: str) -> str:
    """Case, accents and width apart, camel case cut into words; NFKD keeps CJK as it is once composed again."""
    cut = _CAMEL.sub(" ", text)
    bare = "".join(c for c in unicodedata.normalize("NFKD", cut) if not unicodedata.combining(c))
    plain = unicodedata.normalize("NFKC", bare).casefold().replace("ø", "o").replace("æ", "ae")
    return " ".join(plain.replace("'", " ").replace("’", " ").split()).strip(" .:;,*")


@lru_cache(maxsize=1)
def _vocabulary() -> _Vocabulary:
    raw = tomllib.loads(resources.files("cmic_screen").joinpath("actions.toml").read_text(encoding="utf-8"))
    phrases = {_fold_phrase(p): Action(a) for a, said in raw["phrase"].items() for p in said}
    longest_first = sorted(phrases.items(), key=lambda pair: -len(pair[0]))
    asks = [_fold(p) for p in raw["asks"]["phrase"]]
    return _Vocabulary(
        exact={_fold(p): Action(a) for a, said in raw["exact"].items() for p in said},
        phrases={p: a for p, a in phrases.items() if "*" not in p},
        joined=tuple((p, a) for p, a in longest_first if _CJK.search(p)),
        endings=tuple((p[1:], a) for p, a in longest_first if p.startswith("*")),
        beginnings=tuple((p[:-1], a) for p, a in longest_first if p.endswith("*")),
        asks=frozenset(a for a in asks if not _CJK.search(a)),
        asks_joined=tuple(a for a in asks if _CJK.search(a)),
        short=frozenset(_fold(p) for p in raw["sides"]["short"]),
        weak=frozenset(Action(a) for a in raw["conflict"]["weak"]),
        deals=frozenset(Action(a) for a in raw["conflict"]["deals"]),
        together={frozenset({Action(a), Action(b)}): Action(c) for a, b, c in raw["conflict"]["together"]},
        harmless=frozenset(Action(a) for a in raw["conflict"]["harmless"]),
        negations=frozenset(_fold(n) for n in raw["conflict"]["negations"]),
    )


def _fold_phrase(phrase: str) -> str:
    if "*" in phrase:
        return ("*" if phrase.startswith("*") else "") + _fold(phrase) + ("*" if phrase.endswith("*") else "")
    return " ".join(_WORD.findall(_fold(phrase)))
