"""From file to signed-off review in a real browser, with a mouse, with keys alone, small, dark, and without scripts."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = (ROOT / "samples" / "advisory_book.xlsx", ROOT / "samples" / "second_custodian.csv")
REASON = "Compared the register and the prospectus: another company."
BOOK = "Name,ISIN,Remark\nNESTLE SA,CH0038863350,one\nSZ DJI TECHNOLOGY CO private placement,,two\n"
TAGS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def screens(run: str) -> dict[str, str]:
    """Every screen that an address leads to, by the name of its picture."""
    return {
        "start": "/", "result": f"/runs/{run}", "review": f"/review?run={run}", "history": "/history",
        "compare": f"/history?old={run}&new={run}&verify=1", "list": "/list", "entity": "/list/30923",
        "diff": "/list/diff", "check": "/check?isin=HK0941009539", "help": "/help", "api": "/api/docs",
    }  # fmt: skip


def press_to(page, what: str, most: int = 200) -> None:
    """Tab until the element with this accessible text or id has the focus."""
    script = (
        "(w) => { const e = document.activeElement; return e && (e.id === w || (e.textContent || '').trim() === w) }"
    )
    for _ in range(most):
        if page.evaluate(script, what):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{what} cannot be reached with Tab")


def test_from_file_to_signed_off_review(desk, own, shot, tmp_path):
    page = desk("ana", own)
    book = tmp_path / "book.csv"
    book.write_text(
        "Name,ISIN,Remark\nNESTLE SA,CH0038863350,one\nSZ DJI TECHNOLOGY CO private placement,,two\n", "utf-8"
    )
    page.set_input_files("#files", book)
    assert "book.csv" in page.locator("#chosen").inner_text()
    page.get_by_role("button", name="Read the files").click()
    page.get_by_label("What Remark is").select_option("account_id")
    page.get_by_role("button", name="Read again").click()
    assert page.get_by_label("What Remark is").input_value() == "account_id"
    shot(page, "read-corrected")
    page.get_by_role("button", name="Screen 2 rows").click()
    page.wait_for_url("**/runs/**")
    run = page.url.rpartition("/")[2]
    assert "1 to review" in page.locator("h1").inner_text()
    page.locator(".findings summary").first.click()
    assert page.locator(".card").first.is_visible()
    assert "SZ DJI" in page.locator(".card h3").first.inner_text()
    page.get_by_role("link", name="Review 1").click()
    page.get_by_label("Different").check()
    page.get_by_label("Reason").fill(REASON)
    page.get_by_role("button", name="Enter").click()
    page.get_by_text("somebody else must sign it").wait_for()
    assert "waits for a second person" in page.locator(".done").first.inner_text()
    assert page.get_by_role("button", name=re.compile("^Sign")).count() == 0

    other = desk("bo", own)
    other.goto(f"{own.base}/review")
    shot(other, "queue")
    other.get_by_role("button", name="Sign D-0001").click()
    other.get_by_text("Nothing waits").wait_for()
    assert "is signed by bo" in other.locator(".done").first.inner_text()
    page.goto(f"{own.base}/review?run={run}")
    page.get_by_text("signed by bo").wait_for()
    page.goto(f"{own.base}/runs/{run}")
    for name, ending in (("Excel report", "xlsx"), ("Findings (csv)", "csv"), ("Evidence pack (zip)", "zip")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=name).click()
        assert waiting.value.suggested_filename == f"{run}.{ending}"
        assert Path(waiting.value.path()).stat().st_size > 500
    page.get_by_role("button", name="Accept this run").click()
    page.get_by_text("Accepted by ana").wait_for()
    shot(page, "accepted")
    page.get_by_role("button", name="Leave").click()
    page.get_by_text("session is closed").wait_for()
    assert page.goto(f"{own.base}/history").status == 401


def test_the_record_is_the_command_lines_to_the_byte(desk, screened, served, tmp_path):
    page = desk()
    page.goto(f"{served.base}/runs/{screened}")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Record (JSON)").click()
    mine = Path(waiting.value.path()).read_bytes()
    record = tmp_path / "record.json"
    command = [sys.executable, "-m", "cmic_screen", "screen", *map(str, SAMPLES), "--json", str(record)]
    command += ["--out", str(tmp_path / "report.xlsx"), "--run-id", screened, "--as-of", json.loads(mine)["as_of"]]
    env = {**os.environ, "CMIC_HOME": str(tmp_path), "SOURCE_DATE_EPOCH": "1795000000"}
    assert subprocess.run(command, env=env, check=False, capture_output=True).returncode == 10
    assert mine == record.read_bytes()


@pytest.fixture
def large(tmp_path):
    """A book whose report takes a while: 9,000 different companies, and one listed."""
    rows = "".join(f"Company Number {i} Holdings,,{i}\n" for i in range(8999))
    book = tmp_path / "large.csv"
    book.write_text(f"Name,ISIN,Quantity\nCHINA MOBILE LTD,HK0941009539,1\n{rows}", "utf-8")
    return book


def test_the_answer_comes_before_the_report_and_stays_where_it_is_read(desk, shot, large):
    page = desk()
    page.set_input_files("#files", large)
    page.get_by_role("button", name="Read the files").click()
    page.get_by_role("button", name="Screen 9,000 rows").click()
    page.get_by_text("not kept yet").wait_for()
    page.locator(".findings summary").first.click()
    shot(page, "answer-first")
    assert "1 prohibited" in page.locator("h1").inner_text()
    assert page.get_by_role("link", name="Excel report").count() == 0
    page.get_by_role("link", name="Excel report").wait_for()
    assert page.locator(".findings details[open]").count() == 1  # what is being read is not taken away
    assert "/runs/" in page.url
    assert page.get_by_role("button", name="Accept this run").is_visible()


def test_a_page_whose_program_does_not_answer_says_so(desk, large):
    page = desk()
    page.route("**/state", lambda route: route.abort())
    page.set_input_files("#files", large)
    page.get_by_role("button", name="Read the files").click()
    page.get_by_role("button", name="Screen 9,000 rows").click()
    page.get_by_text("Is the program still running?").wait_for()


def test_too_much_is_refused_before_it_is_sent(desk, tmp_path):
    page = desk()
    book = tmp_path / "large.csv"
    with book.open("wb") as out:
        out.truncate(101_000_000)
    page.set_input_files("#files", book)
    assert "larger than 100 MB" in page.locator("#chosen").inner_text()
    page.get_by_role("button", name="Read the files").click()
    assert not page.evaluate("document.querySelector('#files').checkValidity()")
    page.evaluate("document.querySelector('#files').setCustomValidity('')")  # as without scripts
    with page.expect_navigation() as going:
        page.get_by_role("button", name="Read the files").click()
    assert going.value.status == 413
    assert "larger than 100 MB" in page.get_by_role("alert").inner_text()


def test_many_findings_come_in_pages(desk, shot, tmp_path):
    page = desk()
    book = tmp_path / "many.csv"
    book.write_text(
        "Account,ISIN,Name\n" + "".join(f"A{i},HK0941009539,CHINA MOBILE LTD\n" for i in range(450)), "utf-8"
    )
    page.set_input_files("#files", book)
    page.get_by_role("button", name="Read the files").click()
    page.get_by_role("button", name="Screen 450 rows").click()
    page.get_by_role("link", name="Excel report").wait_for()
    assert page.locator(".findings details").count() == 200
    assert "1 to 200 of 450" in page.locator("[data-shown]").inner_text()
    page.get_by_role("link", name="Further findings").click()
    page.get_by_text("201 to 400 of 450").wait_for()
    shot(page, "pages", full=False)
    page.get_by_label("Words").fill("a449 ")
    page.get_by_role("button", name="Filter").click()
    page.get_by_text("1 of 450 shown").wait_for()


def test_a_run_can_be_cancelled_while_others_work(desk, shot, large):
    others = [desk(), desk()]
    for page in others:  # as many as run at once
        page.set_input_files("#files", large)
        page.get_by_role("button", name="Read the files").click()
    last = desk()
    last.get_by_role("button", name="Try the sample book").click()
    for page in others:
        page.get_by_role("button", name="Screen 9,000 rows").click()
    last.get_by_role("button", name=re.compile("^Screen ")).click()
    shot(last, "waiting")
    last.get_by_role("button", name="Cancel").click()
    last.get_by_text("Cancelled; nothing was kept").first.wait_for()
    assert "prohibited" not in last.locator("main").inner_text()
    shot(last, "cancelled")


@pytest.mark.parametrize(
    ("name", "data", "status", "said"),
    [
        ("empty.csv", b"", 422, "empty"),
        ("broken.xlsx", b"PK\x03\x04 cut off", 422, "broken.xlsx"),
        ("heads.csv", b"Name,ISIN,Quantity\n", 200, "No position was found"),
    ],
)
def test_a_refused_file_says_why(desk, shot, tmp_path, name, data, status, said):
    page = desk()
    book = tmp_path / name
    book.write_bytes(data)
    page.set_input_files("#files", book)
    with page.expect_navigation() as going:
        page.get_by_role("button", name="Read the files").click()
    assert going.value.status == status
    shot(page, f"refused-{book.stem}")
    assert said in page.locator("main").inner_text()


def test_another_name_for_this_machine_is_refused(chromium, served):
    address = served.base.replace("127.0.0.1", "evil.localhost")
    context = chromium.new_context()
    answer = context.new_page().goto(address)
    assert answer.status == 400
    context.close()


def test_keys_alone_suffice(desk, served, screened):
    page = desk("ana")
    page.goto(f"{served.base}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    page.goto(f"{served.base}/runs/{screened}")
    page.keyboard.press("Tab")
    for _ in range(60):
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".findings details[open]").count() == 1
    page.goto(f"{served.base}/review?run={screened}")
    before = page.locator(".over").first.inner_text()
    page.keyboard.press("n")
    page.wait_for_function("(was) => document.querySelector('.over').innerText !== was", arg=before)
    page.goto(f"{served.base}/review?run={screened}")
    page.keyboard.press("d")
    assert page.get_by_label("Different").is_checked()
    assert page.evaluate("document.activeElement.id") == "reason"
    page.keyboard.type("Typed with the keyboard: dsn is text here.")
    assert page.get_by_label("Different").is_checked()
    press_to(page, "Enter")


def test_keys_alone_lead_from_the_file_to_the_conclusion(desk, own, tmp_path):
    page = desk("ana", own)
    book = tmp_path / "book.csv"
    book.write_text(BOOK, "utf-8")
    page.set_input_files("#files", book)  # the system's own dialog
    for button in ("Read the files", "Screen 2 rows"):
        press_to(page, button)
        page.keyboard.press("Enter")
        page.get_by_role("button", name=button).wait_for(state="detached")
    page.get_by_role("link", name="Review 1 question").wait_for()
    press_to(page, "Review 1 question")
    page.keyboard.press("Enter")
    page.get_by_label("Reason").wait_for()
    page.wait_for_load_state()  # the script that hears keys runs when the page is whole
    page.keyboard.press("d")
    assert page.get_by_label("Different").is_checked()
    page.keyboard.type(REASON)
    press_to(page, "Enter")
    page.keyboard.press("Enter")
    page.get_by_text("waits for a second person").first.wait_for()
    press_to(page, "Leave")
    page.keyboard.press("Enter")
    page.get_by_text("session is closed").wait_for()


CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""All that the dark setting changes."""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_fails_axe(desk, served, screened, shot, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = desk(color_scheme=scheme)
    asked = TAGS if scheme == "light" else CONTRAST
    faults = []
    for name, path in screens(screened).items():
        page.goto(served.base + path)
        if name == "result":
            page.locator(".findings summary").first.click()
        shot(page, f"{name}-{scheme}")
        found = axe.run(page, options=asked).response["violations"]
        faults += [
            f"{name}: {v['id']}: {n['html'][:160]} {n['failureSummary'][:200]}" for v in found for n in v["nodes"]
        ]
    page.goto(f"{served.base}/")
    page.get_by_role("button", name="Try the sample book").click()
    shot(page, f"read-{scheme}")
    found = axe.run(page, options=asked).response["violations"]
    faults += [f"read: {v['id']}: {n['html'][:160]}" for v in found for n in v["nodes"]]
    assert not faults, "\n".join(faults)


def test_nothing_scrolls_sideways_at_320_pixels(desk, served, screened, shot):
    page = desk(viewport={"width": 320, "height": 640})  # as wide as 1280 pixels at 400 %
    wide = []
    for name, path in screens(screened).items():
        page.goto(served.base + path)
        if name == "result":
            page.locator(".findings summary").first.click()
        shot(page, f"{name}-320")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(name)
    assert not wide


def test_upload_and_download_work_without_scripts(desk, served):
    page = desk(java_script_enabled=False)
    page.set_input_files("#files", SAMPLES[1])
    page.get_by_role("button", name="Read the files").click()
    page.get_by_role("button", name=re.compile("^Screen ")).click()
    page.get_by_role("link", name="Excel report").wait_for(timeout=60_000)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Excel report").click()
    assert Path(waiting.value.path()).read_bytes()[:2] == b"PK"


def test_the_page_says_nothing_to_the_console_and_asks_nobody_else(desk, served, screened):
    page = desk()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    for path in screens(screened).values():
        page.goto(served.base + path)
    assert not said
    assert {url.split("/")[2] for url in asked} == {served.base.split("/")[2]}
