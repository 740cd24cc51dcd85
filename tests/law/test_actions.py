"""Words of blotters and brokers, in many languages, to actions; what says two things asks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmic_screen.actions import lot_flags, parse
from cmic_screen.model import Action

SAYINGS = {
    "BUY": [
        "BOT 100", "BUY_OPEN", "Switch in",
        "B", "BUY", "Buy", "Bought", "BOT", "Kauf", "Wertpapierkauf", "Fondskauf", "Zeichnung", "Achat", "Souscription",
        "Koop", "Koop Fondsen", "Compra", "Acquisto", "Köp", "Köpt", "Købt", "Kjøpt", "Osto", "Kupno", "买入",
        "证券买入",
        "融资买入", "買付", "YOU BOUGHT", "Buy to Open", "Buy 3 @ 134.85 USD", "Subscription",
    ],
    "SELL": [
        "SLD 100", "SELL_CLOSE", "Switch out",
        "S", "SELL", "Sold", "SLD", "Verkauf", "Wertpapierverkauf", "Vente", "Verkoop", "Verkoop Fondsen", "Venta",
        "Vendita", "Venda", "Sälj", "Sålt", "Salg", "Myynti", "Sprzedaż", "卖出", "证券卖出", "賣出", "売却",
        "Sell to Close", "Sell 3 @ 139.74 USD",
    ],
    "SELL_SHORT": ["SellShort", "SELLSHORT", "Open short",
        "Sell Short", "Short Sale", "SS", "Sell to Open", "Leerverkauf", "融券卖出", "空売り", "Vente à découvert",
    ],
    "BUY_TO_COVER": [
        "BuyToCover", "BUYTOCOVER", "Close Short", "Buy to Cover", "Buy to Close", "Cover", "Cover Short",
        "Eindeckung", "买券还券",
    ],
    "FORCED_SALE": ["Forced Sale", "Margin Liquidation", "Zwangsverkauf", "强制平仓"],
    "EXERCISE": [
        "Exercise", "Exercised", "Assigned", "Assignment", "Option Assignment", "Ausübung", "Levée d'option", "行权",
    ],
    "EXPIRE": ["Expired", "Expiry", "Option Expiration", "Verfall", "Options Expired Worthless", "Rights expired"],
    "CASH_DIVIDEND": [
        "Dividend", "Cash Dividend", "Qualified Dividend", "Dividend Received", "Dividende", "Dividendenzahlung",
        "Contant dividend", "Dividendo", "Dividendi", "Utdelning", "股息", "红利", "Ausschüttung", "DIV",
    ],
    "COUPON": [
        "Interest", "Coupon", "Bond Interest", "Zinsgutschrift", "Intérêts", "Cedola", "Intereses", "Ränta", "利息",
    ],
    "STOCK_SPLIT": ["Split", "Stock Split", "Reverse Split", "Aktiensplit", "Frazionamento", "拆股"],
    "BONUS_ISSUE": ["Bonus Issue", "Stock Dividend", "Gratisaktien", "Attribution gratuite", "送股"],
    "DIVIDEND_REINVESTMENT": [
        "Reinvest", "Reinvest Shares", "Reinvest Dividend", "DRIP", "Dividend Reinvestment", "Wiederanlage",
        "Réinvestissement de dividende", "Reinversión de dividendos", "红利再投资", "REINVESTMENT FUND SHARES",
        "Dividend - reinvested",
    ],
    "SCRIP_DIVIDEND": ["Scrip Dividend", "Optional Dividend", "Keuzedividend", "Wahldividende", "Dividende en actions"],
    "RIGHTS_RECEIVED": ["Rights", "Rights Issue", "Bezugsrechte", "Attribution de droits", "配股权"],
    "RIGHTS_EXERCISED": ["Rights Exercise", "Exercise of Rights", "Ausübung Bezugsrechte", "配股缴款"],
    "RIGHTS_SOLD": ["Rights Sold", "Sell rights", "Bezugsrechte Verkauf", "Vente de droits"],
    "RECEIPT_CONVERSION": ["ADR Conversion", "ADR to ordinary", "GDR cancellation"],
    "BOND_CONVERSION": ["Bond Conversion", "Conversion", "Wandlung", "转股"],
    "TENDER": ["Tender", "Tender Offer", "Übernahmeangebot", "Offre publique d'achat", "要约收购"],
    "MANDATORY_EXCHANGE": ["Merger", "Mandatory Exchange", "Fusion", "Symbol Change", "换股"],
    "REDEMPTION": ["Redemption", "Maturity", "Called", "Tilgung", "Remboursement", "Rimborso", "兑付"],
    "TRANSFER": ["Transfer - same beneficial owner", "Übertrag ohne Gläubigerwechsel"],
    "TRANSFER_OWNER_UNKNOWN": [
        "Transfer", "Journaled Shares", "Depotübertrag", "ACAT", "Traspaso", "Deliver", "转托管",
    ],
    "GIFT": ["Gift", "Inheritance", "Schenkung", "Distribution in kind", "Spin-off"],
    "LOAN": ["Securities Lending", "Repo", "Pledge", "Wertpapierleihe", "质押"],
    "HOLD": ["Position", "Bestand"],
    "UNKNOWN": [
        "", "-", "Trade", "Corporate action", "Buy cancel", "Storno Kauf", "Dividend adjustment", "Interest purchase",
        "Rückkauf", "Return of capital", "Payment in lieu", "Storting / opname", "Stockdividend", "撤单 买入",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("text", "action"), [(t, a) for a, said in SAYINGS.items() for t in said])
def test_what_a_cell_says(text, action):
    assert parse(text, "").value == action


def test_every_action_can_be_said():
    assert set(SAYINGS) == {a.value for a in Action}


@pytest.mark.parametrize(
    ("cells", "action"),
    [
        (("", "B", ""), "BUY"),
        (("", "2", ""), "SELL"),
        (("", "5", ""), "SELL_SHORT"),
        (("Trade", "Buy", ""), "BUY"),
        (("Trade", "", "Sell 3 @ 139.74 USD"), "SELL"),
        (("Market", "S", ""), "SELL"),
        (("Sell", "Short", ""), "SELL_SHORT"),
        (("Buy", "Short", ""), "BUY_TO_COVER"),
        (("Sell", "Sell Short", ""), "SELL_SHORT"),
        (("Buy", "Sell", ""), "UNKNOWN"),
        (("Transfer", "Buy", ""), "BUY"),
        (("Dividend", "Buy", ""), "UNKNOWN"),
        (("Dividend", "Reinvest", ""), "DIVIDEND_REINVESTMENT"),
        (("Dividend", "", "Reinvested"), "DIVIDEND_REINVESTMENT"),
        (("现金红利", "", "红利再投资"), "DIVIDEND_REINVESTMENT"),
        (("Dividend", "", "Reinvest: no"), "UNKNOWN"),
        (("Dividend", "", "Dividend of 3 March"), "CASH_DIVIDEND"),
        (("Cash dividend", "", "12 shares purchased"), "UNKNOWN"),
        (("Split", "", "bought fractional share"), "UNKNOWN"),
        (("Split", "", "10 for 1"), "STOCK_SPLIT"),
        (("Sell", "", "to buy a house"), "SELL"),
        (("ADR to ordinary conversion", "", ""), "RECEIPT_CONVERSION"),
        (("Exercise", "Buy", ""), "EXERCISE"),
        (("", "Long", ""), "UNKNOWN"),
        (("Open Position", "", ""), "UNKNOWN"),
        (("Position closed", "", ""), "UNKNOWN"),
        (("Exit position", "", ""), "UNKNOWN"),
        (("Position", "", ""), "HOLD"),
        (("CLOSE BUY 100 @ 2.9765", "", ""), "SELL"),
        (("OPEN SELL 2", "", ""), "SELL_SHORT"),
        (("株式現物買", "", ""), "BUY"),
        (("Prodej", "", ""), "SELL"),
    ],
)
def test_type_side_and_notes_together(cells, action):
    assert parse(*cells).value == action


@given(st.text(max_size=40), st.text(max_size=10), st.text(max_size=20))
def test_any_text_is_some_action(kind, side, notes):
    assert parse(kind, side, notes) in Action


@given(st.sampled_from([(t, a) for a, said in SAYINGS.items() for t in said]), st.sampled_from([str.upper, str.lower]))
def test_case_and_blanks_do_not_matter(saying, change):
    text, action = saying
    assert parse(f"  {change(text)} ", "").value == action


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Stock Split", ("LOT_SPLIT",)), ("Bonus Issue", ("LOT_BONUS",)), ("Inherited", ("LOT_INHERITED",)),
        ("Transfer in", ()), ("Buy", ()), ("Dividend Reinvestment", ()), ("", ()),
    ],
)  # fmt: skip
def test_a_lot_that_came_without_a_purchase(text, flags, programme):
    assert lot_flags(text) == flags
    assert set(flags) <= set(programme.raw["date_query"]["exceptions"])
