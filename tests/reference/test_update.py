"""Updates over real sockets: whatever the network does, a good list goes into force whole or the old one stays."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from cmic_screen.errors import ListError
from cmic_screen.reference import load_snapshot, write_snapshot
from cmic_screen.reference.fetch import FetchRules, file_name
from cmic_screen.reference.store import checks, kept
from cmic_screen.reference.update import UpdateRules, update

pytestmark = pytest.mark.usefixtures("few")
NOW = "2026-11-22T08:00:00Z"
LATER = "2026-11-29T08:00:00Z"
QUICK = FetchRules(attempts=2, seconds=20.0, total_seconds=60.0, pause=0.0)
RULES = UpdateRules(fetch=QUICK)
IMPATIENT = UpdateRules(fetch=replace(QUICK, seconds=0.3))
DAY = date(2026, 11, 20)


@pytest.fixture
def newer(few, invent, publish):
    """The bytes of next week's list: one company more."""
    return publish((*few.entities, invent()), DAY, others=74).read_bytes()


@pytest.fixture
def same(few, publish):
    """The bytes of a publication of the same companies, newer than the embedded one."""
    return publish(few.entities, DAY, name="same.xml", others=74).read_bytes()


def test_a_new_list_goes_into_force(server, answer, newer, home):
    url = server.serve("/CONS_ENHANCED.XML", answer(body=newer))
    done = update([url], home, NOW, RULES)
    assert (done.in_force, done.same) == (True, False)
    assert [e.uid for e in done.changes.added] == ["40001"]
    now = load_snapshot(None, home)
    assert len(now.entities) == 7
    assert now.checked_at == NOW
    assert now.retrieved_at == NOW
    assert now.source == url
    assert now.sha256 == hashlib.sha256(newer).hexdigest()
    assert checks(home)[-1]["outcome"] == "in force"


def test_a_check_that_finds_nothing_newer_counts_as_a_check(server, answer, same, home):
    url = server.serve("/list.xml", answer(body=same))
    update([url], home, NOW, RULES)
    done = update([url], home, LATER, RULES)
    assert done.same
    assert load_snapshot(None, home).checked_at == LATER
    assert load_snapshot(None, home).retrieved_at == NOW  # the kept file was never overwritten
    assert len(kept(home)) == 2  # the embedded one and this


def test_redirects_to_allowed_hosts_are_followed(server, answer, newer, home):
    server.serve("/stored/file.xml", answer(body=newer))
    url = server.serve("/list.xml", answer(status=302, headers={"Location": "/stored/file.xml?signature=secret"}))
    done = update([url], home, NOW, RULES)
    assert server.asked == ["/list.xml", "/stored/file.xml?signature=secret"]
    assert "secret" not in done.snapshot.source


def test_a_redirect_to_another_host_is_refused_unless_it_is_allowed(server, answer, newer, home):
    other = server.serve("/file.xml", answer(body=newer)).replace("127.0.0.1", "localhost")
    url = server.serve("/list.xml", answer(status=301, headers={"Location": other}))
    with pytest.raises(ListError, match=r"leads to localhost, which is not a host.*--allow-host localhost"):
        update([url], home, NOW, RULES)
    assert load_snapshot(None, home).embedded
    update([url], home, NOW, UpdateRules(fetch=replace(QUICK, hosts=("localhost",))))
    assert len(load_snapshot(None, home).entities) == 7


def test_a_redirect_that_goes_round_is_refused(server, answer, home):
    url = server.serve("/list.xml", answer(status=307, headers={"Location": "/list.xml"}))
    with pytest.raises(ListError, match="more than 5 redirects"):
        update([url], home, NOW, RULES)


def test_a_stall_ends_and_is_tried_again(server, answer, newer, home):
    url = server.serve("/list.xml", answer(stall=True), answer(body=newer))
    assert update([url], home, NOW, replace(RULES, fetch=replace(QUICK, seconds=1.0))).in_force
    assert len(server.asked) == 2


FAULTS = {
    "stall": ({"stall": True}, "no answer in time (2 attempts)"),
    "truncated": ({"cut": 1000}, "the file is shorter than announced (2 attempts)"),
    "403": ({"status": 403, "body": b"no"}, "the server answered 403"),
    "404": ({"status": 404, "body": b"no"}, "the server answered 404"),
    "500": ({"status": 500, "body": b"no"}, "the server answered 500 (2 attempts)"),
    "503": ({"status": 503, "body": b"no"}, "the server answered 503 (2 attempts)"),
    "empty": ({"body": b""}, "the server sent an empty file (2 attempts)"),
    "a web page instead": ({"body": b"<html>Access denied</html>"}, "a web page (HTML) cannot be read"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failed_update_leaves_the_old_list_in_force_and_says_so(fault, server, answer, same, home):
    good = server.serve("/good.xml", answer(body=same))
    update([good], home, NOW, RULES)
    before = load_snapshot(None, home)
    more, says = FAULTS[fault]
    url = server.serve("/list.xml", answer(**({"body": same} | more)))
    with pytest.raises(ListError) as caught:
        update([url], home, LATER, IMPATIENT if fault == "stall" else RULES)
    message = caught.value.message
    assert says in message
    assert f"The list published {DAY}, last checked {NOW} stays in force." in message
    assert int(caught.value.exit_code) == 21
    assert load_snapshot(None, home) == before
    assert checks(home)[-1]["outcome"].startswith("failed: ")


def test_a_body_cut_within_the_xml_is_refused_though_its_length_is_right(server, answer, newer, home):
    url = server.serve("/list.xml", answer(body=newer[:-500]))
    with pytest.raises(ListError, match="breaks off or is not well formed"):
        update([url], home, NOW, RULES)
    assert load_snapshot(None, home).embedded


def test_the_next_address_is_tried_and_all_faults_are_named(server, answer, newer, home):
    bad = server.serve("/403.xml", answer(status=403, body=b"no"))
    good = server.serve("/list.xml", answer(body=newer))
    assert update([bad, good], home, NOW, RULES).in_force
    worse = server.serve("/500.xml", answer(status=500, body=b"no"))
    with pytest.raises(ListError, match=r"answered 403\. / .*answered 500"):
        update([bad, worse], home, LATER, RULES)


def test_nobody_listening_is_said(home):
    with pytest.raises(ListError, match="no connection"):
        update(["http://127.0.0.1:9/list.xml"], home, NOW, RULES)


@pytest.mark.parametrize("url", ["http://example.org/list.xml", "ftp://127.0.0.1/list.xml", "https://", "https://[x"])
def test_only_https_and_named_hosts(url, home):
    with pytest.raises(ListError):
        update([url], home, NOW, RULES)
    assert load_snapshot(None, home).embedded


def test_a_file_that_never_ends_is_stopped(server, answer, home):
    url = server.serve("/list.xml", answer(body=b"x" * 5000))
    with pytest.raises(ListError, match="sends more than 1000 bytes"):
        update([url], home, NOW, UpdateRules(fetch=replace(QUICK, max_bytes=1000)))


def test_chunked_answers_are_read_and_their_truncation_noticed(server, answer, newer, home):
    half = server.serve("/half.xml", answer(body=newer[:2000], chunked=True, cut=1))
    with pytest.raises(ListError, match=r"broke off after \d+ bytes"):
        update([half], home, NOW, RULES)
    whole = server.serve("/list.xml", answer(body=newer, chunked=True))
    assert update([whole], home, NOW, RULES).in_force


def test_a_server_that_drips_is_given_up(server, answer, home):
    url = server.serve("/list.xml", answer(body=b"x" * 5000, drip=True))
    with pytest.raises(ListError, match=r"not done within 0\.2 seconds \(1 attempt\)"):
        update([url], home, NOW, UpdateRules(fetch=replace(QUICK, total_seconds=0.2)))


def test_a_proxy_is_honoured(server, answer, newer, home, monkeypatch):
    server.serve("http://127.0.0.1:1/list.xml", answer(body=newer))
    monkeypatch.setenv("http_proxy", server.url)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert update(["http://127.0.0.1:1/list.xml"], home, NOW, RULES).in_force
    assert server.asked == ["http://127.0.0.1:1/list.xml"]


def test_a_proxy_gets_the_name_and_password_of_its_address(server, answer, newer, home, monkeypatch):
    server.serve("http://127.0.0.1:1/list.xml", answer(body=newer))
    monkeypatch.setenv("http_proxy", server.url.replace("://", "://ana:p%40ss@"))
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert update(["http://127.0.0.1:1/list.xml"], home, NOW, RULES).in_force
    assert server.headers[0]["Proxy-Authorization"] == "Basic YW5hOnBAc3M="


def test_a_snapshot_built_elsewhere_can_be_carried_in(few, home, tmp_path):
    write_snapshot(replace(few, published=DAY, retrieved_at="2026-11-20T09:00:00Z"), tmp_path / "list.json")
    done = update([str(tmp_path / "list.json")], home, NOW, RULES)
    assert (done.in_force, done.snapshot.retrieved_at, done.snapshot.checked_at) == (True, "2026-11-20T09:00:00Z", NOW)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://h/api/CONS_ENHANCED.XML?x=1", "CONS_ENHANCED.XML"),
        ("https://h/..", "list"),
        ("https://h/%2e%2e", "list"),
        ("https://h/a%2Fb.xml", "b.xml"),
        ("https://h/a%5Cb:c.xml", "a_b_c.xml"),
        ("https://h/", "list"),
        ("https://h", "list"),
    ],
)
def test_the_name_of_an_address_never_leaves_the_folder(url, name):
    assert file_name(url) == name


def test_secrets_of_an_address_are_neither_printed_nor_kept(server, answer, same, home):
    url = server.serve("/list.xml", answer(body=same), answer(status=403, body=b"no")) + "?key=SECRET"
    url = url.replace("://", "://ana:SECRET@")
    update([url], home, NOW, RULES)
    with pytest.raises(ListError) as caught:
        update([url], home, LATER, RULES)
    assert server.headers[0]["Authorization"] == "Basic YW5hOlNFQ1JFVA=="
    assert "SECRET" not in caught.value.message
    assert not any(b"SECRET" in p.read_bytes() for p in (home / "lists").iterdir())


def test_a_changed_file_must_have_the_expected_hash(server, answer, newer, home):
    url = server.serve("/list.xml", answer(body=newer))
    good = hashlib.sha256(newer).hexdigest()
    with pytest.raises(ListError, match=f"SHA-256 is {good}, not the expected 0000"):
        update([url], home, NOW, replace(RULES, expect_sha256="0" * 64))
    assert update([url], home, NOW, replace(RULES, expect_sha256=good.upper())).in_force


def test_the_hash_may_be_of_the_file_as_packed(shared, home):
    path = shared / "ofac" / "cons_enhanced_2026-01-08.xml.gz"
    packed = hashlib.sha256(path.read_bytes()).hexdigest()
    assert update([str(path)], home, NOW, replace(RULES, expect_sha256=packed)).in_force


def test_a_list_that_shrinks_needs_a_word(few, publish, home):
    path = str(publish(few.entities[2:], DAY, others=74))
    with pytest.raises(ListError) as caught:
        update([path], home, NOW, RULES)
    for part in ("lacks 2 of the companies", "30882 CHINA TELECOM", "--accept-shrink", "stays in force"):
        assert part in caught.value.message
    done = update([path], home, NOW, replace(RULES, accept_shrink=True))
    assert [e.uid for e in done.changes.removed] == ["30882", "30902"]


def test_what_later_lists_lack_is_carried_as_removed(few, publish, home):
    update([str(publish(few.entities[1:], DAY, others=74))], home, NOW, replace(RULES, accept_shrink=True))
    now = load_snapshot(None, home)
    assert now.entity("30882").removed == DAY
    assert sum(e.removed is None for e in now.entities) == 5
    again = update([str(publish(few.entities[1:], date(2026, 11, 27), others=74))], home, LATER, RULES)
    assert again.changes.touched == frozenset()  # known to be gone: no second question
    assert load_snapshot(None, home).entity("30882").removed == DAY
    back = update([str(publish(few.entities, date(2026, 11, 28), others=74))], home, LATER, RULES)
    assert [e.uid for e in back.changes.added] == ["30882"]
    assert load_snapshot(None, home).entity("30882").removed is None


def test_a_file_of_far_fewer_records_needs_a_word(few, publish, home):
    path = str(publish(few.entities, DAY, others=4))
    with pytest.raises(ListError, match="holds 10 records of all lists; the one in force held 80"):
        update([path], home, NOW, RULES)
    assert update([path], home, NOW, replace(RULES, accept_shrink=True)).in_force


def test_an_older_file_carried_in_is_kept_and_changes_nothing(few, publish, home):
    done = update([str(publish(few.entities[:5], date(2024, 7, 3)))], home, NOW, RULES)
    assert not done.in_force
    assert load_snapshot(None, home).embedded
    assert [str(s.published) for s in kept(home)] == ["2024-07-03", "2026-01-08"]


def test_an_older_file_from_the_network_is_a_fault(server, answer, few, publish, home):
    url = server.serve("/list.xml", answer(body=publish(few.entities, date(2024, 7, 3)).read_bytes()))
    with pytest.raises(ListError, match="was published 2024-07-03, before the list in force"):
        update([url], home, NOW, RULES)


def test_a_list_from_the_future_is_refused(few, publish, home):
    with pytest.raises(ListError, match="published on 2026-11-24, which is in the future"):
        update([str(publish(few.entities, date(2026, 11, 24)))], home, NOW, RULES)


def test_a_list_of_tomorrow_is_taken_since_it_is_tomorrow_already_further_east(few, publish, home):
    rules = replace(RULES, accept_shrink=True)
    done = update([str(publish(few.entities, date(2026, 11, 23)))], home, NOW, rules)
    assert (done.snapshot.published, load_snapshot(None, home).digest) == (date(2026, 11, 23), done.snapshot.digest)


def test_the_csv_set_is_fetched_with_its_sisters(server, answer, shared, home):
    for role in ("prim", "alt", "add", "comments"):
        body = (shared / "ofac" / f"cons_{role}_2025-12.csv").read_bytes()
        server.serve(f"/api/cons_{role}.csv", answer(body=body))
    rules = replace(RULES, published=date(2026, 11, 20))
    done = update([f"{server.url}/api/cons_prim.csv"], home, NOW, rules)
    assert sorted(server.asked) == [f"/api/cons_{r}.csv" for r in ("add", "alt", "comments", "prim")]
    assert (done.snapshot.format, len(done.snapshot.entities)) == ("LEGACY_CSV", 68)
    assert load_snapshot(None, home).source == f"{server.url}/api/cons_prim.csv"


def test_an_update_is_the_way_out_of_a_damaged_folder(server, answer, same, home):
    url = server.serve("/list.xml", answer(body=same))
    digest = update([url], home, NOW, RULES).snapshot.digest
    file = home / "lists" / f"{digest}.json"
    file.write_text(file.read_text(encoding="utf-8").replace("CHINA TELECOM", "CHINA TELEKOM"), encoding="utf-8")
    with pytest.raises(ListError, match="does not have the digest it states"):
        load_snapshot(None, home)
    update([url], home, LATER, RULES)
    assert load_snapshot(None, home).checked_at == LATER
    assert file.with_suffix(".damaged").exists()  # moved aside, not lost
