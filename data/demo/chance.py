"""Repeatable chance: a number that depends on its key alone, whatever was drawn before."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Final, TypeVar

Item = TypeVar("Item")

SEED: Final = "demo-county-2014"


def chance(*key: object) -> float:
    """A number in [0, 1) that is always the same for the same key."""
    text = "|".join(map(str, (SEED, *key))).encode()
    return int.from_bytes(blake2b(text, digest_size=7).digest(), "big") / 2**56


def below(limit: int, *key: object) -> int:
    """A whole number from 0 to limit - 1."""
    return int(chance(*key) * limit)


def between(first: int, last: int, *key: object) -> int:
    """A whole number from first to last, both included."""
    return first + below(last - first + 1, *key)


def shuffled(items: Iterable[Item], *key: object) -> list[Item]:
    """The items in an order that is always the same for the same key."""
    return sorted(items, key=lambda item: chance(*key, item))
