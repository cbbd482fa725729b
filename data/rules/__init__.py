"""The validation rules of domain.md 3.6. V33 is about a manifest: publishing proves it over the bytes on the disk."""

from typing import Final

from data.rules import (
    actions,
    appraisal,
    assignments,
    clocks,
    contacts,
    forms,
    history,
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
    "history",
    "inspections",
    "matters",
    "persons",
    "problems",
    "quality",
]

RULES: Final[tuple[Rule, ...]] = tuple(REGISTERED[code] for code in sorted(REGISTERED))
"""Every rule, by its code."""
