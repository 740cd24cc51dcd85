"""Which encoding a text is in, told by a ladder: mark, strict UTF-8, UTF-16 without a mark, then the old code pages by
how much the result reads like a table's header; never replaces a byte that does not fit (pains B9).
"""

from __future__ import annotations

from typing import Final

from cmic_screen.errors import InputError

_MARKS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32-le"), (b"\x00\x00\xfe\xff", "utf-32-be"), (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"),
)  # fmt: skip
_LADDER: Final = ("cp932", "gb18030", "big5hkscs", "euc_kr", "cp1252", "cp1250")
_VOCABULARY: Final = (
    "证券 代码 名称 股票 数量 市值 账户 货币 證券 股份 代號 名稱 市場 數量 銘柄 コード 保有 評価 종목 수량 평가 계좌 "
    "통화 "
    "Währung Stück Börse Kürzel Société Libellé Quantité Dénomination Valorisation Código Acción Título Descrição "
    "Ações "
    "Quantità Valuta Värdepapper Antal Värde Ilość Spółka Wartość"
)
_WORDS: Final = tuple(_VOCABULARY.split())


def decode(data: bytes, where: str, *, encoding: str | None = None) -> tuple[str, str]:
    """Text and the name of the encoding used. `encoding` overrides. InputError where the bytes do not fit."""
    if encoding:
        return _strict(data, encoding, where)
    for mark, name in _MARKS:
        if data.startswith(mark):
            text, _ = _strict(data[len(mark) :], "utf-8" if name == "utf-8-sig" else name, where)
            return text, name
    head = data[:4000]
    if head.count(0) * 5 > len(head):
        even, odd = head[0::2].count(0), head[1::2].count(0)
        return _strict(data, "utf-16-le" if odd > even else "utf-16-be", where)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _by_words(data, where)


def _by_words(data: bytes, where: str) -> tuple[str, str]:
    best: tuple[int, str, str] | None = None
    for name in _LADDER:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        score = sum(word in text for word in _WORDS)
        if best is None or score > best[0]:
            best = (score, text, name)
    if best is None or best[0] == 0:
        return _strict(data, "cp1252", where)
    return best[1], best[2]


def _strict(data: bytes, encoding: str, where: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except LookupError as error:
        raise InputError(
            f"there is no encoding named {encoding!r}.", where=where, do="Give one such as utf-8, cp1252 or gb18030."
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"byte {error.start + 1} is not text in {encoding}.",
            where=where,
            why="Names could be read wrong, so nothing in it was screened.",
            do="Name the right encoding with --encoding, or save the file as UTF-8.",
        ) from error
