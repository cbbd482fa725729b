"""Files of analysts that were reviewed and are served as pages: read once at the start, run for each viewer."""

import ast
import hashlib
import json
import os
import re
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any, Final

from dashboards.settings import SettingsError

NAME: Final = re.compile(r"([A-Za-z0-9][A-Za-z0-9_-]{0,59})\.(ipynb|py)")
PIN: Final = re.compile(r"sha256:([0-9a-f]{64})")
LARGEST: Final = 5_000_000
"""Bytes of a file; a notebook saved with its outputs and the live part is larger than that."""


@dataclass(frozen=True)
class Words:
    """A Markdown cell."""

    markdown: str


@dataclass(frozen=True)
class Cell:
    """A code cell: what is run, and the last line when that is what it shows."""

    body: CodeType
    last: CodeType | None


@dataclass(frozen=True)
class Reviewed:
    """A file as it was when the server started; a later change of it is not served until the next start."""

    name: str
    title: str
    sha256: str
    cells: tuple[Words | Cell, ...]

    @property
    def route(self) -> str:
        """The address of its page."""
        return f"/shared-{self.name.rpartition('.')[0]}"

    def run(self, show: Callable[[Any], None]) -> None:
        """Run its cells in a namespace of their own; `show` is called with Words and with what the cells show.

        That is the value of a cell's last line, and whatever it hands to `display`. Raises what the cells raise.
        """

        def display(*shown: Any) -> None:
            for one in shown:
                show(one)

        names: dict[str, Any] = {"__name__": "__main__", "display": display}
        for cell in self.cells:
            if isinstance(cell, Words):
                show(cell)
                continue
            exec(cell.body, names)
            value = eval(cell.last, names) if cell.last else None
            if value is not None:
                show(value)


def reviewed(folder: Path, wanted: Iterable[str]) -> tuple[Reviewed, ...]:
    """Give the files named in the setting, each `NAME` or `NAME@sha256:HASH`, from a folder; nothing is run.

    Raises SettingsError for a name that is not a plain file in that very folder (a path, a link), for one that is not
    the file that was reviewed, and for what is no Python.
    """
    found: dict[str, Reviewed] = {}
    for text in wanted:
        name, _, pin = text.partition("@")
        if not NAME.fullmatch(name):
            raise SettingsError(f"shared {name!r} is no plain name: give the name of a .ipynb or .py file in {folder}")
        if pin and not PIN.fullmatch(pin):
            raise SettingsError(f"shared {text!r}: after the @ comes sha256: and 64 hexadecimal digits")
        content = _read(folder, name)
        sha256 = hashlib.sha256(content).hexdigest()
        if pin and pin != f"sha256:{sha256}":
            raise SettingsError(
                f"shared file {name} is not the one that was reviewed: review it again, then set {name}@sha256:{sha256}"
            )
        one = _parsed(name, content, sha256)
        if one.route in found:
            raise SettingsError(f"shared {name!r} has the address of {found[one.route].name!r}: rename one of them")
        found[one.route] = one
    return tuple(found.values())


def _read(folder: Path, name: str) -> bytes:
    """The content of a plain file, never through a link."""
    path = folder / name
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise SettingsError(f"shared {name!r} is no plain file in {folder} but a link or something else")
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        raise SettingsError(f"shared file {name!r} is not in {folder}") from None
    with os.fdopen(handle, "rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise SettingsError(f"shared file {name!r} is larger than {LARGEST // 1_000_000} MB: save it without outputs")
    return content


def _parsed(name: str, content: bytes, sha256: str) -> Reviewed:
    try:
        text = content.decode("utf-8")
        cells = _cells(json.loads(text)) if name.endswith(".ipynb") else [("code", text)]
    except (ValueError, LookupError, TypeError) as error:
        raise SettingsError(f"shared file {name!r} cannot be read as a notebook or Python text: {error}") from None
    made = tuple(
        _cell(f"{name}, cell {at}", source) if kind == "code" else Words(source)
        for at, (kind, source) in enumerate(cells, 1)
        if kind in ("code", "markdown")
    )
    return Reviewed(name, _title(cells) or name.rpartition(".")[0], sha256, made)


def _cells(notebook: dict[str, Any]) -> list[tuple[str, str]]:
    return [(cell["cell_type"], "".join(cell["source"])) for cell in notebook["cells"]]


def _cell(place: str, source: str) -> Cell:
    try:
        body = ast.parse(source).body
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        return Cell(
            compile(ast.Module(body, []), place, "exec"),
            compile(ast.Expression(last.value), place, "eval") if isinstance(last, ast.Expr) else None,
        )
    except SyntaxError as error:
        words = "only Python is run here, no line that begins with % or !"
        raise SettingsError(f"shared {place}, line {error.lineno}: {error.msg}; {words}") from None


def _title(cells: Iterable[tuple[str, str]]) -> str:
    """The first heading of a notebook, or the first line of a module's docstring."""
    for kind, source in cells:
        if kind == "markdown" and (heading := re.search(r"^# +(.+)$", source, re.MULTILINE)):
            return heading[1].strip()
        if kind == "code" and (said := re.match(r'\s*"""(.+?)(?:"""|\n|$)', source)):
            return said[1].strip().rstrip(".")
    return ""
