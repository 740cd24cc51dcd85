"""Lets the tests of this room import the zoo beside them, and read many workbooks without a process for each."""

from __future__ import annotations

import importlib
import io
import pickle
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="module")
def in_one_process():
    """What the parsing child is asked for is done here: its answers are the same, and starting it takes longer than
    reading a small workbook. Its bounds, its crashes and its start are what test_files_workbook.py is about.
    """
    from cmic_screen.ingest import child

    def run(task, data, where, /, **options):
        module, function = child.TASKS[task]
        answer = getattr(importlib.import_module(module), function)(data, **options)
        return child._Plain(io.BytesIO(pickle.dumps(answer, protocol=5))).load()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child, "run", run)
        yield
