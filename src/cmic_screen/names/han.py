"""Parts Chinese notation (`A股`, `24电信MTN001`, `转债`) and legal forms from a Chinese name; guesses no issuer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cmic_screen.model import InstrumentKind as Kind
from cmic_screen.names.fold import normalise

# Who writes warrants and bull/bear contracts in Hong Kong, as its exchange abbreviates them in Chinese; behind the
# underlying, before the last digit of the year and the month (甲 and 乙 follow ten): 中芯瑞银六四购A.
_WRITERS = (
    "瑞银|摩通|摩利|汇丰|法兴|法巴|中银|花旗|高盛|麦银|麦格理|瑞信|瑞通|东亚|海通|国君|信证|华泰|星展|巴克|渣打|韩投|德银|荷合"
    "|美林|比联"
)
_EXPIRY = "[零〇一二三四五六七八九][一二三四五六七八九十甲乙]"
# Notation at the end, as Chinese exchanges, brokers and the interbank bond market print it (simplified script).
_END: tuple[tuple[re.Pattern[str], str, Kind | None], ...] = tuple(
    (re.compile(pattern), what, kind)
    for pattern, what, kind in (
        (rf"(?:{_WRITERS})?{_EXPIRY}[购沽][A-Z0-9]?(?: ?C)?$", "warrant", Kind.WARRANT),
        (rf"(?:{_WRITERS})?{_EXPIRY}[牛熊][A-Z0-9]?(?: ?C)?$", "bull or bear contract", Kind.CBBC),
        (r"[购沽]\d{1,2}月\d+[A-Z]?$| ?(?:CALL|PUT)(?: .*)?$", "option", Kind.OPTION),
        (r"(?: ?(?:沪|深|港)股通)$|(?:沪深港|沪港|深港)通$|[港美]股$", "market line", Kind.SHARE),
        (r"(?:面值)?(?:人民币|港币|港元|美元)?\d+(?: \d+)?元$", "par value", Kind.SHARE),
        (r" ?\d[\d ]*股$", "amount", Kind.SHARE),
        (r"(?<=[\u4e00-\u9fff]) ?(?:ORD|SHS|CMN|COM|EQUITY)$", "share", Kind.SHARE),
        (
            r"(?<=[\u4e00-\u9fff]) ?(?:ELN|FCN)S?$|(?:挂钩|结构性|结构化)票据$",
            "note linked to a share",
            Kind.STRUCTURED_NOTE,
        ),
        (r"(?:非?流通|限售|内资|外资|法人|国有)股$", "share", Kind.SHARE),
        (r"(?:联交所|上交所|深交所|港交所)$|(?<=[\u4e00-\u9fff]) ?(?:HK|CN|SH|SZ|US)$", "market", None),
        (r"(?:港元|港币|人民币|美元)$", "currency", None),
        (r"(?<=[\u4e00-\u9fff])注\d*$", "note", None),
        (r"(?<=[\u4e00-\u9fff]) ?[ABH](?: ?股)?$", "share class", Kind.SHARE),
        (r"(?<=[\u4e00-\u9fff]) ?(?:U|W|UW|SW|S|R|B|WR|WD|D|UWD|P)$", "market mark", Kind.SHARE),
        (r" ?[ABH]类(?:普通)?股?[份票]?$", "share class", Kind.SHARE),
        (r"(?:已退市|退市整理期?|退市|终止上市|暂停上市|停牌|退)$", "market mark", Kind.SHARE),
        (r"(?:普通股|红筹股?|国企股|股票|人民币柜台)$", "share", Kind.SHARE),
        (r" ?(?:ADR|ADS|GDR|CDR|(?:美国|全球)?(?:存托凭证|存托股份?|预托证券|预托股份))$", "receipt", Kind.RECEIPT),
        (r"优先股?\d?$", "preferred", Kind.PREFERRED),
        (r"(?:可转债|转债|转\d)$", "convertible", Kind.CONVERTIBLE),
        (r"(?<=..)\d{4}年.*$", "bond", Kind.BOND),  # 2025年度第一期中期票据: the year opens a bond's term
        (
            r"(?:公司债券|企业债券|超短期融资券|短期融资券|定向债务融资工具|资产支持票据|可交换债券?)$",
            "bond",
            Kind.BOND,
        ),
        (r"(?:公司债|企业债|中期票据|中票|短融|超短融|债券|永续债|债)\d*$", "bond", Kind.BOND),
        (r" ?(?:(?:HK|CN|SH|SZ) ?)?\d{4,6}(?: ?(?:HK|CN|CH|SH|SZ|SS))?$", "code", None),
        (r" ?(?:MTN|SCP|CP|PPN|GN|YK|KY|EB|Y|K|V|VK)?\d{1,3}[A-Z]?$", "bond", Kind.BOND),
        (r" ?(?:MTN|SCP|PPN|EB)$", "bond", Kind.BOND),
        (r"(?:配股权?|供股权?|认购权|配债)$", "right", Kind.RIGHT),
        (r"(?:红股|送股|零股|碎股|正股|新股)$", "state of the line", None),
        (r"(?:配售股?|战略配售|战配|定增|定向增发)$|(?:新股)?(?:申购|打新|中签)$", "state of the line", None),
        (r"(?:大宗交易|借出|出借|卖空|沽空|空头|多头|空仓|多仓)$", "state of the line", None),
        (r"(?<=[\u4e00-\u9fff]) ?CHINA$", "market", None),
        (r"(?:认购证?|认沽证?|认股权?证|权证|窝轮|[购沽]证|[购沽][A-Z0-9]?)$", "warrant", Kind.WARRANT),
        (r"(?:牛熊证|牛证|熊证|[牛熊][A-Z0-9]?)$", "bull or bear contract", Kind.CBBC),
        (r"(?:看涨|看跌|认购|认沽)?期权$", "option", Kind.OPTION),
        (r"(?:个股)?期货$", "future", Kind.FUTURE),
        (r"(?:股票)?(?:收益)?互换$| ?TRS$", "swap or contract for difference", Kind.SWAP),
    )
)
# Notation at the front: special treatment, ex rights, and the year of a bond.
MARKS = ("XD", "XR", "DR", "N", "C")
"""Marks of Shanghai and Shenzhen before a short name: ex dividend, ex rights, both, first day and days after it."""
_FRONT = re.compile(
    r"^\d{4}年度?(?:第[一二三四五六七八九十\d]+期)?(?=[\u4e00-\u9fff]{4})|^退市(?=[\u4e00-\u9fff]{2})"
    rf"|^(?:S?[* ]?ST|S|{'|'.join(MARKS)}) ?(?=[\u4e00-\u9fff])"
    r"|^(?:[沪深港]股通|融资融券|融资(?!租赁|担保)|融券)(?=[\u4e00-\u9fff]{2})"
    r"|^CHINA ?(?=[\u4e00-\u9fff]{2})"
    r"|^\d{2}(?=[\u4e00-\u9fff])|^\d{1,2} (?=[\u4e00-\u9fff]{2})|^[ABH港美]股 ?(?=[\u4e00-\u9fff]{2})|^中国(?=中国)"
    r"|^(?:SH|SZ|HK)? ?\d{4,6} ?(?:HK|SH|SZ|SS|CH|CN|C1|C2)? ?(?=[\u4e00-\u9fff])"
)
_WRITER_FIRST = re.compile(rf"^(?:{_WRITERS})(?=[\u4e00-\u9fff]{{2}})")
_MARGIN = re.compile(
    r"[(（\[【〔](?:融资融券|融资|融券|融|[沪深港]?股?通)[)）\]】〕]$|\s(?:融资融券|融资|融券|[融通])$|两融$"
)
"""What mainland brokers' screens put behind a name: traded on margin, or through Stock Connect."""
_LABEL = re.compile(r"^(?:[证證]券(?:名[称稱])?|股票(?:名[称稱])?|[个個]股|[标標]的)\s*[:：\-–—]\s*(?=\S)")
"""A column's head in front of what stands in it."""
_CODE = re.compile(r"(?:SH|SZ|HK) ?\d{4,6}|\d{4,6} ?(?:HK|SH|SZ|SS|CH|CN|C1|C2)|\d{5,6}")
_SEAT = re.compile(r"(?<=^[\u4e00-\u9fff]{2})[市省](?=[\u4e00-\u9fff]{2})")
_LEGAL = re.compile(  # whole, or as a narrow field has cut it
    r"(?:股份有限|有限责任|股份|有限|总)?公司$|(?:股份)?有限(?:责任)?公?$|股份有?$|有限责$|(?<=.{6})[股有]$"
)


@dataclass(frozen=True, slots=True)
class HanSplit:
    """A Chinese name's issuer, the notation taken off (text, what, kind), and the legal form in simplified script."""

    issuer: str
    parts: tuple[tuple[str, str, Kind | None], ...]


def split_han(name: str) -> HanSplit:
    """Take Chinese notation off both ends, again until nothing comes off. The issuer comes back normalised."""
    parts = list[tuple[str, str, Kind | None]]()
    if label := _LABEL.match(name):
        parts.append((label[0].strip(), "label", None))
        name = name[label.end() :]
    if margin := _MARGIN.search(name):
        parts.append((margin[0], "market mark", Kind.SHARE))
        name = name[: margin.start()]
    text = normalise(name)
    front = _FRONT.match(text)
    if front:
        text = text[front.end() :]
    marked = front is not None and front[0].strip() in MARKS  # a share: 熊 at its end is no bear contract
    found = True
    while found:
        found = False
        for pattern, what, kind in _END:
            m = None if marked and kind is not None and kind.derives else pattern.search(text)
            if m and len(text[: m.start()].strip()) >= 2:
                parts.insert(0, (m[0].strip(), what, kind))
                text, found = text[: m.start()].strip(), True
    written = _WRITER_FIRST.match(text) if parts and parts[0][2] in (Kind.WARRANT, Kind.CBBC) else None
    if written:
        parts.insert(0, (written[0], "writer", None))
        text = text[written.end() :]
    if front:
        mark = front[0].strip()
        parts.insert(0, (mark, "code" if _CODE.fullmatch(mark) else "mark or year", None))
    return HanSplit(text, tuple(parts))


def core_han(text: str) -> tuple[str, str]:
    """(name without legal form, legal form) of a normalised Chinese name; the whole name where nothing is left.

    The city that opens a registered name stands without 市, the province without 省: both forms are printed.
    """
    m = _LEGAL.search(text)
    core, legal = (text[: m.start()], m[0]) if m and m.start() > 1 else (text, "")
    return _SEAT.sub("", core, count=1), legal
