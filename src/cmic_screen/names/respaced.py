"""Writes an instrument's notation the one way it is read: apart from the name, `%` for PCT. Drops and adds no word.

The kinds of writing are those of Euroclear (`'H'CNY1`), Datastream (`CON.'H'`), WM Datenservice (`MANUFACT.DL-,004`),
Bloomberg (`4 1/8`), Northern Trust (`EA REPR`) and DTCC (`2.9 PCT`).
"""

from __future__ import annotations

import re

from cmic_screen.names import notation as n

_GLUED = re.compile(
    rf"(?<=['\"][A-Z]['\"])(?=[A-Z])|(?<=[A-Z]\.)(?={n.CURRENCY.pattern}-?[.,]?\d)"
    r"|(?<=[A-Z]\.)(?=(?:SP\.)?(?:ADR|ADS|GDR)S?/\d)|(?<=%)(?=[-–])",
    re.IGNORECASE,
)
_CLASS_BEHIND = re.compile(r"(?<=[\u3040-\u30ff\uac00-\ud7af])\s?[(（]?([ABH])(?:\s?株)?[)）]?$")
"""A class of shares that clings to a Japanese or Korean name."""
_CLASSED = re.compile(r"['\"<][ABH]['\">]|[,/_:\s][ABH]$|\s[ABH][-/][A-Z]|-[ABH]$")
_QUOTED = re.compile(
    r"(?<=[A-Za-z.,)\s])[-\u2013]?(?:(?P<q>['\"])(?P<a>[ABH])(?P=q)|<(?P<b>[ABH])>)(?=$|[\s),;\d]|[CHRSU])"
)
"""A class in quotation marks, whatever it clings to (Datastream's `CHINA RAILWAY CON.'H'`, `ORD'H'`, `'H'SHS`)."""
_CLASS_END = re.compile(
    r"(?<=[A-Za-z.)]{3})[,/_:](?=[ABH]$)|(?<=\s[Rr][Gg])-(?=[ABH]$)|(?<=\s[ABH])[-/](?=SHARES?|AKT|CNY|RMB|HKD)"
)
"""What stands between a name or its notation and the class, where it is neither a space nor a hyphen."""
_CLASS_SHARE = re.compile(r"(?<=\s)([ABH])(?=(?:SHS|SHRS|SHARES?)(?:$|\s))", re.IGNORECASE)
"""A class that clings to its word for shares (`HSHS`), as fields without room for a space print it."""
_CLASS_WORD = re.compile(r"\sCAT\.?\s(?=[ABH]$)", re.IGNORECASE)
"""Class as French and Italian files shorten it; by itself it is no word of notation, as those in `notation` are."""
_MARKED, _DIGIT = re.compile(r"['\".%]"), re.compile(r"\d")
_FORM = re.compile(r"(?<=[A-Za-z]\.)(?:C|Co)\.\s?L\.?(?=$|[\s,])")
"""Company Limited as German exchanges cut it to their thirty characters (`Zhonghang El.Measur.Instr.C.L.`)."""
_FILED = re.compile(r"(?<=\s)(LTD|LIMITED|INC|CORP|CORPORATION|COMPANY|CO)(\.?)\s?/\s?(?=[A-Z]{2}/?$)", re.IGNORECASE)
"""Before the mark of two letters that EDGAR sets behind a conformed name (`CHINA MOBILE LTD/FI`)."""
_EACH = re.compile(r"\sEA\.?\s(?=REP)", re.IGNORECASE)
_RATIO = re.compile(r"\b(ADR|ADS|GDR)S?\s(?:EACH\s)?REP[A-Z]*\.?\s(?=\d{1,4}$)", re.IGNORECASE)
"""Before the number of shares that a receipt represents, where no word for shares follows."""
_YUAN = re.compile(r"\bYUAN\s?(?=\d)", re.IGNORECASE)
_PERCENT = re.compile(r"(?<=\d)\s?(?:PCT|PERCENT|PER CENT)\b\.?", re.IGNORECASE)
_MIXED = re.compile(r"(?:(?<=\s)|^)(\d{1,2} (?:1/2|[13]/4|[1357]/8|\d{1,2}/(?:16|32)))(?=$|[\s,;)])")
"""A coupon in eighths, without a sign: no company is called so."""


_TERMED = re.compile(r"(?:(?<=[A-Za-z])|(?<=[A-Za-z]\.))(?=\d{1,2}(?:[.,]\d{1,4})?\s?%|\d\d/\d\d(?!\d|/))")
"""Between a name and a coupon or a bond's years that cling to it, as Euronext and German exchanges print them
(`ERAMET4.196%FEB24`, `CHAPARRAL ENERGY18/23REGS`).
"""
_CLINGING = re.compile(r"[A-Za-z]\.?\d")
_KINDED = re.compile(r"(?<=[^\d/]\d\d/\d\d)(?=[A-Z]{3})|(?<=\bFRN)(?=\d)|(?<=\b(?:BDS|MTN|NTS))(?=\d)")
"""Between a bond's years and its kind, or its kind and when it ends (`18/25MTN`, `FRN21FEB40`)."""


def terms_apart(name: str) -> str:
    """The name with a space before a bond's terms that cling to it; as it stands where none do."""
    return _TERMED.sub(" ", name) if _CLINGING.search(name) else name


_ONE_WORD = re.compile(
    r"([A-Z]{4,}?)((?:CO\.?,?)?(?:LTD|LIMITED)\.?|CORP(?:ORATION)?|GROUP|HOLDINGS?|[AG]DRS?|ADS|[HA]?SHS)",
    re.IGNORECASE,
)
"""A legal form or kind of security that clings to a name of one word, as texts taken out of PDF files have it."""


def forms_apart(name: str) -> str:
    """A name of one word with a space before the form that clings to it (`HIKVISIONCOLTD`); any other as it stands."""
    found = _ONE_WORD.fullmatch(name) if " " not in name else None
    return " ".join(found.groups()) if found else name


def _classed(name: str) -> str:
    """The name with its class of shares set apart, so that no letter of it is taken for the beginning of a word."""
    name = _QUOTED.sub(lambda m: f" '{m['a'] or m['b']}' ", name)
    return " ".join(_CLASS_WORD.sub(" CLASS ", _CLASS_END.sub(" ", name)).split())


def respaced(name: str) -> str:
    """The name with its notation set apart and its coupons marked by `%`; as it stands where it has none."""
    if _CLASSED.search(name):
        name = _classed(name)
    name = _CLASS_SHARE.sub(r"\1 ", name)
    if _MARKED.search(name):
        name = _FORM.sub(" Co. Ltd.", _GLUED.sub(" ", name))
    if "/" in name:
        name = _FILED.sub(r"\1\2 /", name)
    if not name.isascii():
        name = _CLASS_BEHIND.sub(r" \1", name)
    if not _DIGIT.search(name):
        return name
    name = _KINDED.sub(" ", terms_apart(name))
    name = _YUAN.sub("CNY", _RATIO.sub(r"\1 ", _EACH.sub(" EACH ", name)))
    return _MIXED.sub(r"\1%", _PERCENT.sub("%", name)) if " " in name else name
