"""The distinct words of many names, numbered, without a Python object a word. Knows nothing of what a word means.

A word of WIDTH letters or fewer is two 64-bit integers, its bytes, found in a table with open addressing:
equal integers are equal words, so nothing rests on a hash alone. Longer words, which are few, are kept as text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

WIDTH: Final = 16
"""Letters of a word that its two integers hold."""
_HALF: Final = WIDTH // 2
_MASKS: Final = np.array([(1 << 8 * size) - 1 for size in range(_HALF + 1)], dtype="<u8")
_SLOTS: Final = 1 << 17  # at first, so that a book of some thousand names need not move them
_ROOM: Final = 4  # slots a word, at least
_MIX: Final = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(32))


class Words(NamedTuple):
    """Words in the order of a text: their first and next 8 bytes (0 after the end), and where they stand in it."""

    low: NDArray[np.uint64]
    high: NDArray[np.uint64]
    starts: NDArray[np.intp]
    ends: NDArray[np.intp]

    @property
    def letters(self) -> NDArray[np.uint8]:
        """A row of WIDTH bytes a word, 0 after its end."""
        return np.stack((self.low, self.high), axis=1).view(np.uint8)

    @property
    def sizes(self) -> NDArray[np.intp]:
        """Letters of each word."""
        return self.ends - self.starts

    def at(self, which: NDArray[np.intp]) -> Words:
        """Some of the words."""
        return Words(self.low[which], self.high[which], self.starts[which], self.ends[which])


def read(text: bytes) -> Words:
    """The words of a text, which single or several spaces part."""
    padded = np.frombuffer(b" " + text + b" " * (2 * WIDTH), dtype=np.uint8)
    gap = padded[: len(text) + 2] == ord(" ")
    edges = np.flatnonzero(gap[1:] != gap[:-1]) + 1
    starts, ends = edges[0::2], edges[1::2]
    eight = np.ndarray((len(text) + WIDTH,), dtype="<u8", buffer=padded.data, strides=(1,))  # eight bytes from each on
    sizes = ends - starts
    low = eight[starts] & _MASKS[np.minimum(sizes, _HALF)]
    high = np.zeros(len(starts), dtype="<u8")
    more = np.flatnonzero(sizes > _HALF)
    high[more] = eight[starts[more] + _HALF] & _MASKS[np.minimum(sizes[more] - _HALF, _HALF)]
    return Words(low, high, starts - 1, ends - 1)


class WordTable:
    """Numbers words in the order in which they come, from 0."""

    def __init__(self) -> None:
        self._low = np.zeros(0, dtype="<u8")
        self._high = np.zeros(0, dtype="<u8")
        self._slots = np.full(_SLOTS, -1, dtype=np.int32)
        self._long: dict[bytes, int] = {}
        self._texts: dict[int, bytes] = {}

    def __len__(self) -> int:
        return len(self._low)

    def text(self, number: int) -> str:
        """The word itself."""
        raw = self._low[number : number + 1].tobytes() + self._high[number : number + 1].tobytes()
        return self._texts.get(number, raw.rstrip(b"\0")).decode("ascii")

    def letters(self, which: NDArray[np.intp]) -> NDArray[np.uint8]:
        """The words as rows of WIDTH bytes, 0 after their end; of longer ones their beginning."""
        return np.stack((self._low[which], self._high[which]), axis=1).view(np.uint8)

    def texts(self, which: NDArray[np.intp]) -> list[str]:
        """The words themselves."""
        rows = np.stack((self._low[which], self._high[which]), axis=1)
        out: list[str] = rows.view(f"S{WIDTH}").ravel().astype(f"U{WIDTH}").tolist()
        for i in np.flatnonzero(np.isin(which, list(self._texts))).tolist():
            out[i] = self._texts[int(which[i])].decode("ascii")
        return out

    def numbers(self, text: bytes) -> tuple[NDArray[np.intp], Words]:
        """The number of each word of a text, new ones numbered on, and the new words in the order of their numbers."""
        words = read(text)
        out = self._find(words)
        first = len(self)
        new = np.flatnonzero(out < 0)
        long = new[words.sizes[new] > WIDTH]
        short = new[words.sizes[new] <= WIDTH]
        fresh = [self._number(out, short, words), self._number_long(out, long, words, text)]
        added = words.at(np.concatenate(fresh))
        self._keep(added, first, len(fresh[0]))
        return out, added

    def _find(self, words: Words) -> NDArray[np.intp]:
        """Numbers of the short words that are known, -1 for all others."""
        out = np.full(len(words.low), -1, dtype=np.intp)
        todo = np.flatnonzero(words.sizes <= WIDTH)
        slots = self._slot(words.low, words.high)
        while len(todo):
            number = self._slots[slots[todo]]
            todo, number = todo[number >= 0], number[number >= 0]
            same = (self._low[number] == words.low[todo]) & (self._high[number] == words.high[todo])
            out[todo[same]] = number[same]
            todo = todo[~same]
            slots[todo] = (slots[todo] + 1) & (len(self._slots) - 1)
        return out

    def _number(self, out: NDArray[np.intp], new: NDArray[np.intp], words: Words) -> NDArray[np.intp]:
        """Number the new short words; where each stands first in the text."""
        order = new[np.lexsort((words.high[new], words.low[new]))]
        low, high = words.low[order], words.high[order]
        other = np.ones(len(order), dtype=bool)
        other[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
        out[order] = len(self) + np.cumsum(other) - 1
        return order[other]

    def _number_long(self, out: NDArray[np.intp], new: NDArray[np.intp], words: Words, text: bytes) -> NDArray[np.intp]:
        """The same of long words, by their text; those that are known are among them."""
        fresh: list[int] = []
        base = max(len(self), int(out.max(initial=-1)) + 1)
        for at in new.tolist():
            word = text[words.starts[at] : words.ends[at]]
            if word not in self._long:
                self._long[word] = base + len(fresh)
                self._texts[self._long[word]] = word
                fresh.append(at)
            out[at] = self._long[word]
        return np.array(fresh, dtype=np.intp)

    def _keep(self, added: Words, first: int, short: int) -> None:
        """Keep new words; only the first `short` of them are found by their integers."""
        self._low, self._high = np.concatenate((self._low, added.low)), np.concatenate((self._high, added.high))
        numbers = np.arange(first, first + short, dtype=np.int32)
        if len(self) * _ROOM > len(self._slots):
            self._slots = np.full(1 << (len(self) * _ROOM * 2).bit_length(), -1, dtype=np.int32)
            long = np.fromiter(self._long.values(), dtype=np.int32, count=len(self._long))
            numbers = np.setdiff1d(np.arange(len(self), dtype=np.int32), long)
        slots = self._slot(self._low[numbers], self._high[numbers])
        while len(numbers):
            free = self._slots[slots] < 0
            self._slots[slots[free]] = numbers[free]
            left = self._slots[slots] != numbers
            numbers, slots = numbers[left], (slots[left] + 1) & (len(self._slots) - 1)

    def _slot(self, low: NDArray[np.uint64], high: NDArray[np.uint64]) -> NDArray[np.intp]:
        one, other, half = _MIX
        mixed = (low ^ (high * other)) * one
        mixed ^= mixed >> half
        return ((mixed * other) >> half).astype(np.intp) & (len(self._slots) - 1)


def packed(words: Iterable[str]) -> bytes:
    """Words as a text for `numbers`; those beyond ASCII, which no folded text holds, are left out."""
    return " ".join(word for word in words if word.isascii()).encode("ascii")
