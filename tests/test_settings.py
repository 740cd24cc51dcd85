"""Flags over variables over file over defaults, each with its origin; nothing unknown is swallowed."""

import pytest

from cmic_screen.errors import UsageError
from cmic_screen.settings import load_settings


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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('colour = "red"', "unknown setting 'colour'"),
        ('max_list_age = "soon"', "not a int"),
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
