"""The rule file: rules for points that people read and write, and the rows and frozen terms they become."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, NoReturn, TypeGuard

import polars as pl

from data.appraisal.frozen import Frozen, in_force, term_days
from data.exceptions import DataError
from data.schemas import polars_schema

SHIPPED: Final = "coursework-2014.toml"
CODE: Final = re.compile(r"[A-Z][A-Z0-9_]{1,39}")
HEAD: Final = frozenset(
    {"scheme", "version", "name_zh", "name_en", "effective_from", "effective_to", "base", "weight"}
    | {"reasonable_weights", "support", "basis", "rule"}
)
RULE: Final = frozenset(
    {"code", "zh", "en", "category", "points", "cap", "support", "basis", "effective_from", "effective_to"}
)


class RulebookError(DataError):
    """A rule file that cannot be taken as it is; says where and what to write."""


@dataclass(frozen=True)
class Rulebook:
    """One rule file: the scheme, its version, base mark and weight, the weights the ranks are tried under, the rules.

    `rows` are those of the table appraisal_rules.
    """

    scheme_id: str
    version: int
    name_zh: str
    name_en: str
    effective_from: date
    base: float
    weight: float
    reasonable_weights: tuple[float, float]
    rows: tuple[Mapping[str, Any], ...]

    def frame(self) -> pl.DataFrame:
        """The rules as the table appraisal_rules."""
        return pl.DataFrame(list(self.rows), schema=polars_schema("appraisal_rules"))

    def frozen(self, period_id: str) -> Frozen:
        """The rules of a term as this file has them; ValueError for a term nobody can read."""
        days = term_days(period_id)
        if days is None:
            raise ValueError(f"{period_id!r} is no term: 2014, 2014H1, 2014Q2 and 2014-04 are")
        rules = in_force(self.frame(), *days)
        return Frozen(period_id, self.scheme_id, (self.base,), (self.weight,), rules)


def shipped() -> Rulebook:
    """The rule file that comes with the application."""
    return _parsed(files("data.appraisal").joinpath(SHIPPED).read_text(encoding="utf-8"), SHIPPED)


def read_rulebook(path: Path) -> Rulebook:
    """A rule file of one's own; RulebookError says what is to be mended in it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise RulebookError(f"{path.name}: this is no UTF-8 text; save the file as UTF-8.") from None
    return _parsed(text, path.name)


def _parsed(text: str, name: str) -> Rulebook:
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(f"{name}: {error}.") from None
    head = _Part(name, "the head", told)
    head.knows(HEAD)
    weights = told.get("reasonable_weights", [0.1, 0.5])
    if not (isinstance(weights, list) and len(weights) == 2 and all(_is_number(each) for each in weights)):
        head.refuse("reasonable_weights", weights, "two numbers such as [0.10, 0.50]")
    low, high = (float(each) for each in weights)
    if not 0 <= low < high <= 1:
        head.refuse("reasonable_weights", weights, "the lower and the higher weight, within 0 and 1")
    scheme = head.text("scheme")
    if not re.fullmatch(r"[A-Za-z0-9_.-]{1,40}", scheme):
        head.refuse("scheme", scheme, "letters, digits, - and _")
    listed = told.get("rule", [])
    if not (isinstance(listed, list) and listed and all(isinstance(each, dict) for each in listed)):
        raise RulebookError(f"{name}: there is no [[rule]] in it.")
    rows = [
        _row(_Part(name, f"rule {place} ({each.get('code', '?')})", each), head) for place, each in _numbered(listed)
    ]
    codes = [row["rule_code"] for row in rows]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise RulebookError(f"{name}: {twice[0]} is given twice; a changed rule gets a code of its own.")
    return Rulebook(
        scheme_id=scheme,
        version=int(head.number("version", 1, 10**6)),
        name_zh=head.text("name_zh"),
        name_en=head.text("name_en"),
        effective_from=head.day("effective_from"),
        base=head.number("base", 0, 100),
        weight=head.number("weight", 0, 1),
        reasonable_weights=(low, high),
        rows=tuple(rows),
    )


def _row(part: _Part, head: _Part) -> dict[str, Any]:
    part.knows(RULE)
    code = part.text("code")
    if not CODE.fullmatch(code):
        part.refuse("code", code, "capital letters and _, such as CLOSED_LEAD")
    points = part.number("points", -100, 100)
    if points == 0:
        part.refuse("points", points, "points to give, or below 0 to take")
    cap = part.number("cap", -100, 100) if "cap" in part.told else None
    if cap is not None and (cap < 0) != (points < 0):
        part.refuse("cap", cap, "a cap of the same sign as the points")
    first = part.day("effective_from") if "effective_from" in part.told else head.day("effective_from")
    last_of = part if "effective_to" in part.told else head
    last = last_of.day("effective_to") if "effective_to" in last_of.told else None
    if last is not None and last < first:
        part.refuse("effective_to", last, f"a day from {first} on")
    return {
        "scheme_id": head.text("scheme"),
        "rule_code": code,
        "name_zh": part.text("zh"),
        "name_en": part.text("en"),
        "points": points,
        "cap": cap,
        "role_factor_support": (part if "support" in part.told else head).number("support", 0, 1),
        "category": part.text("category"),
        "basis_ref": (part if "basis" in part.told else head).text("basis"),
        "effective_from": first,
        "effective_to": last,
    }


@dataclass(frozen=True)
class _Part:
    """A table of the file with its name, for what is said of its values."""

    file: str
    name: str
    told: Mapping[str, Any]

    def knows(self, names: frozenset[str]) -> None:
        """Refuse a word that means nothing here."""
        for name in self.told:
            if name not in names:
                near = get_close_matches(name, names, n=1)
                hint = f" Did you mean {near[0]!r}?" if near else f" Known are {', '.join(sorted(names))}."
                raise RulebookError(f"{self.file}, {self.name}: {name!r} is not known.{hint}")

    def refuse(self, name: str, value: object, wanted: str) -> NoReturn:
        """Say what is wrong with a value."""
        raise RulebookError(f"{self.file}, {self.name}: {name} {value!r} cannot be used; give {wanted}.")

    def text(self, name: str) -> str:
        value = self.told.get(name)
        if not isinstance(value, str) or not value.strip():
            self.refuse(name, value, "a text")
        return str(value).strip()

    def number(self, name: str, least: float, most: float) -> float:
        value = self.told.get(name)
        if not _is_number(value) or not least <= value <= most:
            self.refuse(name, value, f"a number from {least:g} to {most:g}")
        if round(float(value), 4) != float(value):
            self.refuse(name, value, "at most four digits after the point")
        return float(value)

    def day(self, name: str) -> date:
        value = self.told.get(name)
        if type(value) is not date:
            self.refuse(name, value, "a day such as 2014-03-10, without quotation marks")
        return date.fromisoformat(str(value))


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _numbered(listed: list[dict[str, Any]]) -> Iterable[tuple[int, dict[str, Any]]]:
    return enumerate(listed, start=1)
