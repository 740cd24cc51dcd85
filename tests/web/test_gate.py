"""Each attack on a shared desk, tried."""

from __future__ import annotations

import io
import zipfile

import pytest

BOOK = b"Name,ISIN\nCHINA MOBILE LTD,HK0941009539\n"
BROKEN = b"PK\x03\x04 cut off"


def files(name: str = "book.csv", data: bytes = BOOK):
    return {"files": (name, data, "text/csv")}


def test_without_a_token_nothing_is_shown(page):
    for path in (
        "/",
        "/history",
        "/list",
        "/check?isin=HK0941009539",
        "/api/list",
        "/api/runs",
        "/api/docs",
        "/runs/x",
    ):
        assert page.client.get(path).status_code == 401
    assert page.client.post("/api/screen", files=files()).status_code == 401
    assert page.client.get("/", params={"token": "guess"}).status_code == 401
    assert page.client.get("/api/list", headers={"authorization": "Bearer guess"}).status_code == 401


def test_the_token_leaves_the_address_and_the_cookie_is_out_of_reach(page):
    answer = page.client.get("/", params={"token": page.access.tokens[""]}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:80", "localhost:8599", ""])
def test_another_host_header_is_refused(page, host):
    answer = page.client.get("/api/list", headers={**page.bearer(), "host": host})
    assert answer.status_code == 400


def test_a_form_of_another_site_or_session_changes_nothing(page):
    page.visit()
    stolen = {"csrf": page.csrf()}
    assert page.client.post("/sample", data=stolen, headers={"origin": "http://evil.example"}).status_code == 403
    assert page.client.post("/sample", data={"csrf": "guess"}).status_code == 403
    assert page.client.post("/sample").status_code == 403
    assert page.client.post("/api/screen", files=files()).status_code == 403  # a cookie alone is no Bearer
    page.visit()
    assert page.client.post("/sample", data=stolen).status_code == 403


def test_every_answer_is_hardened(page):
    for answer in (
        page.client.get("/"),
        page.client.get("/static/app.css"),
        page.client.get("/api/list", headers=page.bearer()),
    ):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe-inline" not in policy
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["cache-control"] == "no-store"


def test_pages_load_nothing_from_elsewhere_and_hold_no_inline_script(page):
    page.visit()
    for path in ("/", "/check", "/review", "/history", "/list", "/list/33111", "/help", "/api/docs"):
        text = page.client.get(path).text
        assert "http://" not in text
        assert "https://" not in text
        assert "<script>" not in text
        assert " style=" not in text
        assert " onclick=" not in text


def test_a_large_upload_is_refused_by_length_and_while_streaming(page):
    page.visit()
    big = page.client.post("/upload", data={"csrf": page.csrf()}, files=files(data=b"x" * 2_100_000))
    assert big.status_code == 413
    assert "limit" in big.text

    def chunks():
        for _ in range(30):
            yield b"x" * 100_000

    headers = {**page.bearer(), "content-type": "multipart/form-data; boundary=b"}
    assert page.client.post("/api/screen", content=chunks(), headers=headers).status_code in {400, 413}


NAMES = [
    "../../../../etc/cron.d/x.csv",
    "..\\..\\x.csv",
    "/etc/passwd",
    ".hidden.csv",
    "a\x00b.csv",
    "x" * 400 + ".csv",
    "…",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_name_is_never_a_path(page, name):
    from cmic_screen.web.jobs import harmless

    safe = harmless(name)
    assert safe
    assert "/" not in safe
    assert "\\" not in safe
    assert not safe.startswith(".")
    assert len(safe) <= 120
    page.visit()
    before = {p for p in page.home.parent.rglob("*") if page.home not in p.parents and p != page.home}
    page.upload(name=name.replace("\x00", ""))
    assert {p for p in page.home.parent.rglob("*") if page.home not in p.parents and p != page.home} == before
    for uploaded in (page.home / "page").rglob("*.csv"):
        assert uploaded.parent.name.isdigit()


def test_nothing_of_an_upload_is_left_behind_but_its_kept_run(fresh):
    assert fresh.client.post("/api/screen", files=files(), headers=fresh.bearer()).status_code == 200
    refused = fresh.client.post("/api/screen", files=files("bad.xlsx", BROKEN), headers=fresh.bearer())
    assert refused.status_code == 422
    assert "bad.xlsx" in refused.json()["error"]
    assert str(fresh.home) not in refused.text
    assert not list((fresh.home / "page").iterdir())
    assert len([p for p in (fresh.home / "runs").iterdir() if not p.name.startswith(".")]) == 1
    for kept in (fresh.home / "runs").rglob("*"):
        assert kept.stat().st_mode & 0o077 == 0


def bomb() -> bytes:
    """A workbook of a few kilobytes that unpacks to sixty megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    return out.getvalue()


def test_an_upload_that_unpacks_too_large_is_answered_413_with_the_limit(page):
    data = bomb()
    assert len(data) < 100_000
    answer = page.client.post("/api/screen", files=files("bomb.xlsx", data), headers=page.bearer())
    assert answer.status_code == 413
    assert "the limit is 200" in answer.json()["error"]
    page.visit()
    shown = page.upload(data, "bomb.xlsx")
    assert shown.status_code == 413
    assert "the limit is 200" in shown.text
    assert 'role="alert"' in shown.text


def test_no_more_than_n_run_at_once_and_the_queue_has_an_end(tmp_path):
    import threading

    from cmic_screen.web.jobs import AT_ONCE, WAITING, BusyError, Jobs

    go, lock = threading.Event(), threading.Lock()
    running = most = 0

    def work(job):
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        go.wait(10)
        with lock:
            running -= 1
        return job.id

    jobs = Jobs(tmp_path, work)
    taken = [jobs.new(["a.csv"]) for _ in range(AT_ONCE + WAITING)]
    for job in taken:
        jobs.start(job)
    with pytest.raises(BusyError):
        jobs.start(jobs.new(["one-more.csv"]))
    jobs.cancel(last := taken.pop())
    assert (last.state, last.ended.is_set(), last.folder.exists()) == ("cancelled", True, False)
    go.set()
    assert all(job.ended.wait(10) for job in taken)
    assert {job.state for job in taken} == {"done"}
    assert most == AT_ONCE
    jobs.close()
    assert not (tmp_path / "page").exists()


def ledger_entries(home):
    from cmic_screen.history.ledger import Ledger

    with Ledger.open(home, write=False) as ledger:
        return [{"kind": e.kind} for e in ledger.entries()]


@pytest.mark.parametrize("stage", ["Reading the files.", "Screening.", "Writing the report."])
def test_a_cancelled_run_leaves_nothing(fresh, monkeypatch, stage):
    from cmic_screen.web.jobs import Job

    tell = Job.tell

    def cancel_at(job, said):
        if said == stage:
            job.cancel.set()
        tell(job, said)

    monkeypatch.setattr(Job, "tell", cancel_at)
    fresh.visit()
    job = str(fresh.upload().url).split("/")[-2]
    fresh.client.post(f"/jobs/{job}/start", data={"csrf": fresh.csrf()}, follow_redirects=False)
    assert fresh.desk.jobs.get(job).ended.wait(30)
    assert "Cancelled; nothing was kept" in fresh.client.get(f"/jobs/{job}").text
    assert fresh.client.get("/api/runs", headers=fresh.bearer()).json() == []
    assert not [p for p in fresh.home.rglob("*") if p.is_file() and p.suffix in {".csv", ".json", ".xlsx"}]
    monkeypatch.setattr(Job, "tell", tell)
    fresh.screened(fresh.upload())
    kinds = [e["kind"] for e in ledger_entries(fresh.home)]
    assert kinds == ["run"]


def test_forgotten_uploads_are_removed_when_many_wait(tmp_path):
    from cmic_screen.web.jobs import REMEMBERED, Jobs

    jobs = Jobs(tmp_path, lambda job: job.id)
    made = [jobs.new(["a.csv"]) for _ in range(REMEMBERED + 5)]
    assert [j for j in made if jobs.get(j.id) is None] == made[:5]
    assert not made[0].folder.exists()
    assert made[-1].folder.exists()
    jobs.close()


def test_a_password_is_asked_for_where_one_is_set(tmp_path, serving):
    client, page = serving(tmp_path / "own", password="long enough to hold")
    with client:
        asked = client.get("/", params={"token": page.access.tokens[""]})
        assert "Password" in asked.text
        assert client.get("/list").status_code == 401
        body = {"token": page.access.tokens[""], "password": "guess"}
        assert client.post("/login", data=body).status_code == 403
        assert client.post("/login", data={"token": "guess", "password": "long enough to hold"}).status_code == 403
        assert client.get("/api/list", headers=page.bearer()).status_code == 401
        right = {**page.bearer(), "x-page-password": "long enough to hold"}
        assert client.get("/api/version", headers=right).status_code == 200
        assert client.post("/login", data={**body, "password": "long enough to hold"}).status_code == 200
        assert client.get("/history").status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::"])
def test_another_address_needs_a_password(home, monkeypatch, host):
    from typer.testing import CliRunner

    from cmic_screen.cli import app
    from cmic_screen.errors import UsageError

    monkeypatch.delenv("CMIC_PAGE_PASSWORD", raising=False)
    result = CliRunner().invoke(app, ["serve", "--host", host, "--port", "0"])
    assert isinstance(result.exception, UsageError)
    assert "CMIC_PAGE_PASSWORD" in str(result.exception)
    assert not result.output


def test_no_name_of_a_client_reaches_the_log(page, caplog):
    caplog.set_level(0)
    page.visit()
    page.upload(b"Account,Name,ISIN\nHollis Family Trust,CHINA MOBILE LTD,HK0941009539\n", "Hollis.csv")
    assert "hollis" not in caplog.text.lower()
