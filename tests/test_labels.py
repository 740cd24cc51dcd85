"""Names of files as disks allow them: on one line, writable, and told from what systems leave in folders."""

from __future__ import annotations

import json
import os
import sys

import pytest

from cmic_screen.labels import clutter, label


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Bücher 2026 中国.xlsx", "Bücher 2026 中国.xlsx"),
        ("a\nERROR b.csv", "a%0AERROR b.csv"),
        ("fdp\u202exslx.exe", "fdp%E2%80%AExslx.exe"),
        ("a\\b.csv", "a%5Cb.csv"),
        (os.fsdecode(b"caf\xe9.csv"), "caf%E9.csv"),
        ("", ""),
    ],
)
def test_a_label_is_one_line_that_can_be_written(name, shown):
    assert label(name) == shown
    assert label(shown) == shown
    shown.encode("utf-8")


def test_what_systems_leave_is_told_from_holdings():
    assert all(map(clutter, [".DS_Store", "a/.git/x", "~$book.xlsx", "Thumbs.db", "__MACOSX/book.xlsx"]))
    assert not any(map(clutter, ["book.xlsx", "a/book.csv", "~book.csv"]))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_holdings_file_of_any_name_is_screened_and_kept(home, tmp_path, monkeypatch, capsys):
    from cmic_screen.cli import main

    for name in (b"caf\xe9.csv", b"a\nb.csv"):
        given = tmp_path / os.fsdecode(name)
        given.write_text("Name,ISIN\nNESTLE SA,CH0038863350\n")
        out = tmp_path / "r.xlsx"
        monkeypatch.setattr("sys.argv", ["cmic-screen", "screen", str(given), "--out", str(out), "--format", "json"])
        with pytest.raises(SystemExit, match="12"):
            main()
        assert [i["file"] for i in json.loads(capsys.readouterr().out)["inputs"]] == [label(os.fsdecode(name))]
