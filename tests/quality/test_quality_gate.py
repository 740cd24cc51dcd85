"""The quality gate runs on the labelled names and holds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.quality
def test_gate_holds(shared: Path) -> None:
    """No official name is missed, nothing unlisted is proven by name, recall and alarms are no worse than recorded."""
    env = os.environ | {"CMIC_SHARED": str(shared.parent)}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.quality"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "quality holds" in done.stdout
