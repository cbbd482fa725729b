"""Figures: an indicator's answer as a frame, with its rows, chart and definition at hand."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from dashboards.answers import Answers
from dashboards.bench import layout
from dashboards.bench.brief import briefly
from dashboards.bench.definition import Definition
from dashboards.bench.marks import Marks
from dashboards.bench.static import MOST, svg
from dashboards.bench.words import both, column, member_names, number, say_both, selection_words, titles
from dashboards.formats import measure
from dashboards.notebook import prepare
from dashboards.text import say
from dashboards.theme import Language
from queries import Selection, Source, indicator
from queries.run import DIMENSIONS, dimensions

if TYPE_CHECKING:
    import holoviews as hv

SHOWN = 30
"""Rows of the table in a cell at most."""

FEW = 12
"""Rows up to which the table is open from the start."""

COUNTED = ("value", "numerator", "denominator", "n_missing", "maturity")


class Figures:
    """What `snapshot.indicator` gives. `frame` is the answer as Polars, exactly as `queries.run` gives it.

    Polars takes the object as it is (`pl.DataFrame(figures)`), `figures["value"]`, `len(figures)` and `figures.columns`
    are those of the frame; everything else of Polars is asked of `figures.frame`. As the last line of a cell it shows
    its chart, its table and its definition, in both languages.
    """

    def __init__(
        self, name: str, by: tuple[str, ...], of: str | None, source: Source, selection: Selection, language: Language
    ) -> None:
        self.definition = indicator(name, of)
        """The indicator as the catalogue has it."""
        self.by = dimensions(by, self.definition)
        """The dimensions asked for, in the order of the frame's columns."""
        self.of = of
        self.language = language
        self.selection = selection.resolve(source)
        """The selection with every end filled in."""
        self._answers = Answers(source, None, self.selection)
        self.frame: pl.DataFrame = self._answers.ask(name, *self.by, of=of)
        """One row per combination of `by`: the dimensions, value, numerator, denominator, n_missing, maturity."""

    @property
    def name(self) -> str:
        """The indicator's name."""
        return self.definition.name

    @property
    def columns(self) -> list[str]:
        """The columns of the frame."""
        return self.frame.columns

    @property
    def snapshot_id(self) -> str:
        """The snapshot the figures are of."""
        return self._answers.source.snapshot_id

    @briefly()
    def rows(self) -> pl.DataFrame:
        """The rows behind the figures: their numerator, denominator and is_missing add up to those of the figures."""
        return self._answers.rows(self.name, self.of)

    @briefly()
    def chart(self, language: Language | None = None) -> "hv.Overlay":
        """The figures as a HoloViews element: rows, a line over weeks, or a grid, by the number of dimensions.

        It is zero-based and sorted, the best first; a share has its 95 % interval; what is not complete is hollow or
        dashed. Every element carries value, numerator, denominator, n_missing and maturity.
        """
        prepare(again=False)
        from dashboards.bench.elements import element

        return element(self._marks if language in (None, self.language) else self._laid_out(language or "en"))

    @briefly()
    def why(self) -> Definition:
        """The definition in words and SQL, with the total of the selection."""
        total = self._answers.ask(self.name, of=self.of).row(0, named=True)
        return Definition(self.definition, total, self.selection, self.snapshot_id, self.language)

    def _laid_out(self, language: Language) -> Marks:
        return Marks.of(self.frame, self.definition, self.by, self._answers.source, language)

    @cached_property
    def _marks(self) -> Marks:
        return self._laid_out(self.language)

    def __len__(self) -> int:
        return self.frame.height

    def __getitem__(self, key: Any) -> Any:
        return self.frame[key]

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.frame.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        head = f"{titles(self.definition, self.language)} · {self.snapshot_id}"
        return f"{head}\n{selection_words(self.selection, self.language)}\n{self.frame}"

    def _repr_html_(self) -> str:
        """Chart, table and definition in both languages; static, no other host is asked for any of it."""
        languages, marks = both(self.language), self._marks
        questions = (str(getattr(self.definition, f"question_{language}")) for language in languages)
        chosen = (selection_words(self.selection, language) for language in languages)
        cut = marks.kind != "weeks" and marks.height > MOST
        drawn = (say(language, "bench.drawn", shown=MOST, n=marks.height) for language in languages if cut)
        legend = " · ".join(say_both(self.language, key) for key in marks.legend)
        return layout.block(
            layout.heading(titles(self.definition, self.language), f"{self.definition.id} · {self.snapshot_id}"),
            layout.line(*questions, *chosen),
            layout.picture(svg(marks), titles(self.definition, self.language)),
            layout.line(legend, *drawn),
            layout.folded(say_both(self.language, "bench.numbers"), self._table(), is_open=len(self) <= FEW),
            layout.folded(say_both(self.language, "bench.definition"), self.why().html()),
        )

    def _table(self) -> str:
        frame, unit = self.frame.head(SHOWN), self.definition.unit
        columns = [DIMENSIONS[each] for each in self.by]
        members = [member_names([name], frame, self._answers.source, self.language) for name in columns]
        heads = [
            " ".join(dict.fromkeys(column(name, each) for each in both(self.language))) for name in (*columns, *COUNTED)
        ]
        rows = []
        for place, row in enumerate(frame.iter_rows(named=True)):
            words = [say(each, row["maturity"] or "mature") for each in both(self.language)]
            figures = [measure(row["value"], unit), *(number(row[name]) for name in COUNTED[1:4]), " ".join(words)]
            rows.append([*(names[place] for names in members), *figures])
        numeric = range(len(columns), len(columns) + 4)
        more = [
            say(each, "bench.shown", shown=SHOWN, n=self.frame.height)
            for each in both(self.language)
            if self.frame.height > SHOWN
        ]
        return layout.table(heads, rows, numeric) + layout.line(*more)
