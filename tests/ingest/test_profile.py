"""Column layouts: written from a file, corrected, tried, and shipped for common sources with a sample each."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmic_screen.errors import InputError
from cmic_screen.ingest import profile, read_holdings

SAMPLES = Path(__file__).parents[2] / "samples/layouts"


def test_a_layout_is_keyed_by_its_headers_whatever_their_order_and_case():
    assert (
        profile.fingerprint(["Name", "ISIN"]) == profile.fingerprint(["isin", "NAME"]) != profile.fingerprint(["Name"])
    )


@pytest.mark.parametrize("layout", profile.shipped(), ids=lambda p: p.name)
def test_every_shipped_layout_reads_its_sample(layout):
    intake = read_holdings([SAMPLES / f"{layout.name}.csv"])
    assert intake.inputs[0].profile == layout.name
    assert len(intake.table) >= 1
    assert not intake.problems
    assert layout.source


def test_at_least_eight_sources_are_known():
    assert len(profile.shipped()) >= 8


def test_a_written_layout_reads_back_and_a_corrected_column_wins(tmp_path):
    book = tmp_path / "book.csv"
    book.write_text(
        "Thing,Kode,Menge\nCHINA MOBILE LTD,HK0941009539,100\nAPPLE INC,US0378331005,200\n", encoding="utf-8"
    )
    reading = read_holdings([book]).inputs[0].sheets[0]
    layout = tmp_path / "own.toml"
    layout.write_text(
        profile.write(reading, "own").replace('"Thing" = "security_name"', '"Thing" = "issuer"'), encoding="utf-8"
    )
    intake = read_holdings([book], profile=layout)
    assert intake.inputs[0].profile == "own"
    assert list(intake.table["issuer"]) == ["CHINA MOBILE LTD", "APPLE INC"]


def test_a_layout_that_fits_no_table_of_a_file_is_said_at_once(tmp_path):
    """A custodian changed its columns: the month was read by guess, and nothing said so."""
    for name, head in (("old", "Thing,Kode,Menge"), ("new", "Ding,ISIN,Quantity")):
        (tmp_path / f"{name}.csv").write_text(f"{head}\nCHINA MOBILE LTD,HK0941009539,100\n", encoding="utf-8")
    layout = tmp_path / "own.toml"
    reading = read_holdings([tmp_path / "old.csv"]).inputs[0].sheets[0]
    layout.write_text(profile.write(reading, "own"), encoding="utf-8")
    intake = read_holdings([tmp_path / "old.csv", tmp_path / "new.csv"], profile=layout)
    assert [i.file for i in intake.issues if i.code == "LAYOUT_UNUSED"] == ["new.csv"]
    assert "new.csv: The layout 'own' that was asked for fits no table of it." in intake.said_at_once()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[columns]\nName = 'nonsense'", "fields that do not exist: nonsense"),
        ("name = 'x'", "no [columns]"),
        ("[columns", "not TOML"),
        ("decimal = '#'\n[columns]\nName = 'security_name'", "decimal is"),
    ],
)
def test_a_layout_that_cannot_be_meant_is_refused_with_a_reason(tmp_path, text, says):
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        profile.load(path)
    assert says in refused.value.message


def test_a_missing_layout_says_how_to_make_one(tmp_path):
    with pytest.raises(InputError) as refused:
        profile.load(tmp_path / "none.toml")
    assert "profile init" in refused.value.message
