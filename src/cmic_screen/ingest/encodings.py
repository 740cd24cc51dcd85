"""Which encoding a text is in, told by a ladder: mark, strict UTF-8, UTF-16 without a mark, then the old code pages by
how much the result reads like text and like a table's header; never replaces a byte that does not fit (pains B9).
"""

from __future__ import annotations

import codecs
import contextlib
import re
from typing import Final

from cmic_screen.errors import InputError
from cmic_screen.ingest import alphabets, scripts

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_WORKBOOKS: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".xltx", ".xltm", ".ods")
_SAMPLE: Final = 200_000
_VOCABULARY: Final = (
    "证券 代码 名称 股票 数量 市值 账户 货币 币种 持仓 成本 股份 有限公司 集团 證券 代號 名稱 市場 數量 貨幣 帳戶 股數 "
    "控股 銘柄 コード 保有 評価 株式会社 口座 通貨 数量 종목 수량 평가 계좌 통화 주식회사 증권 "
    "Währung Stück Börse Kürzel Stückzahl Société Libellé Quantité Dénomination Coût Código Acción Título Descripción "
    "Název Počet Objem "
    "Descrição Ações Quantità Società Värdepapper Värde Bolag Ilość Spółka Wartość Účet Měna Částka Množství"
)
_WORDS: Final = tuple(_VOCABULARY.split())
_COMMON_LEADS: Final = {
    "gb18030": (0xB0, 0xD7, 0xA1, 0xFE), "big5hkscs": (0xA4, 0xC6, 0x40, 0xFE),
    "euc_kr": (0xB0, 0xC8, 0xA1, 0xFE), "cp949": (0xB0, 0xC8, 0xA1, 0xFE),
    "cp932": (0x82, 0x97, 0x40, 0xFC), "euc_jp": (0xB0, 0xCF, 0xA1, 0xFE),
}  # fmt: skip
"""Lead and trail bytes of the characters in daily use, per double-byte encoding (level 1 of each standard)."""
_KANA_EUC: Final = (0xA4, 0xA5)
_SYMBOLS: Final = {
    "gb18030": (0xA1, 0xA3), "big5hkscs": (0xA1, 0xA3), "euc_kr": (0xA1, 0xA3), "cp949": (0xA1, 0xA3),
    "cp932": (0x81, 0x83),
}  # fmt: skip
_LADDER: Final = (
    "euc_kr", "cp949", "cp932", "euc_jp", "big5hkscs", "gb18030", *alphabets.LATIN, *alphabets.OTHER,
)  # fmt: skip
_HALF_WIDTH: Final = 0.95
"""How plausible a text of half-width katakana alone is: Russian capitals are bytes of the same range, and more so."""
_KANA_LEAST: Final = 8
_WORD_WEIGHT: Final = 0.08
_RUN: Final = re.compile(r"([a-z]?)[^\x00-\x7f]+([a-z]?)")
_USUAL_WEIGHT: Final = 0.6
_PLAUSIBLE: Final = 0.5
_CLOSE: Final = 0.1
"""Readings whose scores differ by no more cannot be told apart by them."""


_ENDS: Final = re.compile(r"[\n\r\x85]")
"""Line ends; a text of lines that has none was read in an encoding that is not its own (UTF-16 on plain bytes)."""


def decode(data: bytes, where: str, *, encoding: str | None = None) -> tuple[str, str]:
    """Text and the name of the encoding used. `encoding` overrides the ladder. Empty bytes yield ("", "utf-8").

    InputError where the bytes do not fit the encoding asked for, or hold what no text holds.
    """
    if encoding:
        text, used = _strict(data, _known(encoding, where), where)
        if b"\n" in data.strip() and not _ENDS.search(text):
            raise _no_text(where, f"read as {encoding} it is one line without end")
        return text, used
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name.removesuffix("-sig"), where)[0], name
    wide = _wide(data)
    if wide:
        return _strict(data, wide, where)
    if b"\x00" in data:
        raise _no_text(where, "it holds zero bytes")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and not data[: error.start].isascii():
            raise _no_text(where, "it ends in the middle of a character, so it was cut off") from error
        return _by_reading(data, where)


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: delimiters, digits and line ends then have a zero byte on one and the same side."""
    head = data[: _SAMPLE & ~1]
    even, odd = head[0::2], head[1::2]
    low, high = even.count(0), odd.count(0)
    if max(low, high) * 20 < len(even) or min(low, high) * 10 > max(low, high):
        return ""
    return "utf-16-le" if high > low else "utf-16-be"


def _by_reading(data: bytes, where: str) -> tuple[str, str]:
    for _, name in _ranked(data):
        try:
            return data.decode(name), name
        except UnicodeDecodeError:
            continue
    return _by_library(data, where)


def rival(data: bytes, used: str) -> str:
    """The encoding in which a text reads nearly as well as in the one of the old code pages that it was read in, and
    differently; "" where there is none. A person must then say which it is.
    """
    ranked = _ranked(data)
    score = next((score for score, name in ranked if name == used), None)
    if score is None:
        return ""
    sample = data[:_SAMPLE]
    text = sample.decode(used, "ignore")
    close = [name for other, name in ranked if name != used and abs(score - other) <= _CLOSE]
    return next((name for name in close if sample.decode(name, "ignore") != text), "")


def _ranked(data: bytes) -> list[tuple[float, str]]:
    """Score and name of the old code pages in which a text is plausible, the best reading first.

    Of readings too close to tell, the one with the most of the names of listed entities leads: whichever is right,
    nothing listed is lost.
    """
    scores: list[tuple[float, int, int, str]] = []
    for rank, name in enumerate(_LADDER):
        try:
            sample = codecs.getincrementaldecoder(name)().decode(data[:_SAMPLE])
        except UnicodeDecodeError:
            continue
        score = _plausible(data[:_SAMPLE], sample, name) + _WORD_WEIGHT * sum(word in sample for word in _WORDS)
        score += _USUAL_WEIGHT * scripts.usual(sample, name)
        scores.append((-round(score, 6), -scripts.listed(sample), rank, name))
    kept = sorted(one for one in scores if -one[0] >= _PLAUSIBLE)
    close = sorted((one for one in kept if one[0] - kept[0][0] <= _CLOSE), key=lambda one: (one[1], one[0], one[2]))
    return [(-one[0], one[3]) for one in (*close, *kept[len(close) :])]


def _plausible(data: bytes, text: str, name: str) -> float:
    """The share, 0 to 1, of what is beyond ASCII that is in daily use where this encoding is written."""
    beyond = [c for c in text if c > "\x7f"]
    if not beyond:
        return 0.0
    if name in alphabets.LATIN or name in alphabets.OTHER:
        return alphabets.plausible(text, name)
    if name == "cp932" and len(beyond) >= _KANA_LEAST and all("\uff61" <= c <= "\uff9f" for c in beyond):
        return _HALF_WIDTH
    low, high, trail_low, trail_high = _COMMON_LEADS[name]
    symbols = _SYMBOLS.get(name, _KANA_EUC)
    pairs = _pairs(data, name)
    usual = sum(
        (low <= lead <= high or symbols[0] <= lead <= symbols[1]) and trail_low <= trail <= trail_high
        for lead, trail in pairs
    )
    # traditional characters stand outside level 1 of GB 2312, and are in daily use all the same
    return max(usual / len(beyond), scripts.usual(text, name)) * _apart(text)


def _pairs(data: bytes, name: str) -> list[tuple[int, int]]:
    """The double bytes of a text, as lead and trail; single half-width katakana are none."""
    lead = rb"[\x81-\x9f\xe0-\xfc]" if name == "cp932" else rb"[\x81-\xfe]"
    single = rb"|[\xa1-\xdf]" if name == "cp932" else b""
    found = re.findall(rb"(" + lead + rb")([\x30-\xfe])" + single, data)
    return [(a[0], b[0]) for a, b in found if a]


def _apart(text: str) -> float:
    """The share of runs beyond ASCII that no small Latin letter touches: in `Åland` read as Big5 one does."""
    runs = _RUN.findall(text)
    return sum(not (before or after) for before, after in runs) / len(runs) if runs else 1.0


def _by_library(data: bytes, where: str) -> tuple[str, str]:
    """The last rung: charset-normalizer, where no reading of ours is plausible."""
    import charset_normalizer

    guess = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    return _strict(data, guess.encoding if guess else "cp1252", where)


def lenient(data: bytes) -> str:
    """A title or header line as text, where a wrong character does no harm."""
    return data.decode("utf-8", "replace")


def text_codec(encoding: str) -> str:
    """The name by which Python knows an encoding of text; "" where it knows none (`hex` is a codec and no encoding)."""
    try:
        with contextlib.suppress(UnicodeError):  # one letter is no text in every encoding
            b"a".decode(encoding)
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return ""


def _known(encoding: str, where: str) -> str:
    name = text_codec(encoding)
    if not name:
        raise InputError(
            f"there is no encoding named {encoding!r}.", where=where, do="Give one such as utf-8, cp1252 or gb18030."
        )
    return name


def _strict(data: bytes, encoding: str, where: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise _no_text(where, f"byte {error.start + 1:,} is not text in {encoding}") from error
    except UnicodeError as error:
        raise _no_text(where, f"it is not text in {encoding}") from error


def _no_text(where: str, cause: str) -> InputError:
    why = "Names could be read wrong or be missing, so nothing in it was screened."
    # a name of a workbook over bytes that are neither workbook nor text: an encoding would not help
    if where.lower().endswith(_WORKBOOKS):
        return InputError(
            f"the file is named like a workbook and is none, nor is it text ({cause}).",
            where=where,
            why=why,
            do="Download or export it again, or open it in a spreadsheet program and save it as .xlsx.",
        )
    return InputError(
        f"the file cannot be read as text: {cause}.",
        where=where,
        why=why,
        do="Name its encoding with --encoding, or save it again as UTF-8 or .xlsx.",
    )
