"""The main path: no row is lost, order is nothing, side lines are asked about, a new listing bites at its dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cmic_screen import positions, tally
from cmic_screen.accounts import AccountMap
from cmic_screen.intake import InputFile, Intake, RowProblem, SetAside, SheetReading
from cmic_screen.model import EntityName, NameKind, NearestName, Person, Phase, Security, SourceRef, Verdict
from cmic_screen.programme import load_programme
from cmic_screen.reference import embedded_snapshot
from cmic_screen.reference.securities import load_master
from cmic_screen.run import Circumstances
from cmic_screen.screening import AHEAD, NearestNames, screen

ABOUT = Circumstances(run_id="T", created_at="2026-11-22T00:00:00Z", list_age_days=0, list_stale=False)
TODAY = date(2026, 11, 1)

BOOK = [
    {"security_name": "CHINA MOBILE LTD", "isin": "HK0941009539", "market_value": "10", "currency": "HKD"},
    {"security_name": "NESTLE SA", "isin": "CH0038863350", "market_value": "20", "currency": "CHF"},
    {"security_name": "Hikvision Digtal Technology Co", "market_value": "30", "currency": "CNY"},
    {"security_name": "ISHARES MSCI EM ETF", "asset_class": "ETF", "isin": "US4642872349"},
    {"security_name": "SENSETIME GROUP INC", "isin": "KYG8062L1041"},
    {"ticker": "AAPL US"},
    {"security_name": "CGN POWER CO LTD-H", "isin": "CNE100001T80"},
]


def intake_of(rows, set_aside=(), problems=()) -> Intake:
    table = positions.frame([{"file": "f.csv", "sheet": "f.csv", "row": i + 2, **r} for i, r in enumerate(rows)])
    sheet = SheetReading(
        name="f.csv", used=True, rows_read=1 + len(rows) + len(set_aside) + len(problems), headers=1,
        positions=len(rows), set_aside=len(set_aside), problems=len(problems),
    )  # fmt: skip
    file = InputFile(file="f.csv", sha256="0" * 64, bytes=1, format="csv", sheets=(sheet,))
    return Intake(table=table, inputs=(file,), set_aside=tuple(set_aside), problems=tuple(problems))


def run(rows, *, snapshot=None, as_of=TODAY, set_aside=(), decisions=(), problems=()):
    return screen(
        intake_of(rows, set_aside, problems), snapshot or embedded_snapshot(), load_programme(), as_of, decisions,
        master=load_master(), about=ABOUT,
    )  # fmt: skip


def test_every_row_ends_and_the_worst_leads_the_exit_code():
    found = run(BOOK)
    assert [f.verdict.name for f in found.row_findings()] == [
        "PROHIBITED", "CLEAR", "REVIEW", "REVIEW", "REVIEW", "UNSCREENED", "PERMITTED",
    ]  # fmt: skip
    assert int(found.exit_code) == 10
    assert [f.ref for f in found.findings] == ["F-001", "F-002", "F-003", "F-004", "F-005", "F-006"]
    assert found.totals.market_value["HKD"].prohibited == "10"


@pytest.mark.parametrize(
    ("named", "said", "examples"),
    [
        ({"a-1", "a-2"}, [], ()),
        ({"a-1", "x"}, [], ("x",)),
        ({"x", "y"}, ["No account of the account map is an account of the holdings."], ("x", "y")),
    ],
)
def test_accounts_of_the_map_that_no_row_has_are_told(named, said, examples):
    """A map that writes accounts otherwise than the holdings changes nothing, and nothing else would show it."""
    intake = intake_of([{**BOOK[0], "account_id": "A-1"}, {**BOOK[1], "account_name": "A-2"}])
    told = tally.mapped(intake, AccountMap({name: Person() for name in named}))
    assert told.said_at_once() == said
    assert tuple(e for i in told.issues for e in i.examples) == examples


def test_the_nearest_name_beside_a_match_is_another_entitys():
    found = run([BOOK[0], BOOK[2]])
    for finding in found.findings:
        own = {m.match.entity.uid for m in finding.judgement.matches}
        assert own
        assert not own & {n.uid for n in found.nearest[finding.security.fingerprint]}


def test_the_nearest_names_of_findings_and_of_all_rows_are_worked_out_once_and_many_at_a_time():
    asked = []

    class Answering:
        def nearest_many(self, securities, n=1, seen=None):
            asked.append([s.security_name for s in securities])
            return [(NearestName(uid="1", name=s.security_name, score=0.1, why_not=""),) for s in securities]

    names = [str(i) for i in range(3_000)]
    nearest = NearestNames({n: Security(security_name=n) for n in names}, Answering(), {}, told=("5", "900", "2000"))
    assert nearest["900"][0].name == "900"
    assert nearest["5"][0].name == "5"
    assert [sorted(some) for some in asked] == [["2000", "900"], ["5"]]
    assert [nearest[n][0].name for n in names] == names
    assert sorted(n for some in asked for n in some) == sorted(names)
    assert len(asked) <= 2 + 8
    assert max(map(len, asked)) <= AHEAD


def test_an_affiliate_is_named_as_such():
    (finding,) = run([BOOK[6]]).findings
    assert finding.verdict is Verdict.PERMITTED
    assert "not listed; the 50 percent rule does not apply" in finding.judgement.reason


@pytest.fixture(scope="module")
def wanted():
    return {i: f.verdict for i, f in enumerate(run(BOOK).row_findings())}


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(order=st.permutations(range(len(BOOK))), twice=st.lists(st.sampled_from(range(len(BOOK))), max_size=3))
def test_neither_row_order_nor_other_rows_change_a_verdict(wanted, order, twice):
    picked = [*order, *twice]
    assert [f.verdict for f in run([BOOK[i] for i in picked]).row_findings()] == [wanted[i] for i in picked]


def aside(text: str, reason: str, row: int = 99) -> SetAside:
    return SetAside(source=SourceRef(file="f.csv", sheet="f.csv", row=row), reason=reason, text=text)


def test_a_cash_line_that_names_a_listed_entity_is_asked_about_and_moves_in_the_account():
    found = run(
        [BOOK[1]], set_aside=[aside("Cash dividend | CHINA MOBILE LTD | 120.00", "cash"), aside("Total | 5", "total")]
    )
    (finding,) = found.findings
    assert finding.verdict is Verdict.REVIEW
    assert finding.source.row == 99
    assert found.totals.set_aside_rows == 1
    assert found.totals.positions == 2


def test_a_total_stays_set_aside_only_where_its_lots_are_screened():
    lines = [aside("Total CHINA MOBILE LTD | 5", "total"), aside("Nothing | here", "footer", 100)]
    found = run([BOOK[0]], set_aside=lines)
    assert [f.source.row for f in found.findings] == [2]
    assert found.totals.set_aside_rows == 2
    alone = run([BOOK[1]], set_aside=lines)
    assert [(f.source.row, f.verdict) for f in alone.findings] == [(99, Verdict.REVIEW)]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("=B9", "CHINA MOBILE LTD", "100"), "The row names {mobile} (OFAC uid 30923)."),
        (("HK0941009539", "=VLOOKUP(A2)", "100"), "The row names {mobile} (OFAC uid 30923)."),
        (("941 HK", "#REF!", "100"), "The row names {mobile} (OFAC uid 30923)."),
        (("=B9", "Hikvision Digtal Technology Co"), "The row may name {hik} (OFAC uid 30946)."),
    ],
)
def test_a_row_that_cannot_be_screened_says_which_listed_name_stands_in_it(cells, said):
    found = run([BOOK[1]], problems=[problem(cells), problem(("=B9", "NESTLE SA", "941", "HK"), row=100)])
    named, quiet = found.findings
    assert {named.verdict, quiet.verdict} == {Verdict.UNSCREENED}
    names = {k: embedded_snapshot().entity(uid).name for k, uid in (("mobile", "30923"), ("hik", "30946"))}
    assert said.format(**names) in named.judgement.reason
    assert named.judgement.reason.count("OFAC uid") == 1
    assert "OFAC uid" not in quiet.judgement.reason


def problem(cells, row: int = 99) -> RowProblem:
    where = SourceRef(file="f.csv", sheet="f.csv", row=row)
    return RowProblem(source=where, code="FORMULA", text="A formula without a value.", cells=cells, do="Save it again.")


@pytest.mark.parametrize(
    ("on", "verdict", "phase"),
    [
        (date(2026, 12, 1), Verdict.PERMITTED, Phase.NOT_LISTED),
        (date(2026, 12, 2), Verdict.UPCOMING, Phase.PENDING),
        (date(2027, 1, 30), Verdict.UPCOMING, Phase.PENDING),
        (date(2027, 1, 31), Verdict.PROHIBITED, Phase.WINDOW),
        (date(2027, 12, 1), Verdict.PROHIBITED, Phase.WINDOW),
        (date(2027, 12, 2), Verdict.PROHIBITED, Phase.CLOSED),
    ],
)
def test_a_listing_invented_for_next_month_bites_at_its_dates(on, verdict, phase):
    old = embedded_snapshot()
    listed = date(2026, 12, 2)
    new = replace(
        old.entity("30923"),
        uid="99999",
        names=(EntityName(text="KESTREL LAGOON OPTICS CO., LTD.", kind=NameKind.PRIMARY),),
        identifiers=(),
        tickers=old.entity("30923").tickers[:1],
        listed=listed,
        effective=listed + timedelta(days=60),
        divestment_ends=listed + timedelta(days=365),
    )
    found = run(
        [{"security_name": "KESTREL LAGOON OPTICS CO., LTD."}],
        snapshot=replace(old, entities=(*old.entities, new)),
        as_of=on,
    )
    (finding,) = found.findings
    assert finding.verdict is verdict
    assert finding.judgement.matches[0].phase is phase


def test_a_run_that_lost_a_row_cannot_be_made():
    found = run(BOOK)
    with pytest.raises(ValueError, match="a row was lost"):
        replace(found, totals=replace(found.totals, clear=found.totals.clear + 1))
    with pytest.raises(ValueError, match="rows were lost"):
        replace(found.intake, table=found.intake.table.iloc[1:].reset_index(drop=True))


@pytest.mark.parametrize(
    ("days", "asked"),
    [
        (("2021-08-01", "2021-08-02", "2023-05-05"), [False, True, True]),
        (("2026-10-31", "2026-10-31", "2026-10-31"), [False, False, False]),
    ],
)
def test_trade_dates_that_differ_are_those_of_lots_and_one_for_all_rows_is_the_files(days, asked):
    """A column of what was done beside the lots makes their dates trade dates (rules T7)."""
    found = run([BOOK[0] | {"trade_date": day} for day in days]).row_findings()
    assert ["DATE_QUERY" in f.judgement.flags for f in found] == asked


def test_names_in_letters_of_few_listed_names_are_said_and_those_in_unknown_ones_are_not_cleared():
    found = run(
        [{"security_name": n} for n in ("삼성전자", "삼성전자", "アップル", "بنك الراجحي", "NESTLE SA", "차이나모바일")]
    )
    ends = [f.verdict.name for f in found.row_findings()]
    assert ends == ["CLEAR", "CLEAR", "CLEAR", "UNSCREENED", "CLEAR", "REVIEW"]
    (issue,) = (i for i in found.intake.issues if i.code == "NAMES_COMPARED_IN_PART")
    assert (issue.rows, issue.examples) == (4, ("삼성전자", "アップル", "차이나모바일"))
    assert any(x.endswith("identifier: 3.") for x in found.intake.said_at_once())
    assert not any(i.code == "NAMES_COMPARED_IN_PART" for i in run(BOOK).intake.issues)


def test_codes_in_place_of_names_are_said_where_they_are_most_of_a_book():
    def said(*rows: dict[str, str]) -> list[tuple[int, tuple[str, ...]]]:
        issues = run(list(rows)).intake.issues
        return [(i.rows, i.examples) for i in issues if i.code == "NAMES_ARE_CODES"]

    codes = [{"security_name": x, "ticker": x} for x in ("XYZQ", "AAPL", "AAPL")]
    assert said(*codes) == [(3, ("XYZQ", "AAPL"))]
    assert said(*codes, {"security_name": "NESTLE SA"}) == [(3, ("XYZQ", "AAPL"))]
    assert said(*codes, {"security_name": "NESTLE SA"}, {"security_name": "ROCHE"}) == []
    assert said(codes[0], {"security_name": "AAPL", "ticker": "AAPL", "isin": "US0378331005"}) == []
    assert said({"security_name": "SAP", "ticker": "SAP"}) == []
