"""Aligns the words of a held name with those of one listed name and says how much of each is explained. Pure.

Coverage is by weight and on both sides: a held word that finds no partner speaks against the listed name more than a
listed word that the file left out, since an extra word usually names another company (China Mobile *Games*).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from cmic_screen.resolve import words as w
from cmic_screen.resolve.legal import DOMESTIC
from cmic_screen.resolve.vocabulary import LEANING, PLAIN
from cmic_screen.resolve.wordclass import number

if TYPE_CHECKING:
    from cmic_screen.resolve.vocabulary import Vocabulary

Words = tuple[str, ...]
# Words that describe how a group is built: as an extra word they say less than a business does.
STRUCTURE = frozenset({"GROUP", "GRP", "HOLDING", "HOLDINGS", "HLDG", "HLDGS", "HOLDCO"})
# Where the company is: often added or left out.
COUNTRY = frozenset({"CHINA", "CHN", "CN", "PRC", "CHINESE"})
# Where in China it is registered: a file adds or leaves out the seat, and another seat is another company.
_PLACES = """
    BEIJING SHANGHAI TIANJIN CHONGQING GUANGZHOU SHENZHEN HANGZHOU NANJING SUZHOU WUXI NINGBO WENZHOU HEFEI FUZHOU
    XIAMEN QUANZHOU NANCHANG JINAN QINGDAO YANTAI ZHENGZHOU LUOYANG WUHAN CHANGSHA ZHUZHOU DONGGUAN FOSHAN ZHUHAI
    NANNING HAIKOU CHENGDU MIANYANG GUIYANG KUNMING XIAN LANZHOU XINING YINCHUAN URUMQI HARBIN CHANGCHUN SHENYANG
    DALIAN TAIYUAN SHIJIAZHUANG BAODING BAOTOU HOHHOT ANHUI FUJIAN GANSU GUANGDONG GUANGXI GUIZHOU HAINAN HEBEI
    HEILONGJIANG HENAN HUBEI HUNAN JIANGSU JIANGXI JILIN LIAONING NINGXIA QINGHAI SHAANXI SHANDONG SHANXI SICHUAN
    XINJIANG YUNNAN ZHEJIANG
"""
PLACES = frozenset(_PLACES.split())
EXTRA_PLACE = 0.35
EXTRA_WORD = 0.9
EXTRA_STRUCTURE = 0.2
MISSING_COUNTRY = 0.45
LEAST_MISSING = 0.05
FORGIVEN = 0.12
JOINED = 0.96
WHOLE = 0.02  # by so much pieces of a word come before an abbreviation of it that is one of them
CUT_CREDIT = 0.93
CUT_SHORT = "cut short of"
LEAST_BESIDE = 0.2  # what words met plainly weigh, beside one that is hardly known: CHINA does, TECHNOLOGY does not
CUT_FROM = 20  # the shortest field that files cut names to is 20 characters wide


@dataclass(frozen=True, slots=True)
class Pair:
    """Held word or words that met a listed word or words: where, weight, credit, and how."""

    held: tuple[int, ...]
    listed: tuple[int, ...]
    weight: float
    credit: float
    how: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """Held and listed words as met; `score` from 0 to 1 before calibration; `held_share`, `listed_share` explained."""

    held: tuple[str, ...]
    listed: tuple[str, ...]
    pairs: tuple[Pair, ...]
    held_share: float
    listed_share: float
    score: float
    cut: bool
    in_order: bool


def _candidates(held: Words, listed: Words, weights: tuple[float, ...], voc: Vocabulary) -> list[Pair]:
    out = []
    for i, word in enumerate(held):
        readings = voc.readings(word)
        if readings:
            out += [
                Pair((i,), (j,), weights[j], r.credit, r.how)
                for j, full in enumerate(listed)
                if (r := readings.get(full)) is not None and r.how not in LEANING
            ]
    return out + _split(held, listed, weights) + _joined(held, listed, weights)


def _split(held: Words, listed: Words, weights: tuple[float, ...]) -> list[Pair]:
    """A listed word printed in pieces: HANG ZHOU, HIK-VISION."""
    out = []
    for j, full in enumerate(listed):
        if len(full) < 4:
            continue
        for i in range(len(held) - 1):
            if held[i][0] == full[0] and len(held[i]) <= len(full):
                out += [
                    Pair(tuple(range(i, end)), (j,), weights[j], credit, "split")
                    for end in _ends(held, i, len(full), 4)
                    if (credit := _near("".join(held[i:end]), full))
                ]
    return out


def _joined(held: Words, listed: Words, weights: tuple[float, ...]) -> list[Pair]:
    """Listed words printed as one: GREATWALL, CHINAMOBILE."""
    out = []
    for i, word in enumerate(held):
        if len(word) < 5:
            continue
        for j in range(len(listed) - 1):
            if listed[j][0] == word[0] and len(listed[j]) <= len(word):
                out += [
                    Pair((i,), tuple(range(j, end)), sum(weights[j:end]), credit, "joined")
                    for end in _ends(listed, j, len(word), 3)
                    if (credit := _near(word, "".join(listed[j:end])))
                ]
    return out


def _ends(words: Words, start: int, letters: int, most: int) -> list[int]:
    """Where two to `most` words from `start` on end, that have so many letters together, or one more or fewer."""
    out, size = [], len(words[start])
    for end in range(start + 2, min(start + most, len(words)) + 1):
        size += len(words[end - 1])
        if size >= letters - 1:
            if size > letters + 1:
                break
            out.append(end)
    return out


def _near(a: str, b: str) -> float:
    """Credit of two spellings of which one was put together: equal, or one error in seven letters or more."""
    if a == b:
        return JOINED
    longest = max(len(a), len(b))
    if a[0] != b[0] or longest < 7 or abs(len(a) - len(b)) > 1 or OSA.distance(a, b, score_cutoff=1) > 1:
        return 0.0
    return 1 - 1.4 / longest


def _choose(candidates: list[Pair]) -> list[Pair]:
    """Greedily, heaviest first; each word on either side is used once. Pieces that make up a word stand for it rather
    than the first of them alone (MOB ILE).
    """
    candidates.sort(
        key=lambda p: (-p.weight * (p.credit + WHOLE * (len(p.held) > 1)), -len(p.listed), p.held, p.listed)
    )
    held_used: set[int] = set()
    listed_used: set[int] = set()
    out = []
    for p in candidates:
        if held_used.isdisjoint(p.held) and listed_used.isdisjoint(p.listed):
            out.append(p)
            held_used.update(p.held)
            listed_used.update(p.listed)
    return sorted(out, key=lambda p: p.held)


def said_beside(word: str) -> float:
    """How much a listed word, met plainly, says of the company beside a word that is hardly known. A place, how the
    group is built and what may be notation say nothing: SHANDONG WEIGAO is not SHANDONG HEIBAO.
    """
    return 0.0 if word in PLACES or word in STRUCTURE or not number(word) else w.weight(word)


def _leaning(held: Words, listed: Words, weights: tuple[float, ...], voc: Vocabulary, pairs: list[Pair]) -> list[Pair]:
    """The only word left on either side, where it is hardly known and all others are met plainly: CHINA MDBIKE."""
    if len(pairs) != len(held) - 1 or len(pairs) != len(listed) - 1 or any(p.how not in PLAIN for p in pairs):
        return []
    said = sum(said_beside(listed[p.listed[0]]) for p in pairs)
    (i,) = set(range(len(held))) - {p.held[0] for p in pairs}
    (j,) = set(range(len(listed))) - {p.listed[0] for p in pairs}
    reading = voc.readings(held[i]).get(listed[j])
    if reading is None or reading.how not in LEANING or said < LEAST_BESIDE:
        return []
    return [Pair((i,), (j,), weights[j], reading.credit, reading.how)]


def extra_cost(word: str, own_names: frozenset[str]) -> float:
    """What a held word without partner weighs against the match."""
    return 0.0 if word in own_names else _extra_cost(word)


@lru_cache(maxsize=100_000)
def _extra_cost(word: str) -> float:
    if word in DOMESTIC:
        return 0.0
    if word in COUNTRY or word == "HONGKONG":
        return 0.1
    if word in STRUCTURE or word == "COM":  # common stock, or what a cut left of COMPANY
        return EXTRA_STRUCTURE
    if word.isdigit() or len(word) == 1:
        return 0.15
    if word in PLACES:
        return EXTRA_PLACE
    return max(EXTRA_WORD, w.weight(word))


def missing_cost(word: str, weight: float) -> float:
    """What a listed word without partner weighs against the match."""
    return max(MISSING_COUNTRY if word in COUNTRY else LEAST_MISSING, weight)


def align(
    held: tuple[str, ...],
    listed: tuple[str, ...],
    listed_weights: tuple[float, ...],
    vocabulary: Vocabulary,
    *,
    length: int,
    own_names: frozenset[str] = frozenset(),
) -> Alignment:
    """Align two names' words. `length` is that of the held name as printed (it says whether the name was cut).

    `own_names` are the listed entity's short names and acronyms, which may stand beside its full name.
    """
    candidates = _candidates(held, listed, listed_weights, vocabulary)
    cut_last = length >= CUT_FROM and len(held) > 1
    if cut_last:
        last, i = held[-1], len(held) - 1
        candidates += [
            Pair((i,), (j,), listed_weights[j], CUT_CREDIT - 0.03 * (len(last) < 3), CUT_SHORT)
            for j, full in enumerate(listed)
            if full.startswith(last) and len(full) > len(last)
        ]
    pairs = _choose(candidates)
    if all(len(held[i]) < 3 and p.how == CUT_SHORT for p in pairs for i in p.held):
        pairs = []  # a letter or two that a cut may have left say nothing by themselves (K&S CORPORATION)
    pairs = sorted(pairs + _leaning(held, listed, listed_weights, vocabulary, pairs), key=lambda p: p.held)
    met = [j for p in pairs for j in p.listed]
    in_order = met == sorted(met)
    used = {i for p in pairs for i in p.held}
    extra = sum(extra_cost(word, own_names) for i, word in enumerate(held) if i not in used)
    if any(word in PLACES for j, word in enumerate(listed) if j not in met):
        extra += sum(EXTRA_WORD - EXTRA_PLACE for i, word in enumerate(held) if i not in used and word in PLACES)
    heaviest = max(pairs, key=lambda p: p.weight, default=None)
    if heaviest and heaviest.how == "misspelt":
        extra *= 2  # where the brand itself is not met, nothing else may be strange
    gained = sum(p.weight * p.credit for p in pairs)
    lost = sum(p.weight * (1 - p.credit) for p in pairs)
    reach = max(met, default=-1)
    cut = cut_last and in_order and len(used) == len(held) and met == list(range(reach + 1)) and reach >= 1
    missing = 0.0
    for j, word in enumerate(listed):
        if j not in met:
            missing += missing_cost(word, listed_weights[j]) * (FORGIVEN if cut and j > reach else 1.0)
    held_share = gained / (gained + lost + extra) if gained else 0.0
    listed_share = gained / (gained + missing) if gained else 0.0
    lean = (1.0, 0.55) if len(held) == 1 else (0.5, 0.5)  # one word alone has no other word to lean on
    score = held_share ** lean[0] * listed_share ** lean[1] * (1.0 if in_order else 0.97)
    return Alignment(held, listed, tuple(pairs), held_share, listed_share, score, cut, in_order)
