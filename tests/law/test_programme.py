"""The law's files: complete, consistent, refused when not; and a person's confirmation of the emergency."""

from __future__ import annotations

import json
from datetime import date
from importlib import resources

import pytest

from cmic_screen.confirmations import Confirmation, confirmations, record_confirmation
from cmic_screen.errors import ListError, UsageError
from cmic_screen.programme import load_programme, parse_programme

FOLDER = resources.files("cmic_screen")
LAW = FOLDER.joinpath("programme.toml").read_bytes()
TABLE = FOLDER.joinpath("decision_table.csv").read_bytes()
NOTICE = Confirmation(until=date(2027, 11, 12), source="91 FR 00000", by="Ana", on="2026-11-20T10:00:00Z")


def test_the_emergency_is_confirmed_through_november_2026_and_no_further(programme):
    assert programme.state_on(date(2026, 11, 12)).in_force
    assert not programme.state_on(date(2026, 11, 13)).in_force
    assert programme.unconfirmed(date(2026, 11, 12)) == ""
    assert "2026-11-12 only" in programme.unconfirmed(date(2026, 11, 22))
    assert "nothing later confirmed" in programme.state_on(date(2026, 11, 22)).source


def test_a_lapsed_confirmation_turns_no_prohibition_off(ask):
    assert ask().verdict.name == "PROHIBITED"


def test_a_confirmation_is_kept_and_found(tmp_path):
    path = record_confirmation(tmp_path, NOTICE)
    assert record_confirmation(tmp_path, NOTICE) == path
    assert path.stat().st_mode & 0o777 == 0o600
    assert confirmations(tmp_path) == (NOTICE,)
    law = load_programme(tmp_path)
    assert law.confirmed_on(date(2027, 11, 12))
    assert law.state_on(date(2027, 1, 1)).source == "91 FR 00000, confirmed by Ana on 2026-11-20T10:00:00Z"
    assert load_programme().state_on(date(2027, 1, 1)).in_force is False


def test_the_furthest_confirmation_counts_and_none_is_overwritten(tmp_path):
    record_confirmation(tmp_path, NOTICE)
    record_confirmation(tmp_path, Confirmation(until=date(2027, 1, 1), source="s", by="Bo", on="2026-12-01T00:00:00Z"))
    assert len(confirmations(tmp_path)) == 2
    assert load_programme(tmp_path).confirmed_through == date(2027, 11, 12)


def test_a_confirmation_shorter_than_the_shipped_one_changes_nothing(tmp_path):
    record_confirmation(tmp_path, Confirmation(until=date(2025, 1, 1), source="s", by="Bo", on="2026-12-01T00:00:00Z"))
    assert load_programme(tmp_path) is load_programme()


@pytest.mark.parametrize("field", ["source", "by"])
def test_a_confirmation_without_source_or_person_is_refused(field, tmp_path):
    given = {"until": date(2027, 1, 1), "source": "s", "by": "Bo", "on": "x"} | {field: "  "}
    with pytest.raises(UsageError, match=f"--{field} is empty"):
        record_confirmation(tmp_path, Confirmation(**given))


def test_a_spoiled_confirmation_stops(tmp_path):
    path = record_confirmation(tmp_path, NOTICE)
    path.write_text(json.dumps({"until": "soon"}), encoding="utf-8")
    with pytest.raises(ListError, match="not a confirmation"):
        load_programme(tmp_path)


@pytest.mark.parametrize(
    ("law", "table", "words"),
    [
        (LAW + b"\n[", TABLE, "not understood"),
        (LAW.replace(b"[phase.WINDOW]", b"[phase.OTHER]"), TABLE, "WINDOW"),
        (LAW.replace(b'covered = "open"', b'covered = "maybe"'), TABLE, "maybe"),
        (LAW.replace(b'verdict = "UPCOMING"', b'verdict = "SOON"'), TABLE, "SOON"),
        (LAW, TABLE.replace(b"\nBUY,CLOSED", b"\nBUY,REMOVED"), "twice"),
        (
            LAW,
            b"\n".join(r for r in TABLE.split(b"\n") if not r.startswith(b"GIFT,WINDOW")),
            "no ruling on GIFT WINDOW",
        ),
        (LAW, TABLE.replace(b"HOLD,WINDOW,PERMITTED,FAQ", b"HOLD,WINDOW,PERMITTED,BLOG"), "BLOG"),
        (LAW, TABLE.replace(b"HOLD,WINDOW,PERMITTED", b"HOLD,WINDOW,ALLOWED"), "ALLOWED"),
    ],
)
def test_a_law_that_is_not_whole_stops(law, table, words):
    with pytest.raises(ListError, match=words):
        parse_programme(law, table)


def test_every_sentence_fills(programme):
    """Every placeholder of every case is one that a match can fill (test_properties draws most of them)."""
    import re

    known = {
        "entity", "uid", "listed", "effective", "end", "removed", "model_start", "when", "phase", "ruling", "why",
        "readings", "assumed", "acquired", "days", "by", "on", "until", "decision", "licence", "licence_end", "actions",
        "wording", "consequence", "names", "text", "instrument", "place",
    }  # fmt: skip
    for words in (*programme.cases.values(), *programme.phases.values()):
        for sentence in (words.reason, *words.permitted, *words.prohibited):
            assert set(re.findall(r"{(\w+)}", sentence)) <= known


def test_version_and_digest_are_stated(programme):
    assert programme.version
    assert len(programme.sha256) == 64
    assert parse_programme(LAW + b"\n# one more line\n", TABLE).sha256 != programme.sha256


def test_the_dates_of_the_embedded_list_obey_the_clocks(programme):
    from datetime import timedelta

    from cmic_screen.reference import load_snapshot

    clocks = programme.raw["clocks"]
    for entity in load_snapshot(None, None).entities:
        assert entity.effective - entity.listed == timedelta(days=clocks["days_to_effective"])
        assert entity.divestment_ends - entity.listed == timedelta(days=clocks["days_to_divestment_end"])
