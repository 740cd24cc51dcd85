"""cmic-screen: which positions of a book may a U.S. person no longer deal in (E.O. 13959 as amended by E.O. 14032)?

The library is four functions: `read_holdings`, `load_list`, `screen`, `write_report`. They print nothing and keep no
global state.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cmic_screen.library import load_list, read_holdings, screen, write_report

__version__ = "0.1.0"
__all__ = ["__version__", "load_list", "read_holdings", "screen", "write_report"]


def __getattr__(name: str) -> object:
    """Import one of the four functions on first access, so that the command line starts without importing pandas."""
    if name not in __all__:
        raise AttributeError(name)
    from cmic_screen import library

    return getattr(library, name)
