"""The validation rules of domain.md 3.6 that need one week's tables only; V31 needs history, V33 a manifest."""

from typing import Final

from data.rules import (
    actions,
    appraisal,
    assignments,
    clocks,
    contacts,
    forms,
    inspections,
    matters,
    persons,
    problems,
    quality,
)
from data.rules.base import FAILURES, REGISTERED, Rule, Severity, Tables

__all__ = [
    "FAILURES",
    "RULES",
    "Rule",
    "Severity",
    "Tables",
    "actions",
    "appraisal",
    "assignments",
    "clocks",
    "contacts",
    "forms",
    "inspections",
    "matters",
    "persons",
    "problems",
    "quality",
]

RULES: Final[tuple[Rule, ...]] = tuple(REGISTERED[code] for code in sorted(REGISTERED))
"""Every rule, by its code."""
