"""Errors that the caller can mend, shown in a notebook as the one message that says what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from dashboards.settings import SettingsError
from data.exceptions import DataError
from queries.exceptions import QueryError

MENDABLE = (QueryError, DataError, SettingsError)

E = TypeVar("E", bound=Exception)


def brief(error: E) -> E:
    """The same error; IPython shows its message without the calls that led to it."""
    said = f"{type(error).__name__}: {error}"
    error._render_traceback_ = lambda: [said]  # type: ignore[attr-defined]
    return error


@contextmanager
def briefly() -> Iterator[None]:
    """Let errors that the caller can mend pass as `brief` ones; all others pass as they are."""
    try:
        yield
    except MENDABLE as error:
        brief(error)
        raise
