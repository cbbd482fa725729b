"""The catalogue of indicators as attributes: completed by the Tab key, each callable, each with its definition."""

from collections.abc import Callable, Iterator
from typing import Any

import polars as pl

from dashboards.bench import layout
from dashboards.bench.asking import Day, Names, Period
from dashboards.bench.brief import brief, briefly
from dashboards.bench.definition import dimensions, docstring, told
from dashboards.bench.figures import Figures
from dashboards.bench.words import both, say_both, titles
from dashboards.text import say
from dashboards.theme import Language
from queries import Indicator, indicator, indicators
from queries.exceptions import suggestion

Ask = Callable[..., Figures]


class Entry:
    """One indicator: called it gives its figures, asked for help it tells its definition."""

    def __init__(self, defined: Indicator, ask: Ask, language: Language) -> None:
        self.definition = defined
        self._ask, self._language = ask, language
        self.__name__ = defined.name
        self.__doc__ = docstring(defined)

    def __call__(
        self,
        by: Names = (),
        *,
        groups: Names = (),
        unit_types: Names = (),
        period: Period | None = None,
        events_until: Day | None = None,
        known_on: Day | None = None,
        of: str | None = None,
    ) -> Figures:
        """The figures of the indicator, as `snapshot.indicator` gives them."""
        return self._ask(
            self.definition.name,
            by,
            groups=groups,
            unit_types=unit_types,
            period=period,
            events_until=events_until,
            known_on=known_on,
            of=of,
        )

    def __repr__(self) -> str:
        return f"{self.definition.id} {self.definition.name}: {titles(self.definition, self._language)}"

    def _repr_html_(self) -> str:
        """The definition in both languages."""
        parts = [layout.terms(told(self.definition, language), language) for language in both(self._language)]
        head = layout.heading(titles(self.definition, self._language), f"{self.definition.id} {self.definition.name}")
        return layout.block(head, layout.aside(*parts))


class Catalogue:
    """Every indicator: `indicators.on_time_rate(by="group")`, or by name, `indicators["on_time_rate"]`.

    It iterates over the names, ordered by id; `indicators.frame` is the catalogue as Polars.
    """

    def __init__(self, ask: Ask, language: Language) -> None:
        self._language = language
        self._entries = {name: Entry(defined, ask, language) for name, defined in indicators().items()}
        self.__dict__.update(self._entries)

    @property
    def frame(self) -> pl.DataFrame:
        """One row per indicator: id, name, titles and questions in both languages, unit, direction, dimensions."""
        fields = ("id", "name", "title_zh", "title_en", "question_zh", "question_en", "unit", "direction")
        found = [each.definition for each in self._entries.values()]
        columns: dict[str, Any] = {field: [getattr(each, field) for each in found] for field in fields}
        return pl.DataFrame(columns | {"dimensions": [list(dimensions(each)) for each in found]})

    @briefly()
    def __getitem__(self, name: str) -> Entry:
        return self._entries[indicator(name).name]

    def __getattr__(self, name: str) -> Entry:
        entries = self.__dict__.get("_entries", {})
        raise brief(AttributeError(f"unknown indicator {name!r}.{suggestion(name, entries)}"))

    def __dir__(self) -> list[str]:
        return [*self._entries, "frame"]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __repr__(self) -> str:
        return "\n".join(repr(entry) for entry in self._entries.values())

    def _ipython_key_completions_(self) -> list[str]:
        return list(self._entries)

    def _repr_html_(self) -> str:
        """The catalogue as a table, questions in both languages."""
        heads = [
            say_both(self._language, key) for key in ("bench.id", "bench.indicator", "bench.question", "bench.unit")
        ]
        rows = []
        for entry in self._entries.values():
            defined = entry.definition
            asked = " ".join(str(getattr(defined, f"question_{language}")) for language in both(self._language))
            rows.append([defined.id, defined.name, asked, say(self._language, f"unit.{defined.unit}")])
        return layout.block(layout.table(heads, rows))
