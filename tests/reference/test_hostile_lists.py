"""Whatever stands in a list file: it is read in full or refused by name; no other failure, no company less."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cmic_screen.errors import ListError
from cmic_screen.model import EntityName, NameKind
from cmic_screen.reference import build_snapshot, load_snapshot
from cmic_screen.reference.store import checks
from cmic_screen.reference.update import UpdateRules, update

DAY = date(2026, 11, 20)
NOW = "2026-11-22T08:00:00Z"
QUICK = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
NULL = "-0- "
HEAD = b"_id,source,entity_number,type,programs,name,addresses,remarks,alt_names,ids\n"


@QUICK
@given(data=st.data())
def test_a_damaged_xml_never_becomes_a_shorter_list(data, embedded, publish):
    path = publish(embedded.entities[:3], DAY)
    text = path.read_text(encoding="utf-8")
    at = data.draw(st.integers(0, len(text) - 1))
    gone = data.draw(st.integers(1, 60))
    put_in = data.draw(st.sampled_from(["", "<", "&", '"', "\x00", "</entity>", "<x/>", "é", "<!--"]))
    path.write_text(text[:at] + put_in + text[at + gone :], encoding="utf-8")
    try:
        read = build_snapshot(path)
    except ListError as error:
        assert "CONS_ENHANCED.XML" in error.message  # noqa: PT017  one of the two ends there are
        return
    assert {e.listed for e in read.entities} == {e.listed for e in embedded.entities[:3]}
    assert len(read.entities) == 3


@QUICK
@given(head=st.sampled_from([b"", b"<sanctionsData>", b"<?xml version='1.0' encoding='x-none'?><sanctionsData>", HEAD,
                             b"\x1f\x8b", b"PK\x03\x04", b"%PDF"]), body=st.binary(max_size=300))  # fmt: skip
@pytest.mark.parametrize("name", ["list.bin", "CONS_PRIM.CSV"])
def test_any_bytes_are_refused_by_name(name, head, body, tmp_path):
    for role in ("PRIM", "ALT", "ADD", "COMMENTS"):
        (tmp_path / f"CONS_{role}.CSV").write_bytes(b"\x1a\r\n")
    (tmp_path / name).write_bytes(head + body)
    with pytest.raises(ListError) as caught:
        build_snapshot(tmp_path / name)
    assert int(caught.value.exit_code) == 21


@QUICK
@given(cell=st.text(st.characters(codec="ascii", exclude_characters='\r\n"'), max_size=40), column=st.integers(0, 11))
def test_any_cell_of_a_company_in_the_csv_set_is_read_or_refused(cell, column, legacy, prim, dates, tmp_path):
    cells = prim("40001", "EXAMPLE", f"{dates}.").split(",")
    cells[column] = f'"{cell}"'
    path = legacy(tmp_path, [prim("40002", "OTHER", f"{dates}."), ",".join(cells)])
    try:
        read = build_snapshot(path)
    except ListError as error:
        assert "CONS_" in error.message  # noqa: PT017
        return
    if column == 3 and "CMIC-" not in cell:
        pytest.fail("a company whose programme is gone was taken for another list's")
    assert len(read.entities) == 2


@pytest.mark.parametrize("uid", ["", "x", "-1", "²", "1" * 10])
def test_a_record_without_a_number_is_refused(uid, embedded, publish):
    with pytest.raises(ListError, match="is not a number"):
        build_snapshot(publish((replace(embedded.entities[0], uid=uid),), DAY))


@pytest.mark.parametrize("year", [1999, 2999])
def test_a_date_out_of_this_world_is_refused(year, embedded, publish):
    entity = replace(embedded.entities[0], listed=date(year, 1, 1))
    with pytest.raises(ListError, match="not a date"):
        build_snapshot(publish((entity,), DAY))


def test_a_name_is_text_whatever_it_looks_like(embedded, publish):
    names = (EntityName(text='=HYPERLINK("x")<&>', kind=NameKind.PRIMARY),)
    read = build_snapshot(publish((replace(embedded.entities[0], names=names),), DAY))
    assert read.entities[0].name == '=HYPERLINK("x")<&>'


@pytest.mark.parametrize("step", ["keep", "set_current"])
def test_an_interrupted_update_leaves_the_old_list_in_force_and_says_so(step, few, publish, home, monkeypatch):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    path = str(publish(few.entities, DAY, others=74))
    with monkeypatch.context() as patch:
        patch.setattr(f"cmic_screen.reference.update.{step}", interrupted)
        with pytest.raises(ListError, match=r"interrupted.*list published 2026-01-08 stays in force"):
            update([path], home, NOW, UpdateRules())
    assert load_snapshot(None, home).embedded
    assert checks(home)[-1]["outcome"] == "interrupted"
    assert update([path], home, NOW, UpdateRules()).in_force


def test_a_full_disk_leaves_the_old_list_in_force(few, publish, home, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = str(publish(few.entities, DAY, others=74))
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(ListError, match="No space left on device"):
            update([path], home, NOW, UpdateRules())
    assert load_snapshot(None, home).embedded
    assert [p.name for p in (home / "lists").iterdir()] == ["checks.jsonl"]
