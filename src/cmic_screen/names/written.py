"""In which letters a name is written, and how much of it the list can be compared with. Decides no verdict.

OFAC names its entities in Latin letters; their Chinese names and, for some, those of Japanese, Korean and Russian
houses stand in the securities master. In any other script a listed company would meet nothing, whoever it is.
"""

from __future__ import annotations

import re
from typing import Final

_WHOLLY: Final = "0-9A-Za-z\u00c0-\u024f\u1e00-\u1eff\uff10-\uff5a\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_PARTLY: Final = "\u0400-\u04ff\u3041-\u30ff\uff66-\uff9f\u1100-\u11ff\uac00-\ud7af"
"""Cyrillic, Japanese kana and Korean: the master has such names of some listed entities only."""
_OTHER_LETTERS: Final = re.compile(rf"(?![{_WHOLLY}{_PARTLY}])[^\W_]")
_PARTLY_LETTERS: Final = re.compile(f"[{_PARTLY}]")


def comparable(name: str) -> str:
    """The name without the letters of scripts in which no listed entity has a name here (Arabic, Hebrew, Thai …)."""
    return name if name.isascii() else _OTHER_LETTERS.sub("", name)


def without_partly(name: str) -> str:
    """The name without letters of the scripts in which only some listed entities have a name here."""
    return name if name.isascii() else _PARTLY_LETTERS.sub("", name)
