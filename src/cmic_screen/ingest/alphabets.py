"""How plausible a text is in an old code page of one alphabet: its letters, and how capitals and small letters stand in
words; it decides between readings of the same bytes and never replaces one.

A letter that changes its case within a word (`MšNCHENER`, `fÅr`) shows the wrong code page (pains B9).
"""

from __future__ import annotations

import itertools
import re
from typing import Final

LATIN: Final = {
    "cp1252": frozenset("àâäáãåæçèéêëìíîïñòóôöõøùúûüýÿœßÀÂÄÁÃÅÆÇÈÉÊËÍÎÏÑÓÔÖÕØÚÛÜŒŠšŽž€£¥§°–—’‘“”•…®™©«»·\xa0"),
    "cp1250": frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻčďěňřšťůžýáíéúČĎĚŇŘŠŤŮŽÝÁÍÉÚőűŐŰöüäÖÜÄß€§°–—’„”“…®™\xa0"),
    "cp1254": frozenset("ğışĞİŞçöüÇÖÜâîûÂÎÛ€£§°–—’‘“”•…®™©\xa0"),
    "mac_roman": frozenset("àâäáãåçèéêëìíîïñòóôöõùúûüÿœßÀÂÄÁÃÅÇÉÊËÑÓÔÖÕÚÛÜŒ€£¥§°–—’‘“”…®™©«»\xa0"),
    "cp850": frozenset("äöüÄÖÜßéèêëàâáíóúñÑçÇåÅæÆøØîïôûùÉ"),
}
"""Characters beyond ASCII that the languages of a code page really use; others show that it is the wrong one."""
OTHER: Final = {
    "cp1251": frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁІЇЄҐ№«»–—“”„…\xa0"),
    "cp1253": frozenset("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏ€«»–—\xa0"),
    "cp1255": frozenset("אבגדהוזחטיךכלםמןנסעףפץצקרשת₪״׳–—\xa0"),
    "cp1256": frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ،؛؟ـ–—\xa0"),
}
"""The same where the whole alphabet stands beyond ASCII, so that words do too."""
_OWN: Final = {"cp1254": frozenset("ğşĞİŞ")}
"""Letters without which nothing speaks for a code page that shares all others with cp1252."""
_CASED: Final = frozenset({"cp1251", "cp1253"})
"""Alphabets in which names begin with capitals; Hebrew read as Cyrillic has none."""
_RUN: Final = re.compile(r"[^\x00-\x7f]+")
_NEIGHBOURS: Final = re.compile(r"(?<=([A-Za-z]))([^\W\d_a-zA-Zß])(?=([A-Za-z]))")
_WORD: Final = 2.5
"""Letters of a run, on average, below which a text is none of an alphabet beyond ASCII."""


def plausible(text: str, encoding: str) -> float:
    """0 to 1: how well what is beyond ASCII suits an encoding of `LATIN` or `OTHER`; 0 where nothing is beyond it."""
    beyond = [c for c in text if c > "\x7f"]
    used = LATIN.get(encoding) or OTHER[encoding]
    if not beyond or (encoding in _OWN and _OWN[encoding].isdisjoint(beyond)):
        return 0.0
    share = sum(c in used for c in beyond) / len(beyond)
    runs = _RUN.findall(text)
    if encoding in LATIN:
        long = sum(len(run) > 3 for run in runs)
        return share * (1.0 - long / len(runs)) * _in_case(text)
    turned = sum(a.islower() and b.isupper() for run in runs for a, b in itertools.pairwise(run))
    capital = encoding not in _CASED or any(map(str.isupper, beyond))
    words = capital and len(beyond) >= _WORD * len(runs)
    return share * max(0.0, 1.0 - 4 * turned / len(beyond)) if words else 0.0


def _in_case(text: str) -> float:
    """The share of letters within words that are capital or small as both their neighbours are."""
    found = [m for m in _NEIGHBOURS.findall(text) if m[0].isupper() == m[2].isupper()]
    wrong = sum(1 for before, letter, _ in found if letter.isupper() != before.isupper())
    return 1.0 - wrong / len(found) if found else 1.0
