"""What to do about a failing cell, where more can be said than the rule's own words: codes, a range, a likely typo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

import polars as pl

from data.rules import Rule
from data.rules.forms import LONGEST_TEXT
from data.schemas import Column, columns
from data.schemas.senders import GROUP_TABLES

_MOST: Final = 12
"""So many codes are listed."""


class Advice:
    """The words for each failing cell; a value that fails often is looked up once."""

    def __init__(self, tables: Mapping[str, pl.DataFrame]) -> None:
        self._tables = tables
        self._said: dict[tuple[str, str, str, str], str] = {}
        self._codes: dict[str, dict[str, str]] = {}

    def of(self, rule: Rule, table: str, name: str, value: str | None) -> str:
        """What to do about a cell that breaks a rule: the rule's words in English, or more precise ones."""
        column = next((each for each in columns(table) if each.name == name), None)
        if column is None or value is None or rule.code not in ("V02", "V03"):
            return rule.en
        asked = (rule.code, table, name, value)
        if asked not in self._said:
            said = self._of_reference(column, value) if rule.code == "V02" else _of_value(column, value)
            self._said[asked] = said or rule.en
        return self._said[asked]

    def _of_reference(self, column: Column, value: str) -> str:
        if column.references is None:
            return ""
        table, _, name = column.references.partition(".")
        if column.references not in self._codes:
            known = self._tables[table][name].unique().drop_nulls().sort().to_list()
            self._codes[column.references] = {code.upper(): code for code in known}
        if near := _nearest(value, self._codes[column.references]):
            return f"not in {table}: did you mean {near!r}?"
        if table in GROUP_TABLES:
            return f"not in {table}: correct it, or send that row too"
        return f"not in {table}: correct it, or ask the office to add it"


def _of_value(column: Column, value: str) -> str:
    if column.values is not None:
        wrong = [part for part in value.split("|") if part not in column.values]
        if near := _nearest(wrong[0] if wrong else value, {code.upper(): code for code in column.values}):
            return f"not an allowed value: did you mean {near!r}?"
        listed = ", ".join(column.values[:_MOST]) + (" …" if len(column.values) > _MOST else "")
        return f"not an allowed value: the codes are {listed}"
    if column.form:
        return f"not an allowed code: {column.form.en}"
    if column.dtype == pl.String:
        return f"longer than {LONGEST_TEXT} characters: shorten it"
    if column.minimum is not None and column.maximum is not None:
        return f"outside its range: write a number from {column.minimum:g} to {column.maximum:g}"
    if column.minimum is not None:
        return f"outside its range: write a number of at least {column.minimum:g}"
    return f"outside its range: write a number of at most {column.maximum:g}" if column.maximum is not None else ""


def _nearest(value: str, codes: Mapping[str, str]) -> str:
    """The code that was probably meant; none when it is not clear."""
    folded: Iterable[str] = get_close_matches(value.upper().replace(" ", "_"), codes, n=1, cutoff=0.75)
    return next((codes[each] for each in folded), "")
