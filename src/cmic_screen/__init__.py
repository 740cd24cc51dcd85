"""cmic-screen: which positions of a book may a U.S. person no longer deal in (E.O. 13959 as amended by E.O. 14032)?

The library in four names: `read_holdings`, `load_list`, `screen`, `write_report`. Nothing printed, nothing global.
"""

from __future__ import annotations

__version__ = "0.1.0"
