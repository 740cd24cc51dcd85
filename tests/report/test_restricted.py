"""The restricted list for order systems: nothing known is left out, nothing runs as a formula."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from cmic_screen.errors import UsageError
from cmic_screen.model import EntityName, NameKind
from cmic_screen.reference.securities import load_master
from cmic_screen.reference.snapshot import embedded_snapshot
from cmic_screen.report.csvout import safe
from cmic_screen.report.restricted import COLUMNS, as_csv, restricted_rows

DAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def embedded():
    return embedded_snapshot()


def rows(text: str) -> list[dict[str, str]]:
    table = list(csv.reader(io.StringIO(text)))
    assert tuple(table[1]) == COLUMNS
    return [dict(zip(COLUMNS, row, strict=True)) for row in table[2:]]


def test_everything_the_list_knows_is_in_it(embedded, home):
    found = {(r["uid"], r["value"]) for r in rows(as_csv(restricted_rows(embedded, home, DAY)))}
    for e in embedded.entities:
        for value in (*(i.value for i in e.identifiers), *(r.text for r in e.rejected),
                      *(t.code for t in e.tickers), *(n.text for n in e.names)):  # fmt: skip
            assert (e.uid, safe(value)) in found


def test_the_masters_rows_are_in_it_and_known_non_matches_are_not(embedded, home):
    table = rows(as_csv(restricted_rows(embedded, home, DAY)))
    extra = {(r["uid"], r["scheme"], r["value"]) for r in table if r["source"].startswith("not OFAC: ")}
    for r in load_master(home).rows:
        wanted = r.relation in {"issuer", "receipt", "derivative"} or bool(r.policy)
        if wanted:
            assert (r.uid, r.scheme, safe(r.value)) in extra, r
    assert not {r["relation"] for r in table} & {"not"}


def test_a_removed_company_is_told_as_removed(embedded, home):
    gone = replace(embedded.entities[0], removed=date(2026, 6, 1))
    table = rows(as_csv(restricted_rows(replace(embedded, entities=(gone,)), home, DAY)))
    assert {(r["phase"], r["removed"]) for r in table} == {("REMOVED", "2026-06-01")}


def test_the_head_names_list_and_master_by_digest(embedded, home):
    head = as_csv(restricted_rows(embedded, home, DAY)).splitlines()[0]
    for part in ("NOT EXHAUSTIVE", "published 2026-01-08", embedded.sha256, load_master(home).sha256, "2026-11-20"):
        assert part in head


def test_a_day_before_the_model_is_refused(embedded, home):
    with pytest.raises(UsageError):
        restricted_rows(embedded, home, date(2021, 1, 1))


def test_a_name_like_a_formula_is_disarmed(embedded, home):
    names = (EntityName(text="=1+1 CO", kind=NameKind.PRIMARY),)
    entity = replace(embedded.entities[0], names=names)
    table = rows(as_csv(restricted_rows(replace(embedded, entities=(entity,)), home, DAY)))
    assert {r["entity"] for r in table} == {"'=1+1 CO"}
