"""Who owns an account and who benefits, from a file; a mistake stops, it never becomes somebody else's account."""

from __future__ import annotations

from datetime import date

import pytest

from cmic_screen.accounts import AccountMap, load_account_map
from cmic_screen.errors import InputError
from cmic_screen.model import Action, Person, UsPerson

HEAD = "account,owner_us,benefit_us,licence,licence_actions,licence_from,licence_to,licence_uids,licence_scope\n"


@pytest.fixture
def read(tmp_path):
    def _read(text: str, encoding: str = "utf-8") -> AccountMap:
        path = tmp_path / "accounts.csv"
        path.write_bytes(text.encode(encoding))
        return load_account_map(path)

    return _read


def test_persons(read):
    book = read("account,owner_us,benefit_us\nA-1,no,no\nA-2,yes,no\nA-3,no,\n00042,N,n\n")
    assert book.person("A-1").us_person is UsPerson.NO
    assert book.person("A-2").us_person is UsPerson.YES
    assert book.person("A-3").us_person is UsPerson.UNKNOWN
    assert book.person("00042").us_person is UsPerson.NO
    assert book.person("42") == Person()  # a lost zero is another account
    assert book.person("") == Person()
    assert len(book.sha256) == 64


def test_any_name_of_an_account_finds_it(read):
    book = read("account;owner_us;benefit_us\nFonds Étranger;no;no\n")
    assert book.person("X-9", "FONDS  ÉTRANGER", "").us_person is UsPerson.NO


def test_licences(read):
    book = read(
        HEAD
        + "A,yes,yes,L-1,SELL,2026-01-01,2026-12-31,30882 33111,exit only\n"
        + "A,yes,yes,L-2,buy sell,2026-01-01,2026-06-30,,\n"
    )
    first, second = book.person("a").licences
    assert (first.number, first.actions, first.uids, first.scope) == (
        "L-1",
        (Action.SELL,),
        ("30882", "33111"),
        "exit only",
    )
    assert (first.valid_from, first.valid_to) == (date(2026, 1, 1), date(2026, 12, 31))
    assert second.actions == (Action.BUY, Action.SELL)


def test_other_names_of_the_columns_and_answers(read):
    book = read("Account No.\tUS Owner\tBeneficiary US\nA\tNon-US\tnon-U.S.\n")
    assert book.person("A").us_person is UsPerson.NO


def test_a_workbook(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(
        ["account", "owner_us", "benefit_us", "licence", "licence_actions", "licence_from", "licence_to"]
    )
    book.active.append([4711, False, "no"])
    book.active.append(["B", True, "yes", "L-1", "SELL", date(2026, 1, 1), date(2026, 12, 31)])
    book.save(tmp_path / "accounts.xlsx")
    found = load_account_map(tmp_path / "accounts.xlsx")
    assert found.person("4711").us_person is UsPerson.NO
    assert found.person("B").licences[0].valid_to == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("account,owner_us\nA,no\n", "no column 'benefit_us'"),
        ("account,owner_us,benefit_us,nationality\nA,no,no,FR\n", "unknown column 'nationality'"),
        ("account,owner_us,benefit_us\nA,perhaps,no\n", "line 2: owner_us is 'perhaps'"),
        ("account,owner_us,benefit_us\n,no,no\n", "no account is named"),
        ("account,owner_us,benefit_us\nA,no,no\na,yes,no\n", "stated twice, differently"),
        (HEAD + "A,yes,yes,L,SPEND,2026-01-01,2026-12-31,,\n", "'L' is not understood"),
        (HEAD + "A,yes,yes,L,SELL,2026-01-01,,,\n", "'L' is not understood"),
        (HEAD + "A,yes,yes,L,,2026-01-01,2026-12-31,,\n", "names no action"),
        (HEAD + "A,yes,yes,L,SELL,2026-12-31,2026-01-01,,\n", "names no action or ends before"),
        ("account,owner_us,benefit_us,us_owner\nA,no,no,yes\n", "two columns 'owner_us'"),
        ("", "no column 'account'"),
    ],
)
def test_what_is_not_understood_stops(text, words, read):
    with pytest.raises(InputError, match=words):
        read(text)


def test_a_file_in_another_encoding_stops(read):
    with pytest.raises(InputError, match="cannot be read"):
        read("account,owner_us,benefit_us\nÜ,no,no\n", "utf-16")
