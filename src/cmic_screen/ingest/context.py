"""What lines outside the rows say of them: dates, accounts and currencies in preambles and section titles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import dates, rowwords, vocabulary
from cmic_screen.ingest.content import CURRENCIES
from cmic_screen.ingest.fields import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

_AS_OF: Final = re.compile(
    r"\b(?:as of|as at|as on|holdings:|positions? (?:as )?(?:of|at|on)|valuation date|report date|date|dated|stand|per"
    r"|stichtag|vom|datum|bewertungsdatum|au|en date du|arrêté au|al|alla data|data|a la fecha|fecha|em|peildatum"
    r"|per datum|pr\.?|dato|päivämäärä|pvm|dzień)\b|截至|截止|日期|基準日|時点|現在",
    re.IGNORECASE,
)
_DATE: Final = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}"
    r"|\d{1,2}\.?[-. ]+(?:de )?[^\W\d_]{3,}\.?[-., ]+(?:de )?\d{4}"
    r"|\b\d{1,2}[- ][^\W\d_]{3}[- ]\d{2}\b"
    r"|(?<![^\W\d_])[^\W\d_]{3,}\.? \d{1,2},? \d{4}|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|\b(?:19|20)\d{6}\b"
)
_BESIDE: Final = 4
"""Characters beside a date that stands alone on its line."""
_BEGINS: Final = re.compile(
    r"\b(?:from|since|start(?:s|ing)?|begin(?:s|ning)?|dal|dalla|von|seit|depuis|desde|från|vanaf|sinds|alkaen|inception)\b",
    re.IGNORECASE,
)
_PERIOD: Final = re.compile(
    r"\b(?:from|between|period|dal|von|vom|zeitraum|du|période|desde|período|periodo|från|fra|van|od)\b", re.IGNORECASE
)
_ACCOUNT: Final = re.compile(
    r"\b(?:account|acct|a/c|client (?=no|number|id|#)|portfolio|portefeuille|portafoglio"
    r"|(?:wertpapier)?depot(?:nummer|nr)?"
    r"|konto(?:nummer|nr)?|compte(?:[ -]titres)?|cuenta|conta|conto|dossier|rekening(?:nummer)?|depå(?:nummer|nr)?"
    r"|tili|salkku)\b"
    r"\s*(?:number|no|nr|id|name|#|nummer|n°|:)*\.?[\s|:#.]*([A-Z0-9][A-Z0-9./-]{2,}\d[A-Z0-9./-]*|\d[\d /.-]{2,}\d)",
    re.IGNORECASE,
)
_LABELS: Final = frozenset({
    "account", "acct", "a/c", "portfolio", "depot", "konto", "compte", "cuenta", "conta", "conto", "rekening", "depå",
    "tili",
})  # fmt: skip
_LABEL: Final = rf"^(?:{'|'.join(sorted(_LABELS))})(?:nummer|nr)?\b"
_LABELLED: Final = re.compile(_LABEL, re.IGNORECASE)
_LABELLED_ACCOUNT: Final = re.compile(
    _LABEL + r"\s*(?:number|no|nr|id|nummer|n°)?\.?\s*[|:#]\s*([A-Z0-9./-]*\d[A-Z0-9./-]*)$", re.IGNORECASE
)
"""Behind a label and a colon a short number is an account's too (`Account: 123`)."""
_NAMED_ACCOUNT: Final = re.compile(
    _LABEL + r"\s*(?:name|number|no|nr|id|nummer|n°)?\.?"
    r"(?:\s*[|:#]\s*(?P<said>[^|:]{2,40})|\s+(?P<code>[A-Z]{1,5} \d[\d/.-]*))$",
    re.IGNORECASE,
)
"""Behind a label and a colon an account may be a name (`Account: Penrose Trust`), without one a code in two words
(`Depot ACC 2002`)."""
_HAN_ACCOUNT: Final = re.compile(r"(?:账户|账号|帳戶|帳號|口座番号|資金帳號|계좌번호)[\s|:：#]*([A-Z0-9-]{4,})")
_MASKED: Final = re.compile(r"(?:\.{3}|…|[xX*]{3,}-?)\d{3,4}\b")
"""The last digits of an account whose others are hidden (`Individual ...114`)."""
_SHORT: Final = 40
_READ: Final = 2_000
"""Characters of a line that are searched for a date or an account."""
_BARE_ACCOUNT: Final = re.compile(r"(?=[A-Z0-9-]*\d{4})[A-Z]{0,4}-?\d[\dA-Z-]{4,}")
_CURRENCY: Final = re.compile(
    r"(?:currency|ccy|währung|devise|monnaie|valuta|divisa|moneda|moeda|valuutta|币种|幣別|通貨"
    r"|values? in|amounts? in|all (?:values|amounts|figures) in|expressed in|in)\s*[|:：]?\s*([A-Z]{3})\b"
)


_AT_END: Final = re.compile(r"[-–/(:]\s*[A-Z]{3}\)?$")


@dataclass(frozen=True, slots=True)
class Section:
    """What the titles above a row say: all of it as text, and the account, currency and asset class among it."""

    text: str = ""
    account: str = ""
    currency: str = ""
    asset_class: str = ""


def as_of(text: str, order: str = "MDY") -> str:
    """The date a line states the holdings for, ISO; "" where it states none, or only where a period begins. Of a period
    it is the last day. `order` is that of day and month in the file, where the line leaves it open.
    """
    text = text[:_READ]
    if not (stated := [m[0] for m in _DATE.finditer(text)]):
        return ""
    of_period = len(stated) > 1 and bool(_PERIOD.search(text))
    if not (of_period or _AS_OF.search(text) or len(text) - len(stated[0]) < _BESIDE):
        return ""
    if len(stated) == 1 and _BEGINS.search(text):
        return ""
    found = re.sub(r"\s+", " ", stated[-1] if of_period else stated[0])
    first = re.match(r"(\d{1,2})\D", found)
    return dates.parse(found, "DMY" if (first and int(first[1]) > 12) or "." in found else order)


def account(text: str) -> str:
    """The account a line names, "" where none."""
    text = text[:_READ]
    if m := _ACCOUNT.search(text) or _LABELLED_ACCOUNT.match(text.strip()) or _HAN_ACCOUNT.search(text):
        return "" if dates.looks_date(m[1].strip()) else m[1].strip()
    if (m := _NAMED_ACCOUNT.match(text.strip())) and not _is_other(said := m["said"] or m["code"]):
        return said.strip()
    if m := _MASKED.search(text):
        return text.strip() if len(text) <= _SHORT else m[0]
    return text if _BARE_ACCOUNT.fullmatch(text) else ""


def titles_account(text: str) -> bool:
    """Whether a text names an account behind an account's label: a number alone may as well be an amount."""
    return bool(_LABELLED.match(text)) and bool(account(text))


def labels_one(heading: str) -> bool:
    """Whether a heading is that of one account (`Acct 1001`, `Portfolio Growth`), a label and which it is; one that
    says what amount of the portfolio it is (`Portfolio MV`) is none.
    """
    first, _, rest = heading.partition(" ")
    fields = vocabulary.fields_of(heading)
    if _first_word(first) not in _LABELS or not rest or max(fields, key=lambda n: fields[n], default="") in NUMBERS:
        return False
    return any(map(str.isdigit, rest)) or not (rowwords.general(rest) or vocabulary.exact(heading))


def _is_other(said: str) -> bool:
    """Whether what stands behind an account's label is none: a day, a currency, a kind of security, a total."""
    said = said.strip()
    if said in CURRENCIES or rowwords.general(said) or rowwords.total(said):
        return True
    return dates.looks_date(said) or bool(as_of(said)) or not any(map(str.isalnum, said))


def currency(text: str) -> str:
    """The currency a line states for what follows, ISO 4217, "" where none."""
    if m := _CURRENCY.search(text):
        return m[1] if m[1] in CURRENCIES else ""
    words = re.findall(r"\b[A-Z]{3}\b", text) if len(text) < 50 else []
    codes = [w for w in words if w in CURRENCIES]
    alone = rowwords.general(text) or bool(_AT_END.search(text))
    return codes[0] if len(codes) == 1 and alone else ""


def sections(titles: Sequence[tuple[int, str]], rows: Iterable[int]) -> dict[int, Section]:
    """The section of each of these rows. Titles that follow one another without a row between them stand together; an
    account, a currency or an asset class holds until another is named.
    """
    out: dict[int, Section] = {}
    now = Section()
    pending: list[str] = []
    labels = {_first_word(text) for _, text in titles if account(text)} & _LABELS
    marks = iter([*titles, (1 << 60, "")])
    at, text = next(marks)
    for row in rows:
        fresh = False
        while at < row:
            pending = [*pending, text] if fresh else [text]
            fresh = True
            now = _after(now, text, " / ".join(pending), labels)
            at, text = next(marks)
        out[row] = now
    return out


def after(now: Section, titles: Iterable[str]) -> Section:
    """What holds below these titles: accounts, currency and asset class as they were last named."""
    for text in titles:
        now = _after(now, text, text)
    return Section(account=now.account, currency=now.currency, asset_class=now.asset_class)


def _first_word(text: str) -> str:
    return text.split(" ", 1)[0].rstrip(":#").casefold()


def _like_others(text: str, labels: Collection[str]) -> str:
    """The account in a title that begins as the titles of other accounts do (`Account Penrose Trust`), "" where none:
    else its rows would be taken for the account's before.
    """
    first, _, rest = text.partition(" ")
    return rest.strip(" :#") if rest and _first_word(first) in labels and not _is_other(rest) else ""


def _after(now: Section, text: str, whole: str, labels: Collection[str] = ()) -> Section:
    named, money = account(text) or _like_others(text, labels), currency(text)
    kind = text if rowwords.general(text) and not rowwords.money(text) and not money else ""
    return Section(
        text=whole,
        account=named or now.account,
        currency=money or (now.currency if not named else ""),
        asset_class=kind or ("" if named else now.asset_class),
    )
