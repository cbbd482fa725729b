"""Power loss, modelled over the recorded steps: what of the steps not yet flushed reached the disk, in any mixture.

The disk keeps what was flushed. Of everything else each write and each change of a folder may have arrived or not,
whatever came before or after it; a write may also have arrived as its first half, or as zeros. A flush of a file covers
its bytes, and only a flush of the folder the names in it: that is less than most file systems promise.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Literal

Arrival = Literal["whole", "half", "zeros"]


@dataclass(eq=False)
class Node:
    """A file or a folder, known by itself and not by its name."""

    is_folder: bool
    content: bytes = b""
    entries: dict[str, Node] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """One thing that a step changes: bytes of a file (`at` an offset, or its new length), or names in folders."""

    number: int
    file: Node | None = None
    at: int = 0
    content: bytes | None = None
    sets: tuple[Node, str, Node] | None = None
    drops: tuple[Node, str] | None = None

    def touches(self, node: Node) -> bool:
        """Whether a flush of this node covers the change."""
        folders = [one[0] for one in (self.sets, self.drops) if one is not None]
        return node is self.file or any(node is folder for folder in folders)


class Disk:
    """The data folder in two forms: as the program sees it, and the changes that are not flushed yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = _loaded(folder)
        self.durable: list[Change] = []
        self.pending: list[Change] = []
        self._nodes: dict[Path, Node] = {folder: self.root}
        self._name(folder, self.root)
        self._lengths: dict[Node, int] = {}

    def step(self, name: str, arguments: tuple[Any, ...], done: Any) -> bool:
        """Take in one recorded step; whether it can matter after a power loss."""
        path = Path(arguments[0])
        match name:
            case "open" if path not in self._nodes:
                self._add(path, Node(is_folder=False))
            case "mkdir":
                self._add(path, Node(is_folder=True))
            case "write":
                node = self._nodes[path]
                at = self._length(node)
                self._lengths[node] = at + done
                self._change(file=node, at=at, content=arguments[1])
            case "ftruncate":
                node = self._nodes[path]
                self._lengths[node] = arguments[1]
                self._change(file=node, at=arguments[1])
            case "rename" | "replace":
                self._move(path, Path(arguments[1]))
            case "unlink" | "rmdir":
                self._change(drops=(self._nodes[path.parent], path.name))
                del self._nodes[path]
            case "fsync":
                node = self._nodes[path]
                self.durable += [change for change in self.pending if change.touches(node)]
                self.pending = [change for change in self.pending if not change.touches(node)]
            case _:
                return False
        return True

    def states(self, random: Random, mixtures: int) -> Iterator[Node]:
        """What may be on the disk after a power loss now, as trees of their own."""
        count = len(self.pending)
        everything = range(count)
        subsets: list[Sequence[int]] = [[], everything]
        subsets += [[one] for one in everything]
        subsets += [[other for other in everything if other != one] for one in everything]
        subsets += [[one for one in everything if random.random() < 0.5] for _ in range(mixtures if count else 0)]
        for chosen in subsets:
            arrivals: Iterable[Arrival] = ("whole", "half", "zeros") if len(chosen) < 3 else (_any(random),)
            for arrival in arrivals:
                yield self._after([(self.pending[one], arrival) for one in chosen])

    def _after(self, arrived: list[tuple[Change, Arrival]]) -> Node:
        known: dict[Node, Node] = {}
        root = _copy(self.root, known)
        kept: list[tuple[Change, Arrival]] = [(change, "whole") for change in self.durable]
        for change, arrival in sorted(kept + arrived, key=lambda one: one[0].number):
            _apply(change, arrival, known)
        return root

    def _change(self, **what: Any) -> None:
        self.pending.append(Change(len(self.durable) + len(self.pending), **what))

    def _length(self, node: Node) -> int:
        return self._lengths.get(node, len(node.content))

    def _add(self, path: Path, node: Node) -> None:
        self._nodes[path] = node
        self._change(sets=(self._nodes[path.parent], path.name, node))

    def _move(self, source: Path, target: Path) -> None:
        node = self._nodes[source]
        self._change(
            sets=(self._nodes[target.parent], target.name, node), drops=(self._nodes[source.parent], source.name)
        )
        for path in [path for path in self._nodes if path.is_relative_to(source)]:
            self._nodes[target / path.relative_to(source)] = self._nodes.pop(path)

    def _name(self, path: Path, node: Node) -> None:
        for name, inner in node.entries.items():
            self._nodes[path / name] = inner
            self._name(path / name, inner)


def written(root: Node, folder: Path, store: Path) -> Path:
    """The tree as a real folder; files with the same bytes are one file, in `store`, except those that are appended."""
    folder.mkdir()
    for name, node in root.entries.items():
        if node.is_folder:
            written(node, folder / name, store)
        elif name.endswith(".parquet"):
            kept = store / f"{hash(node.content)}"
            if not kept.exists():
                kept.write_bytes(node.content)
            os.link(kept, folder / name)
        else:
            (folder / name).write_bytes(node.content)
    return folder


def signature(root: Node, without: frozenset[str] = frozenset()) -> tuple[Any, ...]:
    """What the tree holds, to tell whether it was looked at already; `without` some names at the top."""
    return tuple(
        (name, signature(node) if node.is_folder else node.content)
        for name, node in sorted(root.entries.items())
        if name not in without
    )


def _any(random: Random) -> Arrival:
    return random.choice(("whole", "whole", "half", "zeros"))


def _apply(change: Change, arrival: Arrival, known: dict[Node, Node]) -> None:
    if change.file is not None:
        file = _known(change.file, known)
        if change.content is None:
            file.content = file.content[: change.at].ljust(change.at, b"\0")
            return
        content = change.content
        if arrival == "half":
            content = content[: len(content) // 2]
        elif arrival == "zeros":
            content = bytes(len(content))
        file.content = file.content.ljust(change.at, b"\0")
        file.content = file.content[: change.at] + content + file.content[change.at + len(content) :]
        return
    if change.drops is not None:
        folder, name = change.drops
        gone = _known(folder, known).entries.pop(name, None)
        if change.sets is None and gone is not None and gone.is_folder and gone.entries:
            _known(folder, known).entries[name] = gone  # its files have not been removed yet
    if change.sets is not None:
        folder, name, node = change.sets
        _known(folder, known).entries[name] = _known(node, known)


def _known(node: Node, known: dict[Node, Node]) -> Node:
    if node not in known:
        known[node] = Node(node.is_folder, node.content, {})
    return known[node]


def _copy(node: Node, known: dict[Node, Node]) -> Node:
    copy = known[node] = Node(node.is_folder, node.content)
    copy.entries = {name: _copy(inner, known) for name, inner in node.entries.items()}
    return copy


def _loaded(folder: Path) -> Node:
    entries = {
        path.name: _loaded(path) if path.is_dir() else Node(False, path.read_bytes()) for path in folder.iterdir()
    }
    return Node(True, entries=entries)
