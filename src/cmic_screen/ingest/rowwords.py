"""Words by which a row of a holdings table is told to be no holding: totals, cash, footers; data, in many languages.

A row is set aside on these words alone only where every word of it is one of them: `TOTAL SE` and `Cash Converters`
are companies (pains B4), and a company set aside is a company not screened.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from cmic_screen.ingest.columns import CURRENCIES

TOTAL: Final = frozenset(
    "total totals totale totali totalt totaal totales totais subtotal subtotals subtotale subtotaal sub-total soustotal sous-total sum summe summa gesamt gesamtsumme gesamtwert "
    "gesamtvermögen zwischensumme endsumme suma razem łącznie somma somme ialt yhteensä välisumma subtotaali loppusumma delsum delsumma sumtotal samtliga grandtotal "
    "合计 总计 小计 合計 小計 總計 总额 總額 計 计 总和 합계 총계 소계 balance saldo".split()
)
_CONTEXT: Final = frozenset(
    "of for in all the and et und y e i och og ja en de der des di del della du da do la le les los las el per by & + grand net portfolio portfolios account accounts acct fund funds holding holdings position positions asset assets "
    "value values market long short equity equities stock stocks share shares bond bonds fixed income cash investment investments investments securities security common preferred domestic foreign international "
    "options option derivatives futures etf etfs mutual other others core alternative alternatives real estate commodities client clients household relationship report page this section sub category class currency "
    "portfel portfolio's depot konto conto compte cuenta conta rekening aktien anleihen renten fonds vermögen bestand wertpapiere titel azioni obbligazioni fondi titoli portafoglio patrimonio actions obligations "
    "titres portefeuille actifs avoirs acciones bonos fondos valores cartera activos ações obrigações fundos carteira ativos aandelen obligaties beleggingen portefeuille aktier obligationer fonder innehav portfölj "
    "värdepapper aksjer obligasjoner aksjefond portefølje beholdning osakkeet rahastot salkku général générale generale general geral number count rows lines "
    "股票 债券 基金 现金 資產 资产 证券 組合 组合 投资 equity".split()
)
CASH: Final = frozenset(
    "cash cashbalance money balance balances currency currencies deposit deposits settlement settled unsettled sweep pending activity available uninvested fx forex spot foreign receivable receivables payable payables "
    "liquidity liquidities liquidität liquide liquiditeiten middelen mittel bargeld bankguthaben guthaben kontoguthaben barmittel verrechnungskonto liquidità liquidita contanti disponibilità "
    "espèces especes liquidités liquidites encaisse trésorerie solde efectivo liquidez tesorería caixa numerário dinheiro saldo likvida medel likvidkonto kontanter likvider kontant bankkonto käteinen käteisvarat rahat "
    "gotówka środki pieniężne collateral margin accrued income interest dividend dividends equivalents equivalent 现金 現金 余额 餘額 存款 银行存款 清算备付金 现金及等价物 現金及約當現金 預り金 現預金 현금 예수금".split()
)
_MONEY: Final = frozenset(
    "dollar dollars us u.s. usa american euro euros eur pound pounds sterling british yen japanese franc francs swiss schweizer franken yuan renminbi chinese hong kong krona kronor kronur krone kroner swedish norwegian danish "
    "canadian australian singapore rupee rupees won zloty peso pesos real reais rand new taiwan dolar dólar dólares dollaro dollari dollars zealand united states and und et y e och & / - and/or or derivatives other base local account acct in on at "
    "人民币 美元 港币 港元 欧元 日元".split()
)
FOOT: Final = re.compile(
    r"^(?:\*|†|‡|source\s*[:;]|note[s]?\s*[:;]|disclaimer|important|this (?:report|material|document|information|statement)|the (?:information|content|data|iShares|fund)|"
    r"past performance|carefully consider|before investing|investors should|©|\(c\)|copyright|all rights|holdings (?:are )?subject|data as of|prices? as of|generated|printed|"
    r"page \d+|seite \d+|pagina \d+|página \d+|sida \d+|side \d+|sivu \d+|strona \d+|第\s*\d+\s*页|- ?\d+ ?-$|end of (?:report|file)|continued|"
    r"quelle|hinweis|fonte|nota bene|avvertenza|avertissement|remarque|mention|fuente|aviso|bron:|källa|kilde|lähde|źródło|数据来源|資料來源|注[:：]|备注|免责|出典)",
    re.I,
)
_TOKENS: Final = re.compile(r"[^\W_]+(?:[-./][^\W_]+)*|&|/")


@cache
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text, folded; Chinese and Japanese runs stay whole."""
    return tuple(_TOKENS.findall(unicodedata.normalize("NFKC", text).casefold()))


def _plain(word: str) -> bool:
    return word.isdigit() or word.upper() in CURRENCIES


@cache
def total(text: str) -> str:
    """`pure` where every word says total of something general, `maybe` where one of its ends does, else ""."""
    found = tokens(text)
    if not found:
        return ""
    says = [w in TOTAL for w in found]
    if not any(says):
        return ""
    if all(s or w in _CONTEXT or _plain(w) for s, w in zip(says, found, strict=True)):
        return "pure"
    return "maybe" if says[0] or says[-1] or found[0] in {"grand", "sub"} else ""


@cache
def cash(text: str) -> bool:
    """Whether every word of a text speaks of money and none could be a company."""
    found = tokens(text)
    if not found:
        return False
    known = all(w in CASH or w in _MONEY or _plain(w) for w in found)
    return known and any(w in CASH or w in _MONEY or w.upper() in CURRENCIES for w in found)


@cache
def speaks_of_cash(text: str) -> bool:
    """Whether some word of a text speaks of cash: then what else stands there is screened and flagged."""
    return any(
        w in {"cash", "现金", "現金", "dividend", "dividends", "interest", "sweep", "deposit", "receivable"}
        for w in tokens(text)
    )


@cache
def general(text: str) -> bool:
    """Whether a text is a heading such as `Equities` or `Fixed income: USD`, and nothing that names an issuer."""
    found = tokens(text)
    return bool(found) and all(w in _CONTEXT or w in CASH or w in _MONEY or w in TOTAL or _plain(w) for w in found)


def sentence(text: str) -> bool:
    """Whether a text is running prose (a disclaimer, a note) rather than a name."""
    return len(text) > 160 or (len(text) > 70 and text.count(" ") > 9) or bool(FOOT.match(text))
