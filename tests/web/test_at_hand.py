"""What the page keeps between reading and screening changes no answer, has an end, and is nobody else's."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from cmic_screen.athand import MOST, WORN, Resolvers
from cmic_screen.reference import load_snapshot
from cmic_screen.reference.securities import load_master
from cmic_screen.web.ready import Lender

pytestmark = pytest.mark.slow  # whole commands or pages, one after the other

TRAP = (
    b"Name,ISIN,Remark\nNESTLE SA,CH0038863350,one\nCHINA MOBILE LTD,HK0941009539,two\n"
    b"SZ DJI TECHNOLOGY private placement,,three\nTotal,,\n"
)


@pytest.fixture
def readings(monkeypatch):
    """The files read, by name, each time it happens."""
    from cmic_screen.ingest import assemble

    seen, read = [], assemble.read

    def counted(paths, **how):
        seen.append([p.name for p in paths])
        return read(paths, **how)

    monkeypatch.setattr(assemble, "read", counted)
    return seen


@pytest.fixture
def fixed(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")


def kept(page, book: bytes, run: str, *, anew: bool = False) -> bytes:
    """The record of a book uploaded and screened under that id; `anew`: with nothing at hand."""
    answer = page.upload(book)
    page.client.get(str(answer.url))  # the page loaded again
    job = page.desk.jobs.get(str(answer.url).split("/")[-2])
    job.wanted_id = run
    if anew:
        job.reading = None
        page.desk.lender._idle.clear()
    assert page.screened(answer) == run
    return page.client.get(f"/runs/{run}/record-all-rows.json").content.replace(run.encode(), b"RUN")


def test_an_upload_is_read_once_and_its_record_is_that_of_files_read_anew(page, readings, fixed, monkeypatch):
    from cmic_screen.report import record as records

    seen, preview = [], records.preview

    def noted(run):
        seen.append(preview(run))
        return seen[-1]

    monkeypatch.setattr(records, "preview", noted)
    page.visit()
    first = kept(page, TRAP, "R-47111")
    assert readings == [["book.csv"]]
    told = page.client.get("/runs/R-47111/record.json").json()
    assert seen == [{k: v for k, v in told.items() if k not in {"content_digest", "rows_digest", "sample"}}]

    kept(page, b"Name\nCHINA MOBIL\nSZ DJI\nNESTLE MOBILE\nAlder Birch Inc\n", "R-47112")
    assert kept(page, TRAP, "R-47113") == first
    assert len(readings) == 3
    assert kept(page, TRAP, "R-47114", anew=True) == first
    assert len(readings) == 5


def test_two_people_upload_the_same_name_and_size_in_one_second(page, fixed):
    page.visit()
    one, other = (page.screened(page.upload(book)) for book in (b"Name\nCNOOC LTD\n", b"Name\nCNOOC INC\n"))
    assert one != other


def test_a_correction_is_read_and_what_was_read_before_it_is_not_screened(page, readings):
    page.visit()
    answer = page.upload(TRAP)
    job = str(answer.url).split("/")[-2]
    fixed = page.client.post(f"/jobs/{job}/columns", data={"csrf": page.csrf(), "sheet": "0", "field-3": "account_id"})
    run = page.screened(fixed)
    assert {f["account"] for f in page.client.get(f"/runs/{run}/record.json").json()["findings"]} == {"two", "three"}
    assert len(readings) == 2


def test_files_changed_after_they_were_read_are_read_again(page, readings):
    """The folder is the owner's alone; should somebody write there all the same, what is kept is what is screened."""
    page.visit()
    answer = page.upload(TRAP)
    job = page.desk.jobs.get(str(answer.url).split("/")[-2])
    job.paths[0].write_bytes(b"Name,ISIN\nCNOOC LTD,HK0883013259\n")
    run = page.screened(answer)
    assert len(readings) == 2
    assert [f["security_name"] for f in page.client.get(f"/runs/{run}/record.json").json()["findings"]] == ["CNOOC LTD"]


def test_of_many_uploads_only_the_newest_rows_stay_in_memory(page, monkeypatch):
    monkeypatch.setattr("cmic_screen.web.jobs.READ_ROWS", 7)
    page.visit()
    jobs = [page.desk.jobs.get(str(page.upload(TRAP).url).split("/")[-2]) for _ in range(3)]
    assert [job.reading is not None for job in jobs] == [False, True, True]
    page.client.get(f"/jobs/{jobs[0].id}/read")
    assert [job.reading is not None for job in jobs] == [True, False, True]
    for job in jobs:
        page.desk.jobs.drop(job)


def test_resolvers_are_known_by_what_they_are_of_and_wear_out():
    snapshot, master = load_snapshot(), load_master()
    shelf = Resolvers()
    first = shelf.of(snapshot, master)
    assert shelf.of(replace(snapshot, checked_at="2026-01-01T00:00:00+00:00"), load_master()) is first
    fewer = replace(snapshot, entities=snapshot.entities[1:])  # a digest that was not sealed anew must deceive nobody
    assert fewer.digest == snapshot.digest
    assert shelf.of(fewer, master) is not first
    assert shelf.of(snapshot, replace(master, rows=master.rows[1:])) is not first
    assert len(shelf._kept) == MOST
    first = shelf.of(snapshot, master, securities=WORN + 1)
    assert shelf.of(snapshot, master) is not first


def test_resolvers_are_lent_to_one_at_a_time():
    lender, out = Lender(2), []
    inside, go = threading.Barrier(4), threading.Event()

    def borrow():
        with lender.lent() as resolvers:
            out.append(resolvers)
            inside.wait(10)
            go.wait(10)

    threads = [threading.Thread(target=borrow) for _ in range(3)]
    for thread in threads:
        thread.start()
    inside.wait(10)
    assert len({id(r) for r in out}) == 3
    go.set()
    for thread in threads:
        thread.join(10)
    assert len(lender._idle) == 2
    with lender.lent() as again:
        assert any(again is r for r in out)


def test_securities_are_built_while_a_person_looks_at_what_was_read(page):
    from cmic_screen.securities import REMEMBERED, _built, distinct

    page.visit()
    _built.cache_clear()
    answer = page.upload(TRAP)
    made = _built.cache_info()
    assert 3 <= made.currsize <= REMEMBERED
    job = page.desk.jobs.get(str(answer.url).split("/")[-2])
    ready = distinct(job.reading.intake.table)
    assert _built.cache_info().misses == made.misses
    _built.cache_clear()
    anew = distinct(job.reading.intake.table)
    assert dict(anew.by_fingerprint) == dict(ready.by_fingerprint)
    assert anew.fingerprints.tolist() == ready.fingerprints.tolist()
    page.desk.jobs.drop(job)
