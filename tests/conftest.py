"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The team's shared data (CMIC_SHARED); the test is reported as not run where it is missing."""
    folder = Path(os.environ.get("CMIC_SHARED", ROOT.parent / "shared")).resolve()
    if not (folder / "data").is_dir():
        pytest.skip(f"CMIC_SHARED: no data in {folder}")
    return folder / "data"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A CMIC_HOME of this test's own, so that no test sees the user's list or ledger."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("CMIC_HOME", str(folder))
    return folder
