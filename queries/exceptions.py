"""What can go wrong when asking: every message names the thing, its value and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class QueryError(Exception):
    """A question that cannot be answered as it was put."""


class UnknownNameError(QueryError):
    """A name that does not exist: an indicator, a dimension, a table."""


class SelectionError(QueryError):
    """A selection that does not fit the source: dates, weeks, groups or unit types."""


class ScopeError(QueryError):
    """A scope that names a group or unit the snapshot does not have."""


class StatementError(QueryError):
    """SQL that is not exactly one SELECT, or that the locked source refuses."""


class CatalogError(QueryError):
    """An SQL file of ours that breaks the house rules: our mistake, not the data's."""


class CaseError(QueryError):
    """A case of given rows and expected figures that cannot be read."""


def suggestion(name: str, known: Iterable[str]) -> str:
    """Give " Did you mean …?" for a name close to a known one, else the known names."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1) or [each for each in names if each.lower() == name.lower()][:1]
    if close:
        return f" Did you mean {close[0]!r}?"
    return f" Known: {', '.join(names)}." if names else ""


class SnapshotWarning(UserWarning):
    """The newest snapshot is not as it was published, and an older one is shown."""


class CatalogWarning(UserWarning):
    """An indicator of the own folder is left out, and why."""
