"""Words of the bench in both languages: members of a dimension, a selection, a value."""

from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from dashboards.formats import day, measure, names
from dashboards.text import known, say
from dashboards.theme import LANGUAGES, Language
from data.schemas import column_named
from data.schemas.labels import labels
from queries import Indicator, Selection, Source, dimension

NAMED: Final = {"unit_id": "units", "action_code": "actions"}
FAMILIES: Final = {"unit_type": "type", "level": "level", "category": "category", "aspect": "aspect", "state": "state"}


def both(language: Language) -> tuple[Language, Language]:
    """Both languages, this one first."""
    first, second = LANGUAGES
    return (first, second) if language == first else (second, first)


def say_both(language: Language, key: str) -> str:
    """A message in both languages, side by side; once where they are the same."""
    return " ".join(dict.fromkeys(say(each, key) for each in both(language)))


def title(defined: Indicator, language: Language) -> str:
    """The indicator's title."""
    return str(getattr(defined, f"title_{language}"))


def titles(defined: Indicator, language: Language) -> str:
    """The indicator's title in both languages."""
    return " · ".join(title(defined, each) for each in both(language))


def column(name: str, language: Language) -> str:
    """A column of figures as people call it; by its own name where nobody named it."""
    if found := known(language, f"bench.{name}") or known(language, f"column.{name}"):
        return found
    described = column_named(name)
    return name if described is None else described.zh if language == "zh" else described.en


def member(name: str, value: Any, source: Source, language: Language) -> str:
    """A member of a dimension in words, by the column that holds it; what belongs to none is said to."""
    if value is None:
        return f"{say(language, 'bench.none')} ({column(name, language)})"
    if name == "week":
        return say(language, "week", week=value)
    if name == "body_id":
        return _names(source.table("bodies"), language).get(value, value)
    if name in NAMED:
        return _names(dimension(NAMED[name], source), language).get(value, str(value))
    if name == "stage":
        chinese, english = labels("stages", "stage").get(value, (value, value))
        return f"{value} {chinese if language == 'zh' else english}"
    return known(language, f"{FAMILIES.get(name, name)}.{value}") or str(value)


def member_names(columns: Sequence[str], frame: pl.DataFrame, source: Source, language: Language) -> list[str]:
    """The members of every row in words; the whole where nothing is told apart."""
    if not columns:
        return [say(language, "bench.all")] * frame.height
    told = [
        {value: member(name, value, source, language) for value in frame[name].unique().to_list()} for name in columns
    ]
    values = zip(*(frame[name].to_list() for name in columns), strict=True)
    return [" · ".join(words[value] for words, value in zip(told, row, strict=True)) for row in values]


def number(value: float | None) -> str:
    """A count, with one decimal where it is not whole; a dash for none."""
    return "–" if value is None else f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def selection_words(selection: Selection, language: Language) -> str:
    """A resolved selection in one line."""
    kinds = [known(language, f"type.{kind}") or kind for kind in selection.unit_types]
    first, last = selection.period or (1, 1)
    groups = say(language, "selection.groups", groups=names(selection.groups, language))
    parts = [
        groups if selection.groups else say(language, "selection.groups.all"),
        say(language, "selection.types", types=names(kinds, language)) if kinds else None,
        None if kinds else say(language, "selection.types.all"),
        say(language, "weeks", first=first, last=last),
        say(language, "until", day=day(selection.events_until, language)),
    ]
    return " · ".join(part for part in parts if part)


def value_words(row: dict[str, Any], defined: Indicator, language: Language) -> str:
    """A figure with what it is made of: 95.3% = 141 of 148."""
    return say(
        language,
        "bench.part",
        value=measure(row["value"], defined.unit),
        numerator=number(row["numerator"]),
        denominator=number(row["denominator"]),
    )


def _names(frame: pl.DataFrame, language: Language) -> dict[str, str]:
    return dict(zip(frame[frame.columns[0]].to_list(), frame[f"name_{language}"].to_list(), strict=True))
