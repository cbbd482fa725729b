"""The rules of one term as they are frozen: what of them decides its marks, in one canonical text with one hash."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Final

import polars as pl

TERM: Final = re.compile(r"(\d{4})(?:H([12])|Q([1-4])|-(0[1-9]|1[0-2]))?")
_MONTHS: Final = (6, 3, 1)
"""The length of a half year, a quarter and a month, in the order of the groups of TERM."""


def term_days(period_id: str) -> tuple[date, date] | None:
    """The first and last day of a term such as 2014, 2014H1, 2014Q2 or 2014-04; None for any other writing."""
    match = TERM.fullmatch(period_id)
    if match is None or match[1] == "0000":
        return None
    year = int(match[1])
    parts = ((int(part), months) for part, months in zip(match.groups()[1:], _MONTHS, strict=True) if part)
    number, months = next(parts, (1, 12))
    after = number * months
    last = date(year, 12, 31) if after == 12 else date(year, after + 1, 1) - timedelta(days=1)
    return date(year, (number - 1) * months + 1, 1), last


@dataclass(frozen=True, order=True)
class RuleInForce:
    """What of a rule decides marks; its days are cut to the term, so that a later end changes nothing in it."""

    code: str
    points: float
    cap: float | None
    support: float
    first_day: date
    last_day: date


@dataclass(frozen=True)
class Frozen:
    """The rules in force in one term of one scheme, by code, with the base marks and weights used in it."""

    period_id: str
    scheme_id: str
    bases: tuple[float, ...]
    weights: tuple[float, ...]
    rules: tuple[RuleInForce, ...]

    @cached_property
    def canonical(self) -> str:
        """The one text that this, and nothing else, is written as: a line each, numbers with four decimals."""
        head = (
            f"scheme {self.scheme_id}",
            f"term {self.period_id}",
            f"base {' '.join(map(_decimal, self.bases))}",
            f"weight {' '.join(map(_decimal, self.weights))}",
        )
        rules = (
            f"{each.code} points {_decimal(each.points)} cap {_decimal(each.cap)} support {_decimal(each.support)} "
            f"from {each.first_day} to {each.last_day}"
            for each in self.rules
        )
        return "".join(f"{line.rstrip()}\n" for line in (*head, *rules))

    @cached_property
    def sha256(self) -> str:
        """The hash of the canonical text."""
        return sha256(self.canonical.encode()).hexdigest()


def frozen(tables: Mapping[str, pl.DataFrame], period_id: str, scheme_id: str) -> Frozen:
    """The frozen rules of a term as the tables of a snapshot have them; ValueError for a term nobody can read."""
    days = term_days(period_id)
    if days is None:
        raise ValueError(f"{period_id!r} is no term: 2014, 2014H1, 2014Q2 and 2014-04 are")
    own = pl.col("scheme_id") == scheme_id
    scores = tables["appraisal_scores"].filter(own, pl.col("period_id") == period_id, ~pl.col("is_void"))
    rules = tables["appraisal_rules"].filter(own)
    return Frozen(
        period_id=period_id,
        scheme_id=scheme_id,
        bases=_distinct(scores["base"]),
        weights=_distinct(scores["coursework_weight"]),
        rules=in_force(rules, *days),
    )


def in_force(rules: pl.DataFrame, first: date, last: date) -> tuple[RuleInForce, ...]:
    """The rules of a scheme that are in force on a day from first to last, by code."""
    ends = pl.col("effective_to").fill_null(last)
    found = rules.filter(pl.col("effective_from") <= last, ends >= first).sort("rule_code", "effective_from")
    return tuple(
        RuleInForce(
            code=row["rule_code"],
            points=float(row["points"]),
            cap=None if row["cap"] is None else float(row["cap"]),
            support=float(row["role_factor_support"]),
            first_day=max(row["effective_from"], first),
            last_day=min(row["effective_to"] or last, last),
        )
        for row in found.iter_rows(named=True)
    )


def _distinct(values: pl.Series) -> tuple[float, ...]:
    return tuple(float(value) for value in values.unique().sort().to_list())


def _decimal(number: float | None) -> str:
    return "-" if number is None else f"{number:.4f}"
