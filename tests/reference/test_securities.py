"""The securities master: sound as shipped, covering every listed company that has a security, and a user's own rows."""

from __future__ import annotations

import csv
import gzip
from datetime import date

import pytest

from cmic_screen.errors import InputError, ListError
from cmic_screen.model import MasterRow, Relation
from cmic_screen.reference import embedded_snapshot
from cmic_screen.reference.own_securities import Imported, import_rows
from cmic_screen.reference.securities import (
    COLUMNS,
    OWN_FILE,
    has_security,
    load_master,
    problems_of,
    read_rows,
    row_cells,
    summary,
)
from cmic_screen.resolve import Resolver
from cmic_screen.securities import build

TODAY = date(2026, 11, 22)
SNAPSHOT = embedded_snapshot()
SHIPPED = load_master()
GOOD = {"uid": "30923", "relation": "issuer", "scheme": "sedol", "value": "6073556", "source": "our custodian"}


def row(**changed: str) -> MasterRow:
    return row_cells(dict.fromkeys(COLUMNS, "") | GOOD | {"confidence": "high"} | changed)


# ------------------------------------------------------------------------------------------------ as shipped


def test_the_shipped_master_is_sound():
    assert problems_of(SHIPPED.rows, SNAPSHOT) == []


def test_every_shipped_row_says_where_it_is_from():
    assert all(r.source and r.confidence for r in SHIPPED.rows)
    assert all(r.note for r in SHIPPED.rows if r.relation in {"related", "not"})


def test_every_entity_with_an_equity_line_has_it_with_its_market():
    for entity in SNAPSHOT.entities:
        if not entity.tickers:
            continue
        own = [r for r in SHIPPED.rows if r.uid == entity.uid and r.relation == "issuer" and r.scheme == "ticker"]
        assert any(len(r.mic) == 4 for r in own), entity.name


def test_every_entity_with_a_listed_security_is_covered_and_the_others_are_named():
    without = {e["uid"] for e in summary(SHIPPED, SNAPSHOT)["without"]}
    assert without == {
        "30902", "30927", "30936", "30939", "30942", "30944", "30947", "30949", "30950", "30956", "33091", "33111",
        "33114", "33893",
    }  # fmt: skip
    assert has_security(SNAPSHOT.entity("33112"), SHIPPED.rows)  # CloudWalk: known to the master alone


@pytest.mark.parametrize(
    ("uid", "relation", "scheme", "value", "mic"),
    [
        ("30923", "issuer", "ticker", "600941", "XSHG"),
        ("30882", "issuer", "ticker", "601728", "XSHG"),
        ("30926", "issuer", "ticker", "600938", "XSHG"),
        ("33112", "issuer", "ticker", "688327", "XSHG"),
        ("30959", "issuer", "ticker", "1186", "XHKG"),
        ("30959", "issuer", "isin", "CNE100000981", ""),
        ("30923", "issuer", "ticker", "80941", "XHKG"),
        ("30926", "issuer", "ticker", "80883", "XHKG"),
        ("30923", "receipt", "cusip", "16941M109", ""),
        ("30951", "receipt", "ticker", "SMICY", "OTCM"),
        ("30923", "issuer", "ticker", "CTM", "XBER"),
        ("30926", "receipt", "ticker", "CNU", "XTSE"),
        ("32153", "issuer", "ticker", "302132", "XSHE"),
        ("30946", "issuer", "name", "海康威视", ""),
        ("30882", "not", "ticker", "CHA", "XNAS"),
        ("32107", "not", "isin", "US22160N1090", ""),
        ("30942", "related", "ticker", "600050", "XSHG"),
        ("33114", "related", "isin", "KYG8062L1041", ""),
        ("30926", "related", "isin", "US12625GAD60", ""),
    ],
)
def test_facts_that_issue_3_names(uid, relation, scheme, value, mic):
    found = [
        r for r in SHIPPED.rows if (r.uid, r.relation, r.scheme, r.value, r.mic) == (uid, relation, scheme, value, mic)
    ]
    assert len(found) == 1


def test_sensetime_group_inc_and_guaranteed_bonds_are_for_a_person():
    policies = {r.value: r.policy for r in SHIPPED.rows if r.relation == "related" and r.scheme == "isin"}
    assert {policies[v] for v in ("KYG8062L1041", "US12625GAD60", "XS1733841735", "XS2340539142")} == {"REVIEW"}
    assert policies["CNE100001T80"] == ""


@pytest.mark.parametrize(
    ("held", "uid"),
    [
        ({"isin": "CNE000000BS6"}, "32073"),  # Shanghai until 2021, since then the board for delisted companies
        ({"ticker": "400098", "currency": "CNY"}, "32073"),
        ({"isin": "CNE100001S40"}, "33895"),  # Shenzhen until 2022
        ({"isin": "CNE100000J75"}, "32100"),  # exchanged for shares of another company in 2025
    ],
)
def test_a_delisted_line_that_went_over_the_counter_is_still_traded(held, uid, resolver):
    """Rules §3.4: only a line that trades nowhere, over the counter included, is in doubt."""
    (found,) = resolver.resolve([build(held)], TODAY)[0]
    assert (found.entity.uid, found.relation) == (uid, Relation.ISSUER)
    assert (found.policy == "NOT_TRADED") == (uid == "32100")


def test_a_symbol_that_a_database_filled_in_for_a_stranger_is_not_taken():
    """CMW is Cromwell Property in Sydney, GRV Greenvale Mining: their rows bore ISINs of the same symbol elsewhere."""
    known = {(r.value, r.mic) for r in SHIPPED.rows if r.scheme == "ticker"}
    assert ("CMW", "XMUN") in known
    assert not known & {("CMW", "XASX"), ("GRV", "XASX")}


def test_against_the_labelled_rows_of_the_public_lists(shared, resolver):
    """Every issuer row found by code and name, derivatives by name, no near miss accused, doubtful ones noted."""
    with (shared / "master/master_truth.csv").open(encoding="utf-8", newline="") as file:
        truth = list(csv.DictReader(file))
    securities = [build(_as_held(line)) for line in truth]
    for line, found in zip(truth, resolver.resolve(securities, TODAY), strict=True):
        proven = {m.entity.name for m in found if m.relation in {Relation.ISSUER, Relation.DERIVATIVE}}
        relations = {m.relation for m in found}
        if line["on_ns_cmic"] in {"Y", "derivative"}:
            assert line["listed_entity"] in proven, line
        elif line["on_ns_cmic"] == "N":
            assert relations <= {Relation.RELATED_UNLISTED}, line
        else:
            assert relations & {Relation.RELATED_UNLISTED, Relation.UNCERTAIN}, line
            assert not proven, line


def _as_held(line: dict[str, str]) -> dict[str, str]:
    market = {"H": " HK", "f": "", "S": " US"}[line["file"][0]]
    isin = "" if line["isin"] == "nan" else line["isin"]
    return {"ticker": line["code"] + market, "isin": isin, "security_name": line["name"]}


def test_no_unrelated_line_of_the_public_lists_shares_an_identifier(shared):
    """The master's own identifiers belong to nobody else in 69,000 equities: a collision would accuse a stranger."""
    own = {(r.scheme, r.value): r.uid for r in SHIPPED.rows if r.relation in {"issuer", "receipt"}}
    words = {
        "30923": "MOBILE", "30882": "TELECOM", "30924": "UNICOM", "30926": "CNOOC", "30951": "SEMICON",
        "30930": "CMNCTS", "30959": "RAIL", "32128": "PANDA",
    }  # fmt: skip
    with gzip.open(shared / "master/financedatabase_equities_2026-08-16.csv.gz", "rt", encoding="utf-8") as file:
        hits = [
            (own[scheme, line[column]], line["name"])
            for line in csv.DictReader(file)
            for scheme, column in (("isin", "isin"), ("cusip", "cusip"), ("figi", "figi"), ("figi", "composite_figi"))
            if (scheme, line[column]) in own
        ]
    assert len(hits) > 40
    assert all(words[uid] in name.upper() for uid, name in hits if uid in words)


# ------------------------------------------------------------------------------------------------ checking


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"value": "6073557"}, "check digit is 7, 6 by the standard"),
        ({"scheme": "isin", "value": "HK 0941009539"}, "not a ISIN in canonical form"),
        ({"uid": "1"}, "uid 1 is not on the list"),
        ({"relation": "owner"}, "relation 'owner' is none of"),
        ({"scheme": "ric"}, "scheme 'ric' is neither"),
        ({"scheme": "ticker", "value": "941", "mic": "HK"}, "market 'HK' is no MIC"),
        ({"policy": "MAYBE"}, "policy 'MAYBE'"),
        ({"confidence": "certain"}, "confidence 'certain'"),
        ({"source": ""}, "the source is blank"),
        ({"scheme": "name", "value": " "}, "the value is blank"),
        ({"valid_from": "2026-02-01", "valid_to": "2026-01-01"}, "valid_from is after valid_to"),
    ],
)
def test_each_fault_of_a_row_is_named(changed, fault):
    assert [f for f in problems_of([row(**changed)], SNAPSHOT) if fault in f]


def test_two_companies_cannot_claim_one_identifier():
    both = [row(), row(uid="30882")]
    assert problems_of(both, SNAPSHOT) == ["sedol 6073556: claimed for uid 30923 and for uid 30882"]
    ofacs = row(uid="30882", scheme="isin", value="HK0941009539")
    assert "claimed for uid 30923 and for uid 30882" in problems_of([ofacs], SNAPSHOT)[0]
    stranger = [row(), row(relation="related")]
    assert "another than uid 30923" in problems_of(stranger, SNAPSHOT)[0]


def test_one_symbol_may_belong_to_two_companies_one_after_the_other():
    first = row(uid="30882", scheme="ticker", value="CHA", mic="XNYS", valid_to="2021-05-31")
    second = row(scheme="ticker", value="CHA", mic="XNYS", valid_from="2025-04-17")
    assert problems_of([first, second], SNAPSHOT) == []
    assert problems_of([first, row(scheme="ticker", value="CHA", mic="XNYS", valid_from="2021-01-01")], SNAPSHOT)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"a,b\n1,2\n", "columns differ"),
        (b"\xff\xfe", "not UTF-8"),
        ((",".join(COLUMNS) + "\n30923,issuer,isin,X,,tomorrow,,,s,high,\n").encode(), "line 2"),
    ],
)
def test_a_master_that_is_not_understood_is_refused(body, fault):
    with pytest.raises(ListError, match=fault):
        read_rows(body, "master.csv")


# ------------------------------------------------------------------------------------------------ a user's own rows


def test_own_rows_are_added_whole_and_resolved(home):
    own = [GOOD | {"scheme": "valor", "value": "641690"}, GOOD | {"scheme": "ticker", "value": "CTM GR", "mic": "XFRA"}]
    assert import_rows(own, "ours.csv", home, SNAPSHOT) == Imported(added=2, known=0, total=2)
    master = load_master(home)
    assert len(master.rows) == len(SHIPPED.rows) + 2
    assert master.sha256 != SHIPPED.sha256
    (match,) = Resolver(SNAPSHOT, master.rows).resolve([build({"valor": "641690"})], TODAY)[0]
    assert (match.entity.uid, match.evidence[0].source) == ("30923", "securities master: our custodian")


def test_importing_twice_adds_nothing(home):
    own = [GOOD | {"scheme": "valor", "value": "641690"}]
    import_rows(own, "ours.csv", home, SNAPSHOT)
    before = (home / OWN_FILE).read_bytes()
    assert import_rows(own, "ours.csv", home, SNAPSHOT) == Imported(added=0, known=1, total=1)
    assert (home / OWN_FILE).read_bytes() == before


def test_own_rows_are_brought_to_canonical_form(home):
    own = [
        {"uid": "China Mobile Limited", "relation": "ISSUER", "scheme": "Ticker", "value": "0941.HK"},
        GOOD | {"scheme": "isin", "value": "ar deut111812"},
    ]
    import_rows(own, "ours.csv", home, SNAPSHOT)
    first = read_rows((home / OWN_FILE).read_bytes(), OWN_FILE)
    assert ("isin", "ARDEUT111812", "") in {(r.scheme, r.value, r.mic) for r in first}
    # the ticker in Reuters notation is the shipped 941 XHKG: known, not added
    assert [r.scheme for r in first] == ["isin"]


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (GOOD | {"value": "6073557"}, "check digit"),
        (GOOD | {"valid_from": "1.2.2026"}, "row 3"),
        (GOOD | {"uid": "30882"}, "claimed for"),
        (GOOD | {"uid": "Apple Inc"}, "not on the list"),
    ],
)
def test_one_bad_row_and_nothing_is_imported(home, bad, fault):
    with pytest.raises(InputError, match=fault) as raised:
        import_rows([GOOD | {"scheme": "valor", "value": "641690"}, bad], "ours.csv", home, SNAPSHOT)
    assert "Nothing was imported" in raised.value.message
    assert not (home / OWN_FILE).exists()


def test_a_table_without_the_needed_columns_is_refused(home):
    for cells in ([], [{"name": "x"}]):
        with pytest.raises(InputError, match="columns missing"):
            import_rows(cells, "ours.csv", home, SNAPSHOT)
