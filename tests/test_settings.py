"""Flags over variables over file over defaults, each with its origin; nothing unknown is swallowed."""

from pathlib import Path

import platformdirs
import pytest

from cmic_screen.errors import UsageError
from cmic_screen.settings import load_settings, strangers


def test_the_order_of_precedence_with_origins(tmp_path):
    (tmp_path / "cmic-screen.toml").write_text('client = "file"\nmax_list_age = 30\nstrict = true\n')
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    settings = load_settings({"client": "flag"}, environ={"CMIC_CLIENT": "env", "CMIC_MAX_LIST_AGE": "9"}, start=deep)
    assert (settings.text("client"), settings.by_name["client"].origin) == ("flag", "flag --client")
    assert (settings.number("max_list_age"), settings.by_name["max_list_age"].origin) == (
        9,
        "variable CMIC_MAX_LIST_AGE",
    )
    assert settings.flag("strict")
    assert settings.by_name["strict"].origin.startswith("file ")
    assert settings.by_name["fund_max_age"].origin == "default"


def test_the_nearest_file_counts_before_the_users_setting_by_setting(tmp_path, monkeypatch):
    """A folder's file with the client's name alone had hidden the user's ledger, and a new one was begun in silence."""
    own, book = tmp_path / "own", tmp_path / "clients" / "book"
    for folder in (own, book):
        folder.mkdir(parents=True)
    monkeypatch.setattr(platformdirs, "user_config_dir", lambda *_a, **_k: str(own))
    (own / "cmic-screen.toml").write_text('home = "ledger"\nclient = "everybody"\n')
    (book.parent / "cmic-screen.toml").write_text('client = "Ana"\naccount_map = "accounts.csv"\nlist = "2026-01-08"\n')
    settings = load_settings(environ={}, start=book)
    assert (settings.text("client"), settings.home) == ("Ana", own / "ledger")
    assert settings.by_name["home"].origin == f"file {own / 'cmic-screen.toml'}"
    assert settings.text("account_map") == str(book.parent / "accounts.csv")  # not below the folder one works in
    assert settings.text("list") == "2026-01-08"
    (book.parent / "2026-01-08").write_text("a list of that name")
    assert load_settings(environ={}, start=book).text("list") == str(book.parent / "2026-01-08")
    assert load_settings(environ={"CMIC_HOME": "here"}, start=book).home == Path("here")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('colour = "red"', "unknown setting 'colour'"),
        ('max_list_age = "soon"', "is not a whole number"),
        ("= 1", "not a settings file"),
    ],
)
def test_a_wrong_file_is_refused_by_name(tmp_path, text, said):
    (tmp_path / "cmic-screen.toml").write_text(text)
    with pytest.raises(UsageError) as caught:
        load_settings(environ={}, start=tmp_path)
    assert said in caught.value.message
    assert "cmic-screen.toml" in caught.value.message


def test_a_wrong_variable_is_refused(tmp_path):
    with pytest.raises(UsageError, match="CMIC_STRICT"):
        load_settings(environ={"CMIC_STRICT": "perhaps"}, start=tmp_path)


def test_a_variable_that_is_no_setting_is_told():
    given = {"CMIC_MAX_LIST_AEG": "5", "CMIC_MAX_LIST_AGE": "5", "CMIC_PAGE_PASSWORD": "x", "PATH": ""}
    assert strangers(given) == ("CMIC_MAX_LIST_AEG",)
