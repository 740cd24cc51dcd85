"""Each attack on a shared desk, tried."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

pytestmark = pytest.mark.slow  # whole commands or pages, one after the other

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


def test_a_stranger_sends_no_byte_further_than_the_gate(page):
    """A form is read before anybody asks who sent it: so the gate asks first, by the headers alone."""
    asked = []

    def endless():
        while True:
            asked.append(1)
            assert len(asked) < 50
            yield b"x" * 100_000

    for path in ("/upload", "/api/screen", "/review", "/jobs/x/columns", "/leave"):
        headers = {"content-type": "multipart/form-data; boundary=b", "authorization": "Bearer guess"}
        answer = page.client.post(path, content=b"--b", headers=headers)
        assert answer.status_code == 401, path
    big = page.client.post("/login", content=b"token=" + b"x" * 20_000)
    assert big.status_code == 413
    for path in ("/api/openapi.json", "/api/version", "/help", "/jobs/x", "/jobs/x/state"):
        assert page.client.get(path).status_code == 401, path


def multipart(size: int, *, fields: int = 0, csrf: str = ""):
    """An upload in chunks, its length not said."""
    yield f'--b\r\ncontent-disposition: form-data; name="csrf"\r\n\r\n{csrf}\r\n'.encode()
    for i in range(fields):
        yield f'--b\r\ncontent-disposition: form-data; name="f{i}"\r\n\r\nx\r\n'.encode()
    yield b'--b\r\ncontent-disposition: form-data; name="files"; filename="a.csv"\r\n\r\n'
    for _ in range(size // 100_000):
        yield b"x" * 100_000
    yield b"\r\n--b--\r\n"


@pytest.mark.parametrize("path", ["/upload", "/api/screen"])
def test_an_upload_in_chunks_without_a_length_is_stopped_at_the_limit(page, path):
    page.visit()
    before = set((page.home / "page").rglob("*.csv"))  # the page is shared: other tests leave theirs
    headers = {**page.bearer(), "content-type": "multipart/form-data; boundary=b"}
    answer = page.client.post(path, content=multipart(3_000_000, csrf=page.csrf()), headers=headers)
    assert answer.status_code == 413
    assert "larger than 2 MB" in answer.text
    assert set((page.home / "page").rglob("*.csv")) <= before


def test_an_upload_of_countless_fields_is_refused(page):
    page.visit()
    headers = {"content-type": "multipart/form-data; boundary=b"}
    answer = page.client.post("/upload", content=multipart(0, fields=3000, csrf=page.csrf()), headers=headers)
    assert answer.status_code == 400
    assert "Too many fields" in answer.text


def test_an_upload_that_stops_coming_is_given_up(monkeypatch):
    import asyncio

    from anyio.from_thread import start_blocking_portal
    from starlette.applications import Starlette
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route

    from cmic_screen.web import guard

    monkeypatch.setattr(guard, "PAUSE", 0.01)

    async def take(request):
        return PlainTextResponse(await request.body())

    async def trickle():
        if trickled:
            await asyncio.Event().wait()
        trickled.append(1)
        return {"type": "http.request", "body": b"x", "more_body": True}

    sent, trickled = [], []

    async def send(message):
        sent.append(message)

    app = guard.Guard(
        Starlette(routes=[Route("/upload", take, methods=["POST"])]), frozenset({"h"}), 100, lambda _: True
    )
    scope = {
        "type": "http", "method": "POST", "path": "/upload", "headers": [(b"host", b"h")], "query_string": b"",
        "http_version": "1.1", "scheme": "http", "server": ("h", 80), "client": ("c", 1), "root_path": "",
    }  # fmt: skip
    with start_blocking_portal() as portal:
        portal.call(app, scope, trickle, send)
    assert sent[0]["status"] == 408


def test_a_fault_in_a_page_is_told_without_its_text(page, monkeypatch, caplog):
    from cmic_screen.web import intake

    def broken(*_):
        raise RuntimeError("Hollis Family Trust")

    monkeypatch.setattr(intake, "shown", broken)
    page.visit()
    before = set((page.home / "page").rglob("*.csv"))
    answer = page.upload()
    assert answer.status_code == 500
    assert "A fault in the program" in answer.text
    assert "content-security-policy" in answer.headers
    assert "Hollis" not in answer.text
    assert "Hollis" not in caplog.text
    assert "RuntimeError at" in caplog.text
    assert set((page.home / "page").rglob("*.csv")) <= before


def test_another_start_address_cannot_see_or_touch_an_upload(page):
    page.visit("ana")
    job = str(page.upload().url).split("/")[-2]
    assert f"/jobs/{job}" in page.client.get("/").text
    page.visit("bo")
    assert f"/jobs/{job}" not in page.client.get("/").text
    form = {"csrf": page.csrf()}
    for path in (f"/jobs/{job}", f"/jobs/{job}/read", f"/jobs/{job}/state"):
        assert page.client.get(path).status_code == 404
        assert page.client.get(path, headers=page.bearer("bo")).status_code == 404
    for act in ("start", "cancel", "columns"):
        assert page.client.post(f"/jobs/{job}/{act}", data=form).status_code == 404
    page.visit("ana")
    assert page.client.get(f"/jobs/{job}/read").status_code == 200
    page.client.post(f"/jobs/{job}/cancel", data={"csrf": page.csrf()})


def test_a_session_can_be_closed_and_none_lives_for_ever(fresh):
    from cmic_screen.web.access import SESSIONS

    fresh.visit()
    said = fresh.client.post("/leave", data={"csrf": fresh.csrf()})
    assert "session is closed" in said.text
    assert fresh.client.get("/").status_code == 401
    first = fresh.access.open_session("")
    for _ in range(SESSIONS):
        fresh.access.open_session("")
    assert fresh.access.visitor(first.session, "") is None


def test_two_pages_on_one_machine_keep_their_own_cookies():
    from cmic_screen.web.access import Access

    assert Access.drawn(port=8599).cookie != Access.drawn(port=8600).cookie


EVIL = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>{{7*7}}"


def test_nothing_from_a_file_or_a_form_becomes_markup(fresh):
    """Cells, headers, file and sheet names, reasons, typed names, filters: each with markup in it, on each page."""
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "<b>x'&"
    book.active.append(["Name", "ISIN", "Account", EVIL])
    book.active.append([f"CHINA MOBILE LTD {EVIL}", "HK0941009539", EVIL, EVIL])
    book.active.append(["SZ DJI TECHNOLOGY CO private placement", EVIL, EVIL, EVIL])
    out = io.BytesIO()
    book.save(out)
    fresh.visit()
    read = fresh.upload(out.getvalue(), f"a{EVIL}.xlsx")
    run = fresh.screened(read)
    form = dict(
        re.findall(r'name="(run|ref|uid)" value="([^"]*)"', (seen := fresh.client.get(f"/review?run={run}")).text)
    )
    body = {**form, "csrf": fresh.csrf(), "conclusion": "false-positive", "reason": f"Compared: {EVIL}", "by": EVIL}
    decided = fresh.client.post("/review", data=body)
    assert "D-0001" in decided.text
    pages = [read, seen, decided, fresh.client.post("/review", data={**body, "reason": EVIL[:14], "until": EVIL})]
    pages += [
        fresh.client.get(path, params=asked)
        for path, asked in (
            (f"/runs/{run}", {"q": EVIL, "verdict": EVIL}), ("/check", {"name": EVIL, "isin": EVIL, "action": EVIL}),
            ("/list", {"q": EVIL}), ("/history", {"old": EVIL, "new": EVIL}), ("/list/diff", {"a": EVIL, "b": EVIL}),
            (f"/runs/{EVIL}", {}), (f"/list/{EVIL}", {}), (f"/jobs/{EVIL}", {}),
            ("/review", {"run": EVIL, "done": EVIL}),
        )
    ]  # fmt: skip
    for answer in pages:
        assert "<img" not in answer.text.replace('<img src="/static/icon.svg"', "")
        assert "<script>" not in answer.text
        assert "{{7*7}}" in answer.text or "49" not in answer.text
    table = fresh.client.get(f"/runs/{run}/findings.csv")
    assert table.headers["content-type"].startswith("text/csv")
    assert "attachment" in table.headers["content-disposition"]


@pytest.mark.parametrize(
    "name", ["../ledger.sqlite", "%2e%2e%2fledger.sqlite", "..%5c..", "/etc/passwd", "a/b", "latest"]
)
def test_a_run_id_is_never_a_path(page, sample_run, name):
    page.visit()
    for path in (f"/runs/{name}", f"/runs/{name}/record.json", f"/runs/{sample_run}/{name}", f"/api/runs/{name}"):
        answer = page.client.get(path)
        assert answer.status_code in {404, 422} or str(answer.url).endswith("/runs"), path
        assert "SQLite" not in answer.text
        assert "root:" not in answer.text


def test_two_people_at_once_sign_one_decision_once(fresh):
    """Signing races: one signature is entered, its own maker's never, whatever the door."""
    import threading

    fresh.visit("ana")
    run = fresh.screened(fresh.upload(b"Name\nSZ DJI TECHNOLOGY CO private placement\n"))
    form = dict(re.findall(r'name="(run|ref|uid)" value="([^"]*)"', fresh.client.get(f"/review?run={run}").text))
    reason = "Compared the two registers by hand."
    body = {**form, "csrf": fresh.csrf(), "conclusion": "false-positive", "reason": reason}
    assert "<strong>D-0001</strong>" in fresh.client.post("/review", data=body).text
    fresh.client.cookies.clear()
    named = {"identity": "D-0001", "by": "bo"}  # the name of a token counts, not the one that is typed
    assert fresh.client.post("/review/sign", data=named, headers=fresh.bearer("ana")).status_code == 422
    answers = []

    def sign(by: str):
        asked = fresh.client.post("/review/sign", data=named, headers=fresh.bearer(by), follow_redirects=False)
        answers.append(asked.status_code)

    threads = [threading.Thread(target=sign, args=(by,)) for by in ("bo", "bo", "ana", "ana", "bo")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers) == [303, 422, 422, 422, 422]
    assert [e["kind"] for e in ledger_entries(fresh.home)] == ["run", "decision", "sign"]


def test_the_address_with_the_token_is_left_at_once_and_told_to_nobody(page):
    token = page.access.tokens[""]
    answer = page.client.get("/", params={"token": token}, follow_redirects=False)
    assert answer.status_code == 303
    assert token not in answer.text + str(answer.headers)
    assert answer.headers["referrer-policy"] == "same-origin"
    page.visit()
    for path in ("/", "/help", "/api/docs", "/review"):
        assert token not in page.client.get(path).text


def test_an_incomplete_form_is_answered_with_a_page(page):
    page.visit()
    answer = page.client.post("/upload", data={"csrf": page.csrf()})
    assert answer.status_code == 422
    assert "<h1>" in answer.text
    assert page.client.post("/upload", data={"csrf": page.csrf()}, files={"files": ("", b"")}).status_code in {400, 422}
    assert page.client.post("/api/screen", data={}, headers=page.bearer()).json()["error"]


@pytest.mark.parametrize("host", ["localhost", "not an address", "0.0.0.0", "::"])
def test_a_host_that_is_no_single_address_is_refused_in_words(home, monkeypatch, host):
    from typer.testing import CliRunner

    from cmic_screen.cli import app
    from cmic_screen.errors import UsageError

    monkeypatch.setenv("CMIC_PAGE_PASSWORD", "long enough to hold")
    result = CliRunner().invoke(app, ["serve", "--host", host, "--port", "0"])
    assert isinstance(result.exception, UsageError)
    assert host in str(result.exception)


def packed(kind: str, inner: bytes) -> bytes:
    import gzip

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("book.csv", inner)
    return {
        "gz": lambda: gzip.compress(inner), "gz of two": lambda: gzip.compress(inner[:9]) + gzip.compress(inner[9:]),
        "zip": out.getvalue, "zip of gz": lambda: _zip_of(gzip.compress(inner), "book.csv.gz"),
        "zip of zip": lambda: _zip_of(out.getvalue(), "inner.zip"),
    }[kind]()  # fmt: skip


def _zip_of(data: bytes, name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["gz", "gz of two", "zip", "zip of gz", "zip of zip"])
def test_text_that_unpacks_beyond_the_pages_limit_is_not_opened(page, monkeypatch, kind):
    from cmic_screen.web import unpacked

    page.visit()
    book = b"Name,ISIN\n" + b"NESTLE SA,CH0038863350\n" * 3000
    name = f"book.{kind.split()[0]}"
    fits = page.upload(packed(kind, book), name)
    assert "3,000 positions" in fits.text
    monkeypatch.setattr(unpacked, "MOST", 40_000)
    for answer in (
        page.upload(packed(kind, book), name),
        page.client.post("/api/screen", files={"files": (name, packed(kind, book))}, headers=page.bearer()),
    ):
        assert answer.status_code == 413
        assert "unpacks to more than" in answer.text
    assert page.upload(book, "book.csv").status_code == 200  # what is not packed is bounded by its own size
