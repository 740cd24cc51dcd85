"""From file to signed-off review without a browser: the pages alone, and the same record as the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cmic_screen.web import review

pytestmark = pytest.mark.slow  # whole commands or pages, one after the other

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def test_the_result_says_the_verdict_first_and_offers_everything(page, sample_run):
    page.visit()
    text = page.client.get(f"/runs/{sample_run}").text
    assert text.index("First:") < text.index("prohibited")
    for name in ("report.xlsx", "record.json", "findings.csv", "pack.zip"):
        assert page.client.get(f"/runs/{sample_run}/{name}").status_code == 200
    assert page.client.get(f"/runs/{sample_run}/../../etc/passwd").status_code == 404
    assert page.client.get("/runs/nope").status_code == 404


def test_the_csv_that_goes_with_a_long_report_is_handed_out_too(fresh, monkeypatch):
    """The report says that it lies beside it; on the page it was nowhere to be had."""
    fresh.visit()
    short = fresh.screened(fresh.upload())
    monkeypatch.setattr("cmic_screen.report.sheets.rows.LIMIT", 1)
    long = fresh.screened(fresh.upload())
    assert f'"/runs/{long}/report.rows.csv"' in fresh.client.get(f"/runs/{long}").text
    got = fresh.client.get(f"/runs/{long}/report.rows.csv")
    assert f'filename="{long}.rows.csv"' in got.headers["content-disposition"]
    assert "NESTLE SA" in got.text
    assert "rows.csv" not in fresh.client.get(f"/runs/{short}").text
    assert fresh.client.get(f"/runs/{short}/report.rows.csv").status_code == 404


def test_no_page_is_drawn_from_a_record_that_somebody_edited(fresh):
    fresh.visit()
    run = fresh.screened(fresh.upload())
    record = fresh.home / "runs" / run / "record.json"
    record.write_text(record.read_text("utf-8").replace('"PROHIBITED"', '"CLEAR"'), "utf-8")
    for path in ("", "/record.json", "/record-all-rows.json", "/findings.csv", "/pack.zip"):
        answer = fresh.client.get(f"/runs/{run}{path}")
        assert (answer.status_code, "record.json was changed" in answer.text) == (422, True), path
    answer = fresh.client.get(f"/api/runs/{run}", headers=fresh.bearer())
    assert (answer.status_code, "record.json was changed" in answer.text) == (422, True)
    assert fresh.client.get(f"/runs/{run}/report.xlsx").status_code == 200
    (fresh.home / "runs" / run / "report.xlsx").write_bytes(b"PK")
    assert "report.xlsx was changed" in fresh.client.get(f"/runs/{run}/report.xlsx").text


def test_a_reviewer_decides_and_only_another_signs(page, sample_run):
    page.visit("ana")
    text = page.client.get(f"/review?run={sample_run}").text
    form = dict(re.findall(r'name="(run|ref|uid|n)" value="([^"]*)"', text))
    what = "look-through" if 'value="look-through"' in text else "false-positive"
    body = {**form, "csrf": page.csrf(), "conclusion": what, "until": ""}
    short = page.client.post("/review", data={**body, "reason": "too short"})
    assert short.status_code == 400
    page.client.post("/review", data={**body, "reason": "Compared with the registry: another company."})
    queue = page.client.get("/review").text
    assert "somebody else must sign it" in queue
    assert "Sign D-0001" not in queue
    own = page.client.post("/review/sign", data={"identity": "D-0001", "csrf": page.csrf()})
    assert own.status_code == 422
    assert "second person" in own.text
    page.visit("ana")  # another session of the same person
    assert page.client.post("/review/sign", data={"identity": "D-0001", "csrf": page.csrf()}).status_code == 422
    page.visit("bo")
    assert "Sign D-0001" in page.client.get("/review").text
    assert page.client.post("/review/sign", data={"identity": "D-0001", "csrf": page.csrf()}).status_code == 200
    assert "Nothing waits" in page.client.get("/review").text


def test_an_address_without_a_page_is_answered_in_words(fresh):
    fresh.visit()
    answer = fresh.client.get("/nosuch")
    assert answer.status_code == 404
    assert "No page has this address" in answer.text


def test_the_newest_run_is_the_first_everywhere(fresh):
    fresh.visit()
    assert fresh.client.get("/runs/nope").status_code == 404
    for n in range(6):
        file = {"files": (f"{n}.csv", f"Name\nSZ DJI TECHNOLOGY CO, {n}\n")}
        assert fresh.client.post("/api/screen", files=file, data={"run_id": f"R{n}"}, headers=fresh.bearer()).is_success
    newest = ["R5", "R4", "R3", "R2", "R1", "R0"]
    assert [r["run_id"] for r in fresh.client.get("/api/runs?most=3", headers=fresh.bearer()).json()] == newest[:3]
    assert re.findall(r'href="/runs/(R\d)"', fresh.client.get("/").text) == newest[:5]
    assert re.findall(r'href="/runs/(R\d)"', fresh.client.get("/history").text) == newest
    chosen = re.findall(r'<option value="(R\d)" selected', fresh.client.get("/history").text)
    assert chosen == [newest[1], newest[0]]
    assert 'value="R5" selected' in fresh.client.get("/review").text


def test_after_a_conclusion_comes_the_next_open_pair(fresh):
    fresh.visit()
    names = "SZ DJI TECHNOLOGY CO private placement\nMEGVII TECHNOLOGY LIMITED unlisted\nYITU LIMITED unlisted\n"
    run = fresh.screened(fresh.upload(f"Name\n{names}".encode()))
    said, answer = [], fresh.client.get(f"/review?run={run}&n=1")
    for _ in range(3):
        form = dict(re.findall(r'name="(run|ref|uid|n)" value="([^"]*)"', answer.text))
        said.append(form["n"])
        reason = "Compared the registers: it is the listed one."
        answer = fresh.client.post(
            "/review", data={**form, "csrf": fresh.csrf(), "conclusion": "true-match", "reason": reason, "by": "Zoe"}
        )
    assert said == ["1", "2", "0"]
    assert "Every pair of this run has a conclusion" in answer.text
    assert 'value="Zoe"' in answer.text


def test_two_runs_are_compared_with_the_cause_of_each_change(fresh):
    fresh.visit("ana")
    book = b"Name,ISIN\nSZ DJI TECHNOLOGY CO private placement,\nNESTLE SA,CH0038863350\n"
    old = fresh.screened(fresh.upload(book))
    form = dict(re.findall(r'name="(run|ref|uid)" value="([^"]*)"', fresh.client.get(f"/review?run={old}").text))
    reason = "Compared with the registry: another company."
    body = {**form, "csrf": fresh.csrf(), "conclusion": "false-positive", "reason": reason}
    fresh.client.post("/review", data=body)
    assert "It cannot be taken back" in fresh.client.get(f"/runs/{old}").text
    accepted = fresh.client.post(f"/runs/{old}/accept", data={"csrf": fresh.csrf()})
    assert "Accepted by ana" in accepted.text
    assert fresh.client.post(f"/runs/{old}/accept", data={"csrf": fresh.csrf()}).status_code == 422
    fresh.visit("bo")
    fresh.client.post("/review/sign", data={"identity": "D-0001", "csrf": fresh.csrf()})
    new = fresh.screened(fresh.upload(book + b"CNOOC LTD,HK0883013259\n"))
    shown = fresh.client.get(f"/runs/{new}").text
    assert "What changed since the last accepted run" in shown
    assert "Decision <span" in shown  # who dismissed it, when and why stays visible
    assert reason in shown
    rows = re.findall(r"<tr>(.*?)</tr>", fresh.client.get(f"/history?old={old}&new={new}").text, re.DOTALL)
    causes = {name: row for row in rows for name in ("SZ DJI", "CNOOC") if name in row}
    assert "<td>decision</td>" in causes["SZ DJI"]
    assert "<td>holdings</td>" in causes["CNOOC"]


def test_a_new_list_is_told_with_what_it_would_touch(fresh):
    from dataclasses import replace

    from cmic_screen.reference import store
    from cmic_screen.reference.snapshot import embedded_snapshot, sealed

    fresh.visit()
    assert "Only one list is at hand" in fresh.client.get("/list/diff").text
    now = embedded_snapshot()
    before = sealed(replace(now, entities=tuple(e for e in now.entities if e.uid != "30923"), sha256="0" * 64))
    store.keep(before, fresh.home)
    fresh.screened(fresh.upload())
    asked = {"a": before.digest, "b": now.digest}
    text = fresh.client.get("/list/diff", params=asked).text
    assert "CHINA MOBILE LIMITED" in text
    assert "What it would touch in the newest run" in text
    touched = text.rpartition("<pre")[2]
    assert "CHINA MOBILE LTD" in touched
    assert "NESTLE" not in touched
    assert fresh.client.get("/list/diff", params={"a": "nope-nope", "b": now.digest}).text.count('role="alert"') == 1


def test_history_compares_and_checks(page, sample_run):
    page.visit()
    assert "Nothing changed" in page.client.get("/history", params={"old": sample_run, "new": sample_run}).text
    assert "as it was written" in page.client.get("/history", params={"verify": "1"}).text


def test_a_corrected_column_is_read_as_corrected(page):
    page.visit()
    answer = page.upload(b"Name,ISIN,Remark\nNESTLE SA,CH0038863350,one\nCHINA MOBILE LTD,HK0941009539,two\n")
    job = str(answer.url).split("/")[-2]
    form = {"csrf": page.csrf(), "sheet": "0", "field-3": "account_id", "name": "mine"}
    fixed = page.client.post(f"/jobs/{job}/columns", data=form)
    assert re.search(r'name="field-3".*?<option value="account_id" selected', fixed.text, re.DOTALL)
    assert "account_id" in (page.home / "profiles" / "mine.toml").read_text()
    run = page.screened(fixed)
    record = page.client.get(f"/runs/{run}/record.json").json()
    assert [f["account"] for f in record["findings"]] == ["two"]


def test_a_kept_layout_is_offered_where_it_fits_and_read_by(fresh):
    fresh.visit()
    book = b"Name,ISIN,Remark\nNESTLE SA,CH0038863350,one\nCHINA MOBILE LTD,HK0941009539,two\n"
    job = str(fresh.upload(book).url).split("/")[-2]
    form = {"csrf": fresh.csrf(), "sheet": "0", "field-3": "account_id", "name": "../mine <b>"}
    kept = fresh.client.post(f"/jobs/{job}/columns", data=form).text
    assert "the layout “mine _b_”, kept on this machine" in kept
    (path,) = (fresh.home / "profiles").glob("*.toml")
    next_month = fresh.upload(book, "december.csv")
    assert f"Read with {path.stem}" in next_month.text
    assert "Read with" not in fresh.upload(b"Name,CUSIP\nNESTLE SA,641069406\n", "other.csv").text
    job = str(next_month.url).split("/")[-2]
    read = fresh.client.post(f"/jobs/{job}/columns", data={"csrf": fresh.csrf(), "layout": path.stem})
    record = fresh.client.get(f"/runs/{fresh.screened(read)}/record.json").json()
    assert [f["account"] for f in record["findings"]] == ["two"]
    job = str(fresh.upload(book).url).split("/")[-2]
    for name in ("nope", "../ledger", "/etc/passwd"):
        said = fresh.client.post(f"/jobs/{job}/columns", data={"csrf": fresh.csrf(), "layout": name})
        assert said.status_code == 422
        assert "no kept layout of that name" in said.text


def test_trades_uploaded_as_holdings_are_asked_about(fresh):
    fresh.visit()
    blotter = b"Trade Date,Side,Name,ISIN,Quantity\n2026-01-05,BUY,CHINA MOBILE LTD,HK0941009539,10\n"
    blotter += b"2026-01-06,SELL,NESTLE SA,CH0038863350,5\n"
    read = fresh.upload(blotter)
    assert "This looks like trades, and you said holdings" in read.text
    job = str(read.url).split("/")[-2]
    as_trades = fresh.client.post(f"/jobs/{job}/columns", data={"csrf": fresh.csrf(), "kind": "trades"})
    assert "What we read: 2 trades" in as_trades.text
    assert "This looks like" not in as_trades.text
    run = fresh.screened(as_trades)
    record = fresh.client.get(f"/runs/{run}/record.json").json()
    assert (record["kind"], record["findings"][0]["action"]) == ("trades", "BUY")
    assert "<b>Buy, 2026-01-05: CHINA MOBILE LTD</b>" in fresh.client.get(f"/runs/{run}").text


def test_relatives_and_namesakes_are_no_listed_entities(page):
    page.visit()
    answer = page.screened(
        page.upload(b"Name,ISIN\nHIKVISION ROBOTICS,\nCGN POWER CO LTD,\nCHINA MOBILE LTD,HK0941009539\n")
    )
    text = page.client.get(f"/runs/{answer}").text
    assert "not listed, has the name of HANGZHOU HIKVISION" in text
    assert "not listed, related to CHINA GENERAL NUCLEAR POWER" in text
    assert '<span class="soft">CHINA MOBILE LIMITED</span>' in text


def test_a_second_correction_never_loses_the_first_one_silently(page):
    page.visit()
    both = {"csrf": page.csrf()}
    named = [
        ("files", ("a.csv", b"Name,ISIN,Remark\nX AG,CH0038863350,one\n")),
        ("files", ("b.csv", b"Name,Other\nY,z\n")),
    ]
    job = str(page.client.post("/upload", data=both, files=named).url).split("/")[-2]
    assert page.client.post(f"/jobs/{job}/columns", data={**both, "sheet": "0", "field-3": "notes"}).status_code == 200
    wrong = page.client.post(f"/jobs/{job}/columns", data={**both, "sheet": "0", "field-3": "no such field"})
    assert wrong.status_code == 422
    said = page.client.post(f"/jobs/{job}/columns", data={**both, "sheet": "1", "field-2": "notes"})
    assert said.status_code == 422
    assert "corrected already" in said.text
    assert re.search(r'name="field-3".*?<option value="notes" selected', said.text, re.DOTALL)


def test_a_table_without_a_header_says_why_it_cannot_be_corrected(page):
    page.visit()
    answer = page.upload(b"NESTLE SA,CH0038863350\nCHINA MOBILE LTD,HK0941009539\n")
    job = str(answer.url).split("/")[-2]
    said = page.client.post(f"/jobs/{job}/columns", data={"csrf": page.csrf(), "sheet": "0", "field-2": "notes"})
    assert said.status_code == 422
    assert "no header row" in said.text
    assert "What we read" in said.text


def test_the_answer_is_shown_while_the_report_is_being_written(fresh, monkeypatch):
    import threading

    from cmic_screen.history import keeping

    go = threading.Event()
    enter = keeping.enter

    def held(*args, **named):
        go.wait(30)
        return enter(*args, **named)

    monkeypatch.setattr(keeping, "enter", held)
    fresh.visit()
    job = str(fresh.upload().url).split("/")[-2]
    fresh.client.post(f"/jobs/{job}/start", data={"csrf": fresh.csrf()}, follow_redirects=False)
    for _ in range(2000):
        if fresh.client.get(f"/jobs/{job}/state").json()["shown"]:
            break
    text = fresh.client.get(f"/jobs/{job}").text
    assert "1 prohibited" in text
    assert "not kept yet" in text
    assert "report.xlsx" not in text
    go.set()
    assert fresh.desk.jobs.get(job).ended.wait(30)
    assert "report.xlsx" in fresh.client.get(f"/jobs/{job}").text


def test_the_api_answers_with_the_command_lines_record(fresh, tmp_path, monkeypatch):
    from typer.testing import CliRunner

    from cmic_screen.cli import app

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    book = SAMPLES / "second_custodian.csv"
    answer = fresh.client.post(
        "/api/screen", files={"files": (book.name, book.read_bytes())}, data={"run_id": "R1"}, headers=fresh.bearer()
    )
    assert answer.status_code == 200
    monkeypatch.setenv("CMIC_HOME", str(tmp_path / "other"))
    out = tmp_path / "r.json"
    args = ["screen", str(book), "--out", str(tmp_path / "r.xlsx"), "--json", str(out), "--run-id", "R1"]
    assert CliRunner().invoke(app, args).exit_code == 10
    assert answer.content == out.read_bytes()


def test_check_list_and_runs_by_bearer(page):
    answer = page.client.get("/api/check", params={"isin": "HK0941009539"}, headers=page.bearer())
    assert answer.json()["verdict"] == "PROHIBITED"
    assert page.client.get("/api/check", headers=page.bearer()).status_code == 400
    assert len(page.client.get("/api/list", headers=page.bearer()).json()["entities"]) == 68
    assert (
        json.loads(page.client.get("/api/openapi.json", headers=page.bearer()).text)["info"]["title"] == "cmic-screen"
    )


@pytest.mark.parametrize(
    ("instrument", "relation", "state", "asked"),
    [
        ("SHARE", "UNCERTAIN", "", ["1"]),
        ("FUND", "UNCERTAIN", "", [None, "1"]),
        ("FUND", "UNCERTAIN", "complete", ["1"]),
        ("FUND", "FUND_EXPOSURE", "stale", [None]),
        ("INDEX_FUTURE", "UNCERTAIN", "", [None, "1"]),
    ],
)
def test_a_fund_or_index_is_a_question_of_its_own_beside_who_is_named(instrument, relation, state, asked):
    match = {"entity_uid": "1", "relation": relation, "evidence": [], "sub_reason": "", "reason": ""}
    finding = {
        "ref": "F-001", "verdict": "REVIEW", "security": "p", "instrument": instrument, "matches": [match],
        "identifiers": {}, "identifiers_rejected": [],
    }  # fmt: skip
    record = {"findings": [finding], "exposure": [{"ref": "F-001", "state": state}] if state else []}
    found = review.pairs(record)
    assert [p["match"] and p["match"]["entity_uid"] for p in found] == asked


def test_a_relatives_evidence_does_not_read_as_the_listed_entitys(page, sample_run):
    """SenseTime Group Inc is held, SenseTime Group Limited listed: an equal ISIN of the one is none of the other."""
    page.visit()
    record = page.client.get(f"/api/runs/{sample_run}").json()
    pairs = [p for p in review.pairs(record) if p["match"] and p["match"]["relation"] == "RELATED_UNLISTED"]
    assert pairs
    for pair in pairs:
        assert any(text.startswith("What agrees is of a relative") for text in pair["differs"])
