"""The kept lists: which is in force, which was on a day, and what happens when one is damaged."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from cmic_screen.errors import ListError
from cmic_screen.reference import load_snapshot, write_snapshot
from cmic_screen.reference.snapshot import sealed
from cmic_screen.reference.store import (
    checks,
    choose,
    current_snapshot,
    find,
    keep,
    kept,
    lists_folder,
    log_check,
    set_current,
    snapshot_for,
    verify,
    with_removed,
)

pytestmark = pytest.mark.usefixtures("few")
NOW = "2026-11-22T08:00:00Z"


@pytest.fixture
def dated(few):
    def make(day: str, entities=None):
        return sealed(
            replace(few, published=date.fromisoformat(day), entities=entities or few.entities, embedded=False)
        )

    return make


def test_without_a_home_the_embedded_list_applies(home, few):
    assert load_snapshot(None, home) == few
    assert current_snapshot(home) is None
    assert load_snapshot() == few  # CMIC_HOME is the empty home


def test_a_path_wins_be_it_a_snapshot_or_a_publication(home, dated, publish, few, tmp_path):
    write_snapshot(dated("2026-05-05"), tmp_path / "mine.json")
    assert load_snapshot(tmp_path / "mine.json", home).published == date(2026, 5, 5)
    assert load_snapshot(publish(few.entities, date(2026, 6, 6)), home).published == date(2026, 6, 6)
    with pytest.raises(ListError, match=r"nowhere.json: cannot be read"):
        load_snapshot(tmp_path / "nowhere.json", home)


def test_a_newer_release_brings_its_newer_list_into_force(home, dated, few, invent):
    old = dated("2025-01-01", (*few.entities, invent("40002", "OLD FOE LTD", date(2024, 1, 1))))
    keep(old, home)
    set_current(old.digest, NOW, home)
    now = load_snapshot(None, home)
    assert now.embedded
    assert now.entity("40002").removed == few.published


def test_a_kept_list_is_never_overwritten(home, dated):
    first = dated("2026-05-05")
    path = keep(first, home)
    written = path.read_bytes()
    assert keep(replace(first, retrieved_at="another day"), home) == path
    assert path.read_bytes() == written


POINTERS = [
    "",
    "{}",
    "[]",
    '{"digest": 1}',
    '{"digest": "ab", "checked_at": "2026-11-22T08:00:00Z"}',
    json.dumps({"digest": "../" * 5 + "a" * 49, "checked_at": "2026-11-22T08:00:00Z"}),
    json.dumps({"digest": "a" * 64, "checked_at": "yesterday"}),
    json.dumps({"digest": "a" * 64, "checked_at": "2026-11-22T08:00:00"}),
]


@pytest.mark.parametrize("text", POINTERS)
def test_a_damaged_pointer_is_an_error_not_an_older_list(text, home):
    lists_folder(home).mkdir()
    (lists_folder(home) / "current.json").write_text(text)
    with pytest.raises(ListError, match=r"lists/current.json: not readable"):
        load_snapshot(None, home)


def test_a_half_written_line_of_the_log_is_told_and_stops_nothing(home):
    log_check(home, at=NOW, source="a", outcome="in force", digest="d")
    with (lists_folder(home) / "checks.jsonl").open("a") as out:
        out.write('{"at": "2026')
    assert [c["outcome"] for c in checks(home)] == ["in force", "this line of the log cannot be read"]
    assert load_snapshot(None, home).embedded


def test_a_log_that_cannot_be_written_or_read_is_said(home):
    (lists_folder(home) / "checks.jsonl").mkdir(parents=True)
    with pytest.raises(ListError, match="cannot be written"):
        log_check(home, at=NOW, source="a", outcome="b", digest="")
    with pytest.raises(ListError, match="cannot be read"):
        checks(home)


def test_a_missing_or_renamed_list_is_an_error(home, dated):
    path = keep(dated("2026-05-05"), home)
    other = keep(dated("2026-06-06"), home)
    set_current(path.stem, NOW, home)
    other.replace(path)
    with pytest.raises(ListError, match="not the list its name says"):
        load_snapshot(None, home)
    path.unlink()
    with pytest.raises(ListError, match="cannot be read"):
        load_snapshot(None, home)


def test_verify_names_each_list_and_its_fault(home, dated):
    good, bad = keep(dated("2026-05-05"), home), keep(dated("2026-06-06"), home)
    set_current(good.stem, NOW, home)
    assert [fault for _, fault in verify(home)] == ["", "", "", ""]
    bad.write_text(bad.read_text(encoding="utf-8").replace("2026-06-06", "2026-06-07"), encoding="utf-8")
    faults = dict(verify(home))
    assert faults["embedded"] == faults[good.name] == faults["current.json"] == ""
    assert "digest" in faults[bad.name]


FORCE = [
    ("2021-12-20", "2024-07-03"),  # nothing is that old: the oldest at hand, its listing dates tell the day
    ("2024-07-03", "2024-07-03"),
    ("2025-12-31", "2024-07-03"),
    ("2026-01-08", "2026-01-08"),
    ("2026-06-06", "2026-06-06"),
    ("2026-11-22", "2026-06-06"),
]


@pytest.mark.parametrize(("day", "published"), FORCE)
def test_the_list_in_force_on_a_day(day, published, home, dated):
    keep(dated("2024-07-03"), home)
    newest = keep(dated("2026-06-06"), home)
    set_current(newest.stem, NOW, home)
    on = date.fromisoformat(day)
    assert snapshot_for(on, home).published == date.fromisoformat(published)
    assert choose("", home, on).published == date.fromisoformat(published)
    assert choose("2026-01-08", home, on).embedded


def test_a_list_is_found_by_path_date_digest_or_word(home, dated, tmp_path):
    one = dated("2026-05-05")
    path = keep(one, home)
    set_current(one.digest, NOW, home)
    assert find("embedded", home).embedded
    assert find("current", home).checked_at == NOW
    assert find("2026-05-05", home) == one
    assert find(one.digest[:8], home) == one
    assert find(one.digest.upper(), home) == one
    assert find(str(path), home) == one
    for name in ("2020-01-01", one.digest[:7], "nonsense"):
        with pytest.raises(ListError, match=r"no file and no kept list is named.*At hand are: 2026-01-08"):
            find(name, home)


def test_one_publication_built_twice_is_no_ambiguity(home, dated):
    first, second = dated("2026-05-05"), sealed(replace(dated("2026-05-05"), notes=("built by a later release",)))
    keep(first, home)
    keep(replace(second, retrieved_at="2026-12-01T00:00:00Z"), home)
    assert find("2026-05-05", home).notes == second.notes


def test_two_lists_of_one_day_must_be_told_apart(home, dated, few):
    keep(dated("2026-05-05"), home)
    keep(replace(dated("2026-05-05", few.entities[1:]), sha256="0" * 64), home)
    with pytest.raises(ListError, match="more than one list is named '2026-05-05'"):
        find("2026-05-05", home)
    assert len(kept(home)) == 3


def test_removed_companies_are_carried_with_their_day(dated, few):
    before = dated("2026-02-02")
    first = with_removed(dated("2026-03-03", few.entities[1:]), before)
    assert first.entity("30882").removed == date(2026, 3, 3)
    second = with_removed(dated("2026-04-04", few.entities[1:]), first)
    assert second.entity("30882").removed == date(2026, 3, 3)
    assert second.digest == sealed(second).digest
    third = with_removed(dated("2026-05-05"), second)
    assert third.entity("30882").removed is None
