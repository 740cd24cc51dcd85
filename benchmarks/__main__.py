"""`make bench`: every benchmark, one after the other."""

from __future__ import annotations

from importlib import import_module

for name in ("whole", "names", "identifiers"):
    import_module(f"benchmarks.{name}").main()
