"""Why a figure is what it is: its definition in words and SQL, what it counts, of which snapshot and selection."""

from dataclasses import dataclass
from typing import Any

from dashboards.bench import layout
from dashboards.bench.words import both, say_both, selection_words, titles, value_words
from dashboards.formats import esc
from dashboards.text import say
from dashboards.theme import Language
from queries import Indicator, Selection
from queries.run import GRID

WORDS = ("question", "numerator", "denominator", "missing")


def dimensions(defined: Indicator) -> tuple[str, ...]:
    """What an indicator can be asked by."""
    grid = tuple(each for each in GRID if not defined.over or each not in ("group", "unit"))
    return (*grid, *defined.dimensions)


def told(defined: Indicator, language: Language) -> dict[str, str]:
    """The definition in one language: what is told, by what it is called."""
    better = say(language, f"bench.direction.{defined.direction}")
    return {
        **{say(language, f"why.{word}"): str(getattr(defined, f"{word}_{language}")) for word in WORDS},
        say(language, "bench.unit"): say(language, f"unit.{defined.unit}"),
        say(language, "bench.direction"): better,
        say(language, "bench.dimensions"): ", ".join(dimensions(defined)),
        say(language, "bench.reference"): defined.reference,
    }


def docstring(defined: Indicator) -> str:
    """The definition as the docstring of a callable, in both languages."""
    lines = [f"{defined.id} {defined.name}: {titles(defined, 'en')}"]
    for language in both("en"):
        lines += ["", *(f"{label}: {text}" for label, text in told(defined, language).items())]
    example = dimensions(defined)[0]
    return "\n".join([*lines, "", f"Arguments as `snapshot.indicator` takes them, for example by={example!r}."])


@dataclass(frozen=True)
class Definition:
    """What `figures.why()` gives: one indicator, its total over the selection, and where that comes from.

    `total` is the one row of the answer over all: value, numerator, denominator, n_missing, maturity. `words` has the
    same in both languages, by language and label.
    """

    indicator: Indicator
    total: dict[str, Any]
    selection: Selection
    snapshot_id: str
    language: Language = "en"

    @property
    def name(self) -> str:
        """The indicator's name."""
        return self.indicator.name

    @property
    def sql(self) -> str:
        """The SQL of what is counted, with its header; `snapshot.sql` runs SQL of your own."""
        return self.indicator.sql

    @property
    def words(self) -> dict[Language, dict[str, str]]:
        """Definition, value, exclusions, snapshot and selection in words, by language and label."""
        return {language: self._told(language) for language in both(self.language)}

    def _told(self, language: Language) -> dict[str, str]:
        missing = say(language, "bench.n_missing")
        return {
            **told(self.indicator, language),
            say(language, "bench.value"): value_words(self.total, self.indicator, language),
            missing: str(self.total["n_missing"]),
            say(language, "bench.maturity"): say(language, self.total["maturity"] or "mature"),
            say(language, "bench.snapshot"): self.snapshot_id,
            say(language, "why.selection"): selection_words(self.selection, language),
        }

    def __repr__(self) -> str:
        heads = [titles(self.indicator, self.language), f"{self.indicator.id} {self.name}"]
        for words in self.words.values():
            heads += ["", *(f"{label}: {text}" for label, text in words.items())]
        return "\n".join([*heads, "", self.sql])

    def _repr_html_(self) -> str:
        """The definition in both languages, the SQL below."""
        return layout.block(layout.heading(titles(self.indicator, self.language), self.indicator.id), self.html())

    def html(self) -> str:
        """The definition without a heading."""
        parts = [layout.terms(words, language) for language, words in self.words.items()]
        sql = f"<pre style='white-space:pre-wrap;font-size:12px'>{esc(self.sql)}</pre>"
        return layout.aside(*parts) + layout.folded(say_both(self.language, "why.sql"), sql)
