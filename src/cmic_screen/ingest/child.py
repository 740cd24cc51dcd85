"""Parsing in a process of its own, with bounds on memory and time, so that a parser's crash is an ordinary InputError;
the child gets bytes, never a path, and gives back plain values, never objects with code.

A native abort cannot be caught in the process it happens in (pains C1). The answer is unpickled by a reader that knows
dates and times and no other class, so a child that was taken over cannot run anything in the parent. Memory and
processor bounds need POSIX; elsewhere the wall clock alone holds.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import pickle
import sys
from pathlib import Path
from typing import Any, Final

import cmic_screen
from cmic_screen.errors import InputError, TooLargeError
from cmic_screen.ingest import limits

TASKS: Final = {
    "workbook": ("cmic_screen.ingest.sheetcells", "parse"),
    "cells": ("cmic_screen.ingest.sheetcells", "parse_cells"),
    "facts": ("cmic_screen.ingest.sheetfacts", "parse"),
    "html": ("cmic_screen.ingest.markup", "parse_html"),
    "parquet": ("cmic_screen.ingest.columnar", "parse"),
}
"""What a child can be asked to do: module and function, called with the bytes and the options."""

_BOOT: Final = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]);"
    " from cmic_screen.ingest import child; child.main(sys.argv[2], json.loads(sys.argv[3]))"
)
_CLASSES: Final = frozenset({"date", "datetime", "time", "timedelta"})


def run(task: str, data: bytes, where: str, /, **options: object) -> Any:
    """What the task makes of `data`, as plain values (numbers, text, dates, None, tuples, lists, dicts).

    InputError where the bytes cannot be read, or where reading them takes more memory or time than `limits` allows, or
    crashes the parser. A fault of our own in the child is raised as RuntimeError with its traceback.
    """
    import subprocess  # the child has no use for it

    root = str(Path(cmic_screen.__file__).parents[1])
    paths = json.dumps([root, *(str(Path(p).resolve()) for p in sys.path if p)])
    command = [sys.executable, "-I", "-S", "-X", "utf8", "-c", _BOOT, paths, task, json.dumps(options)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own code, no shell; the input goes by pipe
            command,
            input=data,
            capture_output=True,
            timeout=limits.CHILD_SECONDS * 1.5,
            check=False,
            env={**os.environ, "RUST_BACKTRACE": "0", "OPENBLAS_NUM_THREADS": "1"},  # each thread takes address space
        )
    except subprocess.TimeoutExpired as error:
        raise _gave_up(where, f"took longer than {error.timeout:.0f} seconds") from error
    if done.returncode != 0 or not done.stdout:
        raise _gave_up(where, _cause(done.returncode, done.stderr))
    outcome, value = _Plain(io.BytesIO(done.stdout)).load()
    if outcome in _REFUSALS:
        raise _REFUSALS[outcome](value[0], where=value[1], why=value[2], do=value[3])
    if outcome == "bug":
        raise RuntimeError(f"while reading {where}:\n{value}")
    return value


def main(task: str, options: dict[str, Any]) -> None:
    """The child: bound itself, do one task on standard input, answer on standard output."""
    answer = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints must not get into the answer
    _bound()
    module, function = TASKS[task]
    outcome: tuple[str, Any]
    try:
        outcome = ("done", getattr(importlib.import_module(module), function)(sys.stdin.buffer.read(), **options))
    except InputError as error:
        kind = "too large" if isinstance(error, TooLargeError) else "refused"
        outcome = (kind, (error.what, error.where, error.why, error.do))
    except MemoryError:
        os._exit(_NO_MEMORY)
    except Exception:  # noqa: BLE001 - carried to the parent whole and raised there
        import traceback

        outcome = ("bug", traceback.format_exc())
    with open(answer, "wb") as out:  # noqa: PTH123 - a descriptor, not a path
        pickle.dump(outcome, out, protocol=5)
    os._exit(0)  # nothing left to flush, and freeing millions of cells takes time


_NO_MEMORY: Final = 90
_REFUSALS: Final = {"refused": InputError, "too large": TooLargeError}


class _Plain(pickle.Unpickler):
    """Reads plain values and dates; refuses every other class."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in _CLASSES:
            return super().find_class(module, name)
        msg = f"the parsing child answered with {module}.{name}, which is no plain value"
        raise pickle.UnpicklingError(msg)


def _bound() -> None:
    try:
        import resource
    except ImportError:
        return
    for what, limit in (
        (resource.RLIMIT_AS, limits.CHILD_MEMORY),
        (resource.RLIMIT_CPU, limits.CHILD_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        value = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(what, (value, value))


def _cause(code: int, stderr: bytes) -> str:
    """Why a child ended without an answer, from its exit code and what the native parser printed."""
    said = stderr[:4000].decode("utf-8", "replace")
    if code == _NO_MEMORY or "memory allocation" in said or "MemoryError" in said:
        return f"needs more than {limits.CHILD_MEMORY >> 20:,} MB of memory"
    if -code == getattr(__import__("signal"), "SIGXCPU", 0):
        return f"took more than {limits.CHILD_SECONDS} seconds of processor time"
    return f"crashed the parser (exit {code})"


def _gave_up(where: str, cause: str) -> InputError:
    return InputError(
        f"reading it {cause}, so it was given up.",
        where=where,
        why="Nothing in it was screened.",
        do="Open it in a spreadsheet program, copy the holdings into a new workbook, and screen that.",
    )
