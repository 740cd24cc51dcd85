"""`make bench`: reading and screening files, names, identifiers. `report`, `page_answer`, `page_load` and `heldout` are
run by name: `python -m benchmarks.page_load`.
"""

from __future__ import annotations

from importlib import import_module

for name in ("whole", "names", "identifiers"):
    import_module(f"benchmarks.{name}").main()
