"""The sample book end to end: what the README's first command shows, row by row, on four days."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from cmic_screen import service
from cmic_screen.model import Phase, Verdict
from cmic_screen.settings import load_settings

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
FILES = (SAMPLES / "advisory_book.xlsx", SAMPLES / "second_custodian.csv")
NINE = {"33114", "33091", "33111", "33112", "33113", "33893", "33894", "33895", "33896"}


@pytest.fixture(scope="module")
def run_on(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    settings = load_settings({"home": str(home)}, environ={}, start=home)
    runs = {}

    def get(day: str):
        if day not in runs:
            request = service.Request(files=FILES, as_of=date.fromisoformat(day), run_id="T", history=False)
            runs[day] = service.run(request, settings)
        return runs[day]

    return get


def by_name(run) -> dict[str, object]:
    return {f.security.security_name: f for f in run.row_findings()}


PROHIBITED = [
    ("CHINA MOBILE LTD", "30923"),
    ("HANGZHOU HIKVISION DIGITAL TECHNOLOGY-A", "30946"),
    ("DAWNING INFORMATION INDUSTRY-A", "33113"),
    ("XIAMEN MEIYA PICO INFORMATION CO LTD-A", "33896"),
    ("CNOOC LTD", "30926"),
    ("CLOUDWALK TECHNOLOGY CO LTD-A", "33112"),
    ("LEON TECHNOLOGY CO LTD", "33894"),
    ("PROVEN HONOUR CAPITAL 4.125% 05/06/26", "32091"),
    ("SEMICONDUCTOR MANUFACTURING INTL", "30951"),
    ("GUIZHOU LIYUAN HYDRAULIC CO LTD-A", "32053"),
    ("中国交通建设股份有限公司", "30930"),
    ("NETPOSA TECHNOLOGIES LTD-A", "33895"),  # delisted in 2022, over the counter since (rules §3.4)
]
REVIEW = [
    ("SZ DJI TECHNOLOGY CO., LTD. (private placement, series C)", "33111"),
    ("MEGVII TECHNOLOGY LIMITED - Series D preferred (unlisted)", "33091"),
    ("YITU LIMITED convertible note (unlisted)", "33893"),
    ("SENSETIME GROUP INC-CLASS B", "33114"),
]
NOT_FLAGGED = [
    "COSTAR GROUP INC",
    "CHINA RAILWAY GROUP LTD-H",
    "CGN POWER CO LTD-H",
    "CEC ENTERTAINMENT INC",
    "APPLE INC",
]


@pytest.mark.parametrize(("name", "uid"), PROHIBITED)
def test_a_listed_name_in_any_guise_is_prohibited_today(run_on, name, uid):
    finding = by_name(run_on("2026-11-20"))[name]
    if (
        name == "中国交通建设股份有限公司"
    ):  # a Chinese name comes from the securities master, which proves nothing alone
        assert finding.verdict in {Verdict.PROHIBITED, Verdict.REVIEW}
    else:
        assert finding.verdict is Verdict.PROHIBITED
    assert uid in {m.match.entity.uid for m in finding.judgement.matches}


@pytest.mark.parametrize(("name", "uid"), REVIEW)
def test_a_private_stake_or_a_relative_under_policy_is_asked_about(run_on, name, uid):
    finding = by_name(run_on("2026-11-20"))[name]
    assert finding.verdict is Verdict.REVIEW
    assert uid in {m.match.entity.uid for m in finding.judgement.matches}


@pytest.mark.parametrize("name", NOT_FLAGGED)
def test_a_near_miss_is_not_flagged(run_on, name):
    assert by_name(run_on("2026-11-20"))[name].verdict in {Verdict.CLEAR, Verdict.PERMITTED}


def test_most_of_the_book_is_ordinary_and_every_row_ends(run_on):
    run = run_on("2026-11-20")
    assert run.totals.clear > run.totals.positions / 2
    assert run.totals.problems == 1
    assert int(run.exit_code) == 10


def test_the_fund_without_constituents_is_one_question(run_on):
    finding = by_name(run_on("2026-11-20"))["ISHARES MSCI EMERGING MARKETS ETF"]
    assert finding.verdict is Verdict.REVIEW
    assert "not looked through" in finding.judgement.reason


def test_in_july_2021_the_annex_is_upcoming_and_the_nine_are_not_listed(run_on):
    run = run_on("2021-07-01")
    phases = {m.match.entity.uid: m.phase for f in run.findings for m in f.judgement.matches}
    assert {phases[u] for u in phases if u in NINE} == {Phase.NOT_LISTED}
    assert {phases[u] for u in phases if u not in NINE} == {Phase.PENDING}
    assert run.totals.prohibited == 0
    assert run.totals.upcoming > 0


def test_on_20_december_2021_the_eight_are_upcoming_and_the_annex_is_in_its_window(run_on):
    run = run_on("2021-12-20")
    by = by_name(run)
    assert by["DAWNING INFORMATION INDUSTRY-A"].verdict is Verdict.UPCOMING
    mobile = by["CHINA MOBILE LTD"]
    assert mobile.verdict is Verdict.PROHIBITED
    assert mobile.judgement.matches[0].phase is Phase.WINDOW
    words = " ".join((mobile.judgement.reason, *mobile.judgement.permitted))
    assert "solely to divest is lawful before 2022-06-03, 00:01 New York; it is not obligatory" in words


def test_no_sentence_says_more_than_the_law(run_on):
    from cmic_screen.report import record

    for day in ("2026-11-20", "2021-12-20", "2021-07-01"):
        text = json.dumps(record.to_record(run_on(day)), ensure_ascii=False).lower()
        assert not [w for w in ("must divest", "illegal", "violation") if w in text]


def test_a_list_nobody_confirmed_and_a_lapsed_programme_qualify_the_run(run_on):
    assert {q.code for q in run_on("2026-11-20").qualifications} == {"LIST_STALE", "PROGRAMME_UNCONFIRMED"}
    assert {q.code for q in run_on("2021-12-20").qualifications} == {"LIST_STALE"}
