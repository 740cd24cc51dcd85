"""The monthly configuration: read strictly, months understood, files found or named as missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cmic_screen.errors import InputError, UsageError
from cmic_screen.history import config as configs

MINIMAL = 'job = "book"\n[[source]]\nname = "a"\nfiles = ["in/{period}/a-*.csv"]\n'


@pytest.fixture
def load(tmp_path):
    def read(text=MINIMAL):
        path = tmp_path / "book.toml"
        path.write_text(text, encoding="utf-8")
        return configs.load(path)

    return read


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (MINIMAL + 'sheeet = "x"\n', r"source\.0\.sheeet: Extra inputs are not permitted"),
        ("tolerence = 3\n" + MINIMAL, "tolerence: Extra inputs"),
        ('job = "book"\n', "source: Field required"),
        (MINIMAL.replace('"book"', '"a/b"'), "job: String should match"),
        (MINIMAL + "expect = -1\n", "expect: Input should be greater"),
        (MINIMAL + 'expect = "1"\n', "expect: Input should be a valid integer"),
        (MINIMAL + MINIMAL.split("\n", 1)[1], "two sources have one name"),
        (MINIMAL + '[explained]\n2026-11 = "merger"\n', "fewer than 15"),
        (MINIMAL + '[explained]\nNovember = "the merger of two custodians"\n', "'November' is no period"),
        ("not toml", "not a monthly configuration"),
        (MINIMAL.replace("{period}", "{client}"), "something else than period"),
    ],
)
def test_what_is_not_understood_is_named(load, text, words):
    with pytest.raises(UsageError, match=words):
        configs.files(load(text), load(text).said.source[0], "2026-11")


def test_a_missing_configuration_is_said(tmp_path):
    with pytest.raises(UsageError, match=r"nowhere\.toml: not a monthly configuration"):
        configs.load(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("today", "period"),
    [("2026-11-03", "2026-10"), ("2026-11-15", "2026-10"), ("2026-11-16", "2026-11"), ("2026-11-30", "2026-11"),
     ("2026-01-10", "2025-12"), ("2028-03-15", "2028-02")],
)  # fmt: skip
def test_the_month_a_run_is_about(today, period):
    assert configs.period_of(date.fromisoformat(today)) == period


@pytest.mark.parametrize(
    ("period", "today", "expected"),
    [("2026-10", "2026-11-03", "2026-10-31"), ("2026-02", "2026-11-03", "2026-02-28"),
     ("2028-02", "2028-03-01", "2028-02-29"), ("2026-11", "2026-11-20", "2026-11-20")],
)  # fmt: skip
def test_the_day_holdings_are_judged_on(period, today, expected):
    assert configs.as_of(period, date.fromisoformat(today)).isoformat() == expected


@pytest.mark.parametrize("period", ["2026-13", "2026-1", "November", "", "2026-00", "1999-01"])
def test_what_is_no_period(period):
    with pytest.raises(UsageError, match="no period"):
        configs.month(period)


def test_a_month_that_has_not_begun_is_refused():
    with pytest.raises(UsageError, match="has not begun"):
        configs.as_of("2026-12", date(2026, 11, 30))


def test_files_by_pattern_by_name_and_by_folder(load, tmp_path):
    text = MINIMAL.replace('["in/{period}/a-*.csv"]', '["in/{year}-{month}/a-*.csv", "in/{period}/one.csv", "in/more"]')
    config = load(text + "expect = 5\n")
    for name in ("2026-11/a-2.csv", "2026-11/a-1.csv", "2026-11/one.csv", "more/x.csv", "more/sub/y.csv"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    found = configs.files(config, config.said.source[0], "2026-11")
    assert [p.name for p in found] == ["a-1.csv", "a-2.csv", "one.csv", "y.csv", "x.csv"]
    (tmp_path / "in/more/z.csv").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="6 files, 5 expected"):
        configs.files(config, config.said.source[0], "2026-11")
    with pytest.raises(InputError, match=r"a: in/2026-10/a-\*\.csv: is missing"):
        configs.files(config, config.said.source[0], "2026-10")


def test_of_a_folder_neither_clutter_nor_an_earlier_months_report_is_taken(load, tmp_path):
    config = load('out = "in/out"\n' + MINIMAL.replace("in/{period}/a-*.csv", "in"))
    for name in (".DS_Store", "~$b.xlsx", "out/2026-10/r.xlsx"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="a: in: is missing"):
        configs.files(config, config.said.source[0], "2026-11")
    (tmp_path / "in/b.csv").write_text("x", encoding="utf-8")
    assert [p.name for p in configs.files(config, config.said.source[0], "2026-11")] == ["b.csv"]


def test_the_documented_configuration_is_understood(load):
    """docs/how-to/monthly.md names every key there is, and no other."""
    text = (Path(__file__).parents[2] / "docs/how-to/monthly.md").read_text(encoding="utf-8")
    said = load(text.split("```toml\n", 1)[1].split("```", 1)[0]).said
    assert said.model_fields_set == set(configs.MonthlyConfig.model_fields)
    for part in (said.source[0], said.tolerance, said.holdings_date, said.mail):
        assert part.model_fields_set == set(type(part).model_fields)
