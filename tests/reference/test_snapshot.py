"""Our own schema: what is written reads back, and what was altered is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmic_screen.errors import ListError
from cmic_screen.model import (
    Basis,
    EntityName,
    EntityTicker,
    ListedEntity,
    ListSnapshot,
    NameKind,
    RejectedIdentifier,
    Scheme,
    SecurityIdentifier,
)
from cmic_screen.reference import digest_of, read_snapshot, write_snapshot
from cmic_screen.reference.snapshot import dumps, loads, sealed

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
DAY = st.dates(date(2021, 6, 3), date(2030, 1, 1))
IDENTIFIER = st.builds(SecurityIdentifier, scheme=st.sampled_from(Scheme), value=TEXT)
ENTITY = st.builds(
    ListedEntity,
    uid=st.integers(1, 99999).map(str),
    names=st.lists(
        st.builds(EntityName, text=TEXT, kind=st.sampled_from(NameKind), script=st.sampled_from(["Latin", "Han"])),
        min_size=1,
        max_size=3,
    ).map(tuple),
    identifiers=st.lists(IDENTIFIER, max_size=2).map(tuple),
    rejected=st.lists(
        st.builds(RejectedIdentifier, scheme=st.sampled_from(Scheme), text=TEXT, fault=TEXT), max_size=2
    ).map(tuple),
    tickers=st.lists(st.builds(EntityTicker, text=TEXT, code=TEXT, country=TEXT, venue=TEXT), max_size=2).map(tuple),
    listed=DAY,
    effective=DAY,
    divestment_ends=DAY,
    removed=st.none() | DAY,
    linked_to=st.lists(TEXT, max_size=2).map(tuple),
    basis=st.builds(Basis, text=TEXT, source=TEXT, stated_on=st.none() | DAY),
)
SNAPSHOT = st.builds(
    ListSnapshot,
    publisher=TEXT,
    published=DAY,
    retrieved_at=st.just("2026-11-22T00:00:00Z"),
    sha256=TEXT,
    source=TEXT,
    format=TEXT,
    entities=st.lists(ENTITY, max_size=3).map(tuple),
    notes=st.lists(TEXT, max_size=2).map(tuple),
    records=st.integers(0, 999),
)


@settings(max_examples=25)
@given(SNAPSHOT)
def test_what_is_written_reads_back_and_has_its_digest(snapshot):
    once = sealed(snapshot)
    assert loads(dumps(once), "x") == once
    assert digest_of(once) == once.digest
    assert dumps(loads(dumps(once), "x")) == dumps(once)


@settings(max_examples=25)
@given(SNAPSHOT)
def test_the_digest_does_not_depend_on_when_and_whence(snapshot):
    elsewhere = replace(snapshot, retrieved_at="later", source="other", checked_at="now", embedded=True)
    assert digest_of(elsewhere) == digest_of(snapshot)


def _altered(embedded: ListSnapshot, change) -> str:
    body = json.loads(dumps(embedded))
    change(body)
    return json.dumps(body)


ALTERATIONS = {
    "a company gone": lambda b: b["entities"].pop(),
    "a date moved": lambda b: b["entities"][0].update(effective="2031-01-01"),
    "a name": lambda b: b["entities"][0]["names"][0].update(text="SOMEBODY ELSE"),
    "an ISIN": lambda b: b["entities"][0]["identifiers"][0].update(value="US0378331005"),
    "the publication date": lambda b: b.update(published="2026-11-20"),
    "the file's hash": lambda b: b.update(sha256="0" * 64),
    "the reason": lambda b: b["entities"][0]["basis"].update(text="They are bad."),
}


@pytest.mark.parametrize("what", ALTERATIONS)
def test_an_altered_snapshot_is_refused(what, embedded):
    with pytest.raises(ListError, match="does not have the digest it states"):
        loads(_altered(embedded, ALTERATIONS[what]), "list.json")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a readable list snapshot"),
        ("[]", "not a readable list snapshot"),
        ('{"schema": "cmic-screen/list/2"}', "schema 'cmic-screen/list/2', not cmic-screen/list/1"),
        ('{"schema": "cmic-screen/list/1"}', "KeyError: 'publisher'"),
    ],
)
def test_what_is_no_snapshot_says_so(text, says):
    with pytest.raises(ListError) as caught:
        loads(text, "list.json")
    assert says in caught.value.message
    assert caught.value.message.startswith("list.json")


def test_a_snapshot_is_written_whole_and_leaves_nothing_beside(embedded, tmp_path):
    write_snapshot(embedded, tmp_path / "deep" / "list.json")
    assert [p.name for p in (tmp_path / "deep").iterdir()] == ["list.json"]
    assert read_snapshot(tmp_path / "deep" / "list.json").entities == embedded.entities


def test_an_unwritable_place_is_said(embedded, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ListError, match=r"list.json: cannot be written"):
        write_snapshot(embedded, tmp_path / "file" / "list.json")


def test_an_unreadable_place_is_said(tmp_path):
    with pytest.raises(ListError, match="cannot be read"):
        read_snapshot(tmp_path / "nowhere.json")
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ListError, match="cannot be read"):
        read_snapshot(tmp_path / "binary.json")
