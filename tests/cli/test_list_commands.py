"""The `list` commands as a person meets them: what they print, their JSON, their exit codes, what they do not load."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from cmic_screen.cli import main
from cmic_screen.model import EntityName, NameKind, Scheme, SecurityIdentifier
from cmic_screen.reference import embedded_snapshot, read_snapshot, write_snapshot

pytestmark = pytest.mark.slow  # whole commands or pages, one after the other

ISIN = "CNE1000ZZZZ1"
SUNDAY = "1795334400"  # 2026-11-22 08:00 UTC


@pytest.fixture
def cmic(home, monkeypatch, capsys):
    """Run a command in this process; gives exit code, stdout and stderr."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", SUNDAY)

    def run(*args: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["cmic-screen", *map(str, args)])
        with pytest.raises(SystemExit) as done:
            main()
        out = capsys.readouterr()
        return int(done.value.code or 0), out.out, out.err

    return run


@pytest.fixture
def older(tmp_path):
    """A list of the same companies, published in 2024."""
    path = tmp_path / "older.json"
    write_snapshot(replace(embedded_snapshot(), published=date(2024, 7, 3), sha256="0" * 64), path)
    return path


def test_status_says_publication_age_digest_and_that_it_is_stale(cmic):
    code, out, _ = cmic("list", "status")
    assert code == 0
    for part in ("published 8 January 2026", "318 days since publication; the limit is 7", "STALE",
                 "currency not", "came with this release", "companies       68",
                 "1b85d9721c7b48d442281ea5533a09cc38bc26ab8fda0ab0970ee2fffb0036cb"):  # fmt: skip
        assert part in out


def test_status_as_json(cmic, monkeypatch):
    data = json.loads(cmic("list", "status", "--format", "json")[1])
    assert (data["published"], data["age_days"], data["stale"], data["max_age_days"]) == ("2026-01-08", 318, True, 7)
    assert (data["embedded"], data["entities"], data["records_in_file"]) == (True, 68, 442)
    monkeypatch.setenv("CMIC_MAX_LIST_AGE", "400")
    assert json.loads(cmic("list", "status", "--format", "json")[1])["stale"] is False


def test_show_prints_all_68_with_their_dates(cmic):
    code, out, _ = cmic("list", "show")
    assert code == 0
    assert sum(line[:5].isdigit() for line in out.splitlines()) == 68
    assert "33113  2021-12-16  2022-02-14  2022-12-16  DAWNING INFORMATION INDUSTRY CO., LTD (603019CN)" in out
    assert len(json.loads(cmic("list", "show", "--format", "json")[1])["entities"]) == 68


@pytest.mark.parametrize("asked", ["33111", "sz dji technology co., ltd.", "SZ DJI", "深圳市大疆创新科技有限公司"])
def test_show_one_company_by_number_or_name(asked, cmic):
    code, out, _ = cmic("list", "show", asked)
    assert code == 0
    for part in (
        "SZ DJI TECHNOLOGY CO., LTD.  (OFAC uid 33111)",
        "listed                16 December 2021",
        "from 14 February 2022, 00:01 New York",
        "before 16 December 2022, 00:01 New York; not obligatory",
        "Treasury stated on 16 December 2021 that",
        "Xinjiang Public Security Bureau",
        "Source: U.S. Department of the Treasury",
        "USCC       914403007954257495",
    ):
        assert part in out


def test_show_one_company_as_json(cmic):
    data = json.loads(cmic("list", "show", "33114", "--format", "json")[1])
    entity = data["entities"][0]
    assert data["list"]["published"] == "2026-01-08"
    assert entity["listed"] == "2021-12-10"
    assert entity["basis"]["stated_on"] == "2021-12-10"
    assert {n["kind"] for n in entity["names"]} == {"primary", "aka"}


def test_a_day_that_is_none_is_wrong_usage(cmic):
    code, _, err = cmic("list", "show", "--as-of", "tomorrow")
    assert code == 2
    assert "no ISO date" in err


def test_show_a_part_of_a_name_gives_all_that_have_it(cmic):
    out = cmic("list", "show", "huawei")[1]
    assert out.count("(OFAC uid ") == 2


def test_show_of_a_stranger_says_that_this_clears_nothing(cmic):
    code, _, err = cmic("list", "show", "CoStar Group Inc")
    assert code == 2
    assert "use `cmic-screen check`" in err


def test_build_checks_prints_and_writes(cmic, shared, tmp_path):
    path = tmp_path / "list.json"
    code, out, err = cmic("list", "build", shared / "ofac" / "cons_prim_2025-12.csv", "--out", path)
    assert (code, path.exists()) == (0, True)
    assert "companies       68" in out
    assert "note: publication date 2025-12-01" in err
    assert cmic("list", "show", "--list", path)[0] == 0
    assert json.loads(cmic("list", "status", "--format", "json")[1])["published"] == "2026-01-08"


def test_build_refuses_a_publication_day_that_has_not_come(cmic, shared, tmp_path):
    path = tmp_path / "list.json"
    csv_set = shared / "ofac" / "cons_prim_2025-12.csv"
    code, _, err = cmic("list", "build", csv_set, "--out", path, "--published", "2026-11-24")
    assert (code, path.exists()) == (2, False)
    assert "--published 2026-11-24 is in the future" in err
    assert cmic("list", "build", csv_set, "--out", path, "--published", "2026-11-23")[0] == 0


def test_a_list_in_xml_beside_a_csv_set_is_said_not_to_be_read(cmic, shared, tmp_path):
    for file in (shared / "ofac").glob("cons_*_2025-12.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    assert "is read, not" not in cmic("list", "build", tmp_path)[2]
    (tmp_path / "CONS_ENHANCED.XML").write_bytes(b"")
    for command in (("list", "build", tmp_path), ("list", "update", "--from", tmp_path)):
        assert "the csv set is read, not CONS_ENHANCED.XML" in cmic(*command)[2]


def test_build_as_json_is_the_snapshot_itself(cmic, shared, tmp_path):
    code, out, _ = cmic("list", "build", shared / "ofac" / "cons_enhanced_2024-07-03.xml.gz", "--format", "json")
    (tmp_path / "list.json").write_text(out, encoding="utf-8")
    assert code == 0
    assert json.loads(out)["schema"] == "cmic-screen/list/1"
    assert read_snapshot(tmp_path / "list.json").entities == embedded_snapshot().entities


def test_build_refuses_with_exit_21(cmic, shared):
    code, out, err = cmic("list", "build", shared / "ofac" / "mangled")
    assert (code, out) == (21, "")
    assert "re-exported" in err
    csl = shared / "ofac" / "tradegov_csl_2023-11_truncated.csv.gz"
    code, _, err = cmic("list", "build", csl)
    assert code == 21
    assert "truncated" in err
    code, out, err = cmic("list", "build", csl, "--accept-truncated")
    assert code == 0
    assert "truncated file accepted by hand" in err


def test_update_by_hand_counts_as_a_check_and_is_in_the_history(cmic, older, tmp_path):
    file = tmp_path / "list.json"
    write_snapshot(embedded_snapshot(), file)
    code, out, _ = cmic("list", "update", "--from", file)
    assert code == 0
    assert "this is the list in force already" in out
    status = json.loads(cmic("list", "status", "--format", "json")[1])
    assert (status["age_days"], status["stale"], status["checked_at"]) == (0, False, "2026-11-22T08:00:00Z")
    code, out, _ = cmic("list", "update", "--from", older)
    assert "stays in force, because it is newer than this one (2024-07-03)" in out
    code, out, _ = cmic("list", "history")
    assert out.index("2024-07-03") < out.index("2026-01-08")
    assert out.count("<- in force") == 1
    assert "kept, not in force" in out
    lists = json.loads(cmic("list", "history", "--format", "json")[1])["lists"]
    assert [s["published"] for s in lists] == ["2024-07-03", "2026-01-08"]
    assert [s["changes"] for s in lists] == [{}, {"added": 0, "removed": 0, "changed": 0}]
    assert cmic("list", "show", "33111", "--as-of", "2025-05-05")[0] == 0
    assert cmic("list", "verify")[0] == 0


def test_a_failed_update_exits_21_and_says_what_stays(cmic, tmp_path):
    (tmp_path / "page.html").write_text("<html>Access denied</html>")
    code, out, err = cmic("list", "update", "--from", tmp_path / "page.html")
    assert (code, out) == (21, "")
    assert "The list published 2026-01-08 stays in force." in err
    status = json.loads(cmic("list", "status", "--format", "json")[1])
    assert status["last_attempt"]["outcome"].startswith("failed: page.html")


def test_a_removed_company_is_shown_as_removed(cmic, embedded_and, tmp_path):
    write_snapshot(replace(embedded_and(), entities=embedded_snapshot().entities[1:]), tmp_path / "next.json")
    assert cmic("list", "update", "--from", tmp_path / "next.json")[0] == 21
    assert cmic("list", "update", "--from", tmp_path / "next.json", "--accept-shrink")[0] == 0
    out = cmic("list", "show")[1]
    assert "companies       67, and 1 that were removed" in out
    assert "[removed 2026-11-22]" in out
    assert "removed               from the list published 22 November 2026" in cmic("list", "show", "30882")[1]


def test_update_asks_the_configured_address(cmic, monkeypatch):
    monkeypatch.setenv("CMIC_LIST_URL", "ftp://one.example/a.xml ftp://two.example/b.xml")
    code, _, err = cmic("list", "update")
    assert code == 21
    assert "ftp://one.example/a.xml" in err
    assert "ftp://two.example/b.xml" in err


def test_verify_exits_21_on_an_altered_list(cmic, older, home):
    cmic("list", "update", "--from", older)
    file = next((home / "lists").glob("*.json"))
    file.write_text(file.read_text(encoding="utf-8").replace("HIKVISION", "HIKVISIOM"), encoding="utf-8")
    code, out, _ = cmic("list", "verify")
    assert code == 21
    assert f"altered  {file.name}" in out
    faults = json.loads(cmic("list", "verify", "--format", "json")[1])
    assert [f["ok"] for f in faults] == [True, False]


def test_diff_in_words_and_json(cmic, older):
    code, out, _ = cmic("list", "diff", older, "embedded")
    assert code == 0
    assert "0 added, 0 removed, 0 changed" in out
    assert json.loads(cmic("list", "diff", older, "embedded", "--format", "json")[1])["added"] == []
    assert cmic("list", "diff", "embedded", "1999-01-01")[0] == 21


def test_export_restricted(cmic, tmp_path):
    assert cmic("list", "export")[0] == 2
    code, out, _ = cmic("list", "export", "--restricted", "--as-of", "2026-11-20")
    assert code == 0
    rows = list(csv.reader(io.StringIO(out)))
    assert rows[0][0].startswith("NOT EXHAUSTIVE")
    table = [dict(zip(rows[1], row, strict=True)) for row in rows[2:]]
    assert {r["uid"] for r in table} == {e.uid for e in embedded_snapshot().entities}
    assert {r["phase"] for r in table} == {"CLOSED"}
    published = [r for r in table if r["uid"] == "30946" and r["source"] == "OFAC"]
    assert {(r["scheme"], r["value"], r["market"]) for r in published} >= {
        ("isin", "CNE100000PM8", ""),
        ("ticker", "002415", "CN"),
        ("name", "HIKVISION", ""),
    }
    extra = [r for r in table if r["uid"] == "30923" and r["value"] == "600941"]
    assert extra
    assert all(r["source"].startswith("not OFAC: ") for r in extra)
    assert any(r["value"] == "KYG8062L1041" and r["policy"] == "REVIEW" for r in table)
    assert not any(cell[:1] in "=+@" for row in rows for cell in row if cell)
    path = tmp_path / "r.csv"
    assert cmic("list", "export", "--restricted", "--out", path)[0] == 0
    assert path.read_text(encoding="utf-8").startswith('"NOT EXHAUSTIVE')


def test_export_tells_the_phases_of_the_day(cmic):
    out = cmic("list", "export", "--restricted", "--as-of", "2021-12-20")[1]
    table = list(csv.DictReader(io.StringIO(out.split("\n", 1)[1])))
    assert {r["phase"] for r in table if r["uid"] == "33111"} == {"PENDING"}
    assert {r["phase"] for r in table if r["uid"] == "30923"} == {"WINDOW"}


def test_an_invented_listing_shows_in_diff_impact_and_verdicts(cmic, invent, tmp_path, embedded_and):
    write_snapshot(embedded_and(invent()), tmp_path / "next.json")
    book = tmp_path / "book.csv"
    book.write_text(
        "Account,Security Name,ISIN,Quantity,Market Value,Currency\n"
        f"A-1,Example Drones Co Ltd,{ISIN},100,1000,CNY\nA-1,Apple Inc,US0378331005,5,900,USD\n"
    )
    assert "added    40001 EXAMPLE DRONES CO., LTD." in cmic("list", "diff", "embedded", tmp_path / "next.json")[1]
    code, out, _ = cmic("list", "impact", "embedded", tmp_path / "next.json", book, "--format", "json")
    data = json.loads(out)
    assert (code, data["positions"], len(data["rows"])) == (12, 2, 1)
    row = data["rows"][0]
    assert row["source"] == "book.csv!book.csv!2"
    assert row["entities"] == [{"uid": "40001", "name": "EXAMPLE DRONES CO., LTD.", "change": "added"}]
    assert [(v["day"], v["before"], v["after"]) for v in row["verdicts"]] == [
        ("2026-11-22", "CLEAR", "PERMITTED"),  # announced: not listed yet
        ("2026-11-29", "CLEAR", "UPCOMING"),
        ("2027-01-28", "CLEAR", "PROHIBITED"),
        ("2027-11-29", "CLEAR", "PROHIBITED"),
    ]


def test_an_impact_without_touched_rows_exits_0(cmic, tmp_path):
    book = tmp_path / "book.csv"
    book.write_text("Security Name,ISIN,Quantity\nHangzhou Hikvision,CNE100000PM8,5\n")
    code, out, _ = cmic("list", "impact", "embedded", "embedded", book)
    assert code == 0
    assert "0 of 1 positions are touched" in out


@pytest.fixture
def invent():

    def make():
        return replace(
            embedded_snapshot().entity("33111"),
            uid="40001",
            names=(EntityName(text="EXAMPLE DRONES CO., LTD.", kind=NameKind.PRIMARY),),
            identifiers=(SecurityIdentifier(scheme=Scheme.ISIN, value=ISIN),),
            target_type="Public Company",
            listed=date(2026, 11, 29),
            effective=date(2027, 1, 28),
            divestment_ends=date(2027, 11, 29),
        )

    return make


@pytest.fixture
def embedded_and():
    def make(*more):
        now = embedded_snapshot()
        return replace(now, entities=(*now.entities, *more), published=date(2026, 11, 22), embedded=False)

    return make


def test_light_commands_load_neither_pandas_nor_openpyxl(home):
    script = (
        "import sys\nfrom cmic_screen.cli import main\n"
        "for command in ('status', 'history', 'verify', 'show'):\n"
        "    sys.argv = ['cmic-screen', 'list', command]\n"
        "    try: main()\n"
        "    except SystemExit as done: assert not done.code, (command, done.code)\n"
        "heavy = {'pandas', 'numpy', 'openpyxl', 'rapidfuzz', 'opencc', 'urllib3'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
