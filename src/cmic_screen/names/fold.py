"""One spelling for one name: case, width, accents, punctuation and Chinese script. Loses no word and adds none.

Unicode normal forms follow UAX #15; traditional, Hong Kong, Taiwan and Japanese characters are folded to simplified
Chinese by OpenCC's character tables.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from cmic_screen.names.hongkong import put_right

_APOSTROPHES = "'`´’‘ʼʹ＇"
_DROPPED = dict.fromkeys(map(ord, _APOSTROPHES + "\u200b\u200c\u200d\ufeff\u00ad"), "")
_ASCII = _DROPPED | {
    c: " " for c in range(128) if not chr(c).isalnum() and chr(c) not in _APOSTROPHES and chr(c) != "&"
}
_ASCII[ord("&")] = " AND "
# The same for whole batches of names as bytes; `\x01` ends a name; `@` and `#` mark HKEX short names.
_KEPT = b"\x01@#"
_BATCH_TABLE = bytes(c if c in _KEPT or (c < 128 and chr(c).isalnum()) else 32 for c in range(256))
_BATCH_DROPPED = bytes(c for c in range(128) if chr(c) in _APOSTROPHES)
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}(?:[A-Z]\b)?|\b[A-Z](?:\.[A-Z])+\b")
_QUOTED = re.compile(r"(?<=\s['\"][A-Z]['\"])(?=[A-Z])")
"""Behind a class of shares in quotes, to which a par value clings: X 'H'CNY1."""
_SPACED = re.compile(r"(?:[A-Z] ){2,}[A-Z](?= |$)")
"""Initials printed apart, with which a name begins (C N O O C LTD); further on, single letters are notation."""
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_HAN_SPACE = re.compile("(?<=[\u3400-\u4dbf\u4e00-\u9fff]) (?=[\u3400-\u4dbf\u4e00-\u9fff])")
# Letters that no normal form takes apart, as custodians transliterate them.
_LETTERS = str.maketrans({"Ø": "O", "Ł": "L", "Đ": "D", "Æ": "AE", "Œ": "OE", "Ħ": "H", "ı": "I", "Þ": "TH"})


def has_han(text: str) -> bool:
    """Whether any Chinese character stands in the text."""
    return not text.isascii() and _HAN.search(text) is not None


@cache
def _simplified() -> dict[int, str]:
    """Character by character, not by phrase, so that folding twice equals folding once."""
    import opencc

    chars = [chr(c) for block in ((0x3400, 0x4DC0), (0x4E00, 0xA000)) for c in range(*block)]
    text = "\n".join(chars)
    ours = (
        opencc.OpenCC("s2t").convert(text).split("\n")
    )  # a simplified character stays, though Japan writes it too (沪)
    folded = opencc.OpenCC("jp2t").convert(text)
    for table in ("t2s", "hk2s", "tw2s"):
        folded = opencc.OpenCC(table).convert(folded)
    once = {c: f for c, f, o in zip(chars, folded.split("\n"), ours, strict=True) if len(f) == 1 and o == c}
    out: dict[int, str] = {}
    for char in chars:
        seen, end = {char}, once.get(char, char)
        while end not in seen:
            seen.add(end)
            end = once.get(end, end)
        if end != char:
            out[ord(char)] = end
    return out


def _fold_wide(text: str) -> str:
    """Non-ASCII text: compatibility forms, case, accents, script."""
    text = unicodedata.normalize("NFKC", text).translate(_DROPPED).upper()
    text = unicodedata.normalize("NFKD", text).translate(_LETTERS)
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = unicodedata.normalize("NFKC", text)
    if _HAN.search(text):
        text = text.translate(_simplified())
    return "".join(c if c.isalnum() or c in "&." or ord(c) < 128 else " " for c in text)


@cache
def _accents() -> dict[int, str]:
    """Letters of Latin alphabets as they are folded; none of them joins with its neighbours."""
    return {c: _fold_wide(_fold_wide(chr(c))) for c in range(0xC0, 0x250)}


def initials(text: str) -> set[str]:
    """The words that dotted initials in an ASCII text read as (`C.N.O.O.C.`)."""
    return {m.replace(".", "") for m in _INITIALS.findall(text.upper())}


def without_initials(text: str) -> str:
    """An ASCII text in capitals, without its dotted initials."""
    return _INITIALS.sub(" ", text.upper())


def fold_batch(text: str) -> bytes:
    """Many ASCII names at once, folded as `normalise` folds but for `&`, initials and spaces; chr(1) is kept."""
    return text.upper().encode("ascii").translate(_BATCH_TABLE, _BATCH_DROPPED)


def normalise(text: str) -> str:
    """The name in capitals, words apart by one space, without punctuation, accents, width or traditional script.

    `&` reads AND; initials with dots, and three or more apart at the beginning, read as one word (`C.N.O.O.C.`,
    `C N O O C LTD`); no space is kept between Chinese characters.
    Normalising twice equals once. Empty in, empty out.
    """
    if not text.isascii():
        text = text.translate(_accents())
    if text.isascii():
        text = text.upper()
    else:
        before = ""
        while before != text:  # a few rare letters settle only in the second round
            before, text = text, _fold_wide(text)
    if "'" in text:
        text = _QUOTED.sub(" ", text)
    if "." in text:
        text = _INITIALS.sub(lambda m: m[0].replace(".", ""), text)
    text = " ".join(text.translate(_ASCII).split())
    if text[1:2] == " " and (apart := _SPACED.match(text)):
        text = apart[0].replace(" ", "") + text[apart.end() :]
    text = put_right(text)
    return text if text.isascii() else _HAN_SPACE.sub("", text)
