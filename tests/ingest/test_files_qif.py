"""Investment registers in QIF: deals with the tickers of the file's securities, and those that have none."""

import pytest

from cmic_screen.errors import InputError
from cmic_screen.ingest import read_holdings
from cmic_screen.ingest.files import open_bytes

REGISTER = """!Option:AutoSwitch
!Account
NBrokerage 77
TInvst
^
!Type:Security
NChina Mobile Ltd
SCHL
TStock
^
NCNOOC Ltd
SCEO
TStock
^
!Type:Invst
D1/ 5'26
NBuy
YChina Mobile Ltd
I60.5
Q100
T6,050.00
MOrder 7
^
D2/10'26
NReinvDiv
YNestle SA
Q1
^
D2/11'26
NXIn
T500.00
^
D2/12/2026
NStkSplit
YNestle SA
Q20
^
D12/31/2025
NSellX
YNestle SA
Q10
"""


def rows(raw, name):
    grid = next(g for g in raw.grids if g.name == name)
    return [{f: r[c - 1] for c, f in grid.mapped.items() if r[c - 1]} for r in grid.rows[1:]], grid.row_numbers[1:]


def test_deals_state_their_action_day_and_the_ticker_of_the_files_list():
    (raw,) = open_bytes(REGISTER.encode(), "quicken.qif")
    (buy, *others), numbers = rows(raw, "transactions")
    assert raw.format == "qif"
    assert buy == {
        "account_id": "Brokerage 77", "security_name": "China Mobile Ltd", "ticker": "CHL", "security_type": "Stock",
        "transaction_type": "Buy", "trade_date": "1/5/26", "quantity": "100", "price": "60.5", "net_amount": "6,050.00",
        "notes": "Order 7",
    }  # fmt: skip
    assert [o["transaction_type"] for o in others] == ["Reinvest dividend", "Split", "Sell"]
    assert "quantity" not in others[1]  # a split's is its ratio
    assert [REGISTER.splitlines()[n - 1][:2] for n in numbers] == ["D1", "D2", "D2", "D1"]


def test_a_security_without_a_deal_is_read_too_and_cash_is_said_to_be_left():
    (raw,) = open_bytes(REGISTER.encode(), "quicken.qif")
    assert rows(raw, "securities")[0] == [{"security_name": "CNOOC Ltd", "ticker": "CEO", "security_type": "Stock"}]
    assert [(i.code, i.rows) for i in raw.issues] == [("ENTRIES_LEFT_OUT", 1)]


def test_it_is_known_by_its_content_and_read_as_trades(tmp_path):
    path = tmp_path / "export.txt"
    path.write_text(REGISTER, "utf-8")
    intake = read_holdings([path])
    assert intake.kind == "trades"
    assert intake.table["trade_date"].tolist()[:4] == ["2026-01-05", "2026-02-10", "2026-02-12", "2025-12-31"]
    assert intake.table["quantity"].tolist()[0] == "100"


@pytest.mark.parametrize("text", ["!Type:Bank\nD1/5'26\nT-50\nPShop\n^\n", "!Type:Security\n^\n", "!Type:Invst\n"])
def test_a_register_without_securities_is_refused_with_what_to_do(text):
    with pytest.raises(InputError, match="holds no investment entries"):
        list(open_bytes(text.encode(), "bank.qif"))
