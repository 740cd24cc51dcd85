"""cmic-screen: which positions of a book may a U.S. person no longer deal in (E.O. 13959 as amended by E.O. 14032)?

The library in four names: `read_holdings`, `load_list`, `screen`, `write_report`. Nothing printed, nothing global.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cmic_screen.library import load_list, read_holdings, screen, write_report

__version__ = "0.1.0"
__all__ = ["__version__", "load_list", "read_holdings", "screen", "write_report"]


def __getattr__(name: str) -> object:
    """The four functions, fetched when asked for: the command line must start without pandas."""
    if name not in __all__:
        raise AttributeError(name)
    from cmic_screen import library

    return getattr(library, name)
