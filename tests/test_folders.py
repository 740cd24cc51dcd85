"""Folders of holdings: what lies in them is found wherever a link leads, or the run says that it could not look."""

from __future__ import annotations

import os
import sys

import pytest

from cmic_screen.errors import InputError
from cmic_screen.folders import inside
from cmic_screen.ingest import read_holdings

BOOK = "Security,ISIN,Quantity\nChina Mobile Ltd,HK0941009539,10\n"


@pytest.fixture
def month(tmp_path):
    (tmp_path / "elsewhere" / "deep").mkdir(parents=True)
    (tmp_path / "elsewhere" / "deep" / "linked.csv").write_text(BOOK)
    made = tmp_path / "month"
    made.mkdir()
    (made / "own.csv").write_text(BOOK.replace("10", "20"))
    return made


def test_a_linked_folder_is_read_once_and_a_link_back_ends(month, tmp_path):
    (month / "a").symlink_to(tmp_path / "elsewhere")
    (month / "b").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "back").symlink_to(month)
    assert [p.relative_to(month).as_posix() for p in inside(month)] == ["a/deep/linked.csv", "own.csv"]
    assert sorted(read_holdings([month]).table["file"]) == ["a/deep/linked.csv", "own.csv"]


def test_a_link_that_leads_nowhere_is_a_file_that_could_not_be_read(month):
    (month / "gone.csv").symlink_to("nowhere")
    (month / ".#own.csv").symlink_to("ana@desk.123")  # Emacs' lock
    assert [p.source.file for p in read_holdings([month]).problems] == ["gone.csv"]


def test_a_folder_that_may_not_be_looked_into_stops_the_run(month, monkeypatch):
    (month / "closed").mkdir()
    (month / ".Trash-0").mkdir()
    real = os.scandir

    def closed(path):
        if str(path).endswith(("closed", ".Trash-0")):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(InputError, match=r"closed: the folder cannot be looked into \(Permission denied\)"):
        inside(month)


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes in folders on Windows")
def test_a_pipe_in_a_folder_is_not_waited_for(month):
    os.mkfifo(month / "pipe")
    assert [p.name for p in inside(month)] == ["own.csv"]
