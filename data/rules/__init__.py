"""The validation rules of domain.md 3.6.

V27b is the part of V27 that is only a warning: an extension that was asked for too late. V33 is about a manifest, and
no function of the tables: publishing proves it over the bytes on the disk.
"""

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
    "PROVED",
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

PROVED: Final = (
    "V33",
    "清单所列行数与SHA-256须与文件一致:发布时验证",
    "the rows and SHA-256 in the manifest are those of the files: proved when published",
)
"""The code of the rule about the manifest, and its words in Chinese and English."""

RULES: Final[tuple[Rule, ...]] = tuple(REGISTERED[code] for code in sorted(REGISTERED))
"""Every rule, by its code."""
