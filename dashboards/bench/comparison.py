"""Two snapshots compared: what changed, in words and in frames, and why the headline figures moved."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboards.bench import layout
from dashboards.bench.asking import Names, Period, as_names, selected
from dashboards.bench.brief import briefly
from dashboards.bench.snapshot import OpenSnapshot
from dashboards.bench.words import both, say_both, title
from dashboards.formats import change, day, measure
from dashboards.text import say
from dashboards.theme import Language
from data.difference import KINDS, difference, summary
from data.telling import sentences
from queries import Cube, Selection, Source, indicator, moves
from queries.exceptions import SelectionError
from queries.moves import HEADLINE


class Comparison:
    """What `compare` gives: the way from one snapshot to a later one.

    `words` has sentences in both languages, by language. `frames` has by name: `changes` (one row per changed row and
    per restated cell, as `data.difference` gives it), `summary` (counted by group, table and kind), one of the kinds
    `new`, `learnt_late`, `closed`, `moved_on`, `restated`, `withdrawn`, `vanished` each, and `moves`. The changes are
    those of the whole snapshots; the moves are those of the selection.
    """

    def __init__(
        self, former: OpenSnapshot, latter: OpenSnapshot, selection: Selection, names: tuple[str, ...]
    ) -> None:
        self.former, self.latter, self.names = former, latter, names
        self.language: Language = latter.language
        self.selection = selection.resolve(latter.source)
        self.moves: pl.DataFrame = moves(former.source, latter.source, self.selection, names, ask=_of_cube)
        """Per indicator, for all and for each group: before, now, moved by news of old events and by new events."""
        before, after = (each.published.intact().tables() for each in (former, latter))
        changes = difference(before, after, former.known_on, latter.known_on)
        kinds = {kind: changes.filter(pl.col("kind") == kind) for kind in KINDS}
        self.frames: Mapping[str, pl.DataFrame] = {
            "changes": changes,
            "summary": summary(changes),
            **kinds,
            "moves": self.moves,
        }

    @property
    def words(self) -> dict[Language, list[str]]:
        """What changed, then how the headline figures moved and why: sentences by language."""
        return {language: self._told(language) for language in both(self.language)}

    def _told(self, language: Language) -> list[str]:
        head = say(
            language,
            "bench.compared",
            former=self.former.id,
            latter=self.latter.id,
            former_day=day(self.former.known_on, language),
            latter_day=day(self.latter.known_on, language),
        )
        return [
            head,
            *sentences(self.frames["changes"], language),
            *(self._moved(row, language) for row in self._whole()),
        ]

    def _whole(self) -> list[dict[str, Any]]:
        return self.moves.filter(pl.col("group_id").is_null()).to_dicts()

    def _moved(self, row: dict[str, Any], language: Language) -> str:
        unit, points = indicator(row["indicator"]).unit, say(language, "points")
        said = {"title": title(indicator(row["indicator"]), language), "now": measure(row["now"], unit)}
        if row["before"] is None or row["now"] is None:
            return say(language, "bench.uncompared", **said)
        then, before = row["then_known_now"], measure(row["before"], unit)
        old, new = change(then, row["before"], unit, points), change(row["now"], then, unit, points)
        if old == new == "±0" and before == said["now"]:
            return say(language, "bench.stayed", **said)
        return say(language, "bench.moved", before=before, old=old or "–", new=new or "–", **said)

    def __repr__(self) -> str:
        return "\n".join(self.words[self.language])

    def _repr_html_(self) -> str:
        """The sentences in both languages, the moves as a table."""
        told = [layout.listed(said[1:]) for said in self.words.values()]
        old, new = (say_both(self.language, key) for key in ("moves.by_old", "moves.by_new"))
        days = str(self.former.known_on), str(self.latter.known_on)
        heads = [say_both(self.language, "bench.indicator"), days[0], old, new, days[1]]
        rows = [self._row(row) for row in self._whole()]
        moved = layout.table(heads, rows, range(1, len(heads)))
        return layout.block(
            layout.heading(f"{self.former.known_on} → {self.latter.known_on}"),
            layout.line(*(said[0] for said in self.words.values())),
            moved,
            layout.aside(*told),
        )

    def _row(self, row: dict[str, Any]) -> list[str]:
        defined = indicator(row["indicator"])
        points, then = say(self.language, "points"), row["then_known_now"]
        return [
            " · ".join(title(defined, language) for language in both(self.language)),
            measure(row["before"], defined.unit),
            change(then, row["before"], defined.unit, points) or "–",
            change(row["now"], then, defined.unit, points) or "–",
            measure(row["now"], defined.unit),
        ]


@briefly()
def compare(
    former: OpenSnapshot,
    latter: OpenSnapshot,
    names: Names = HEADLINE,
    *,
    groups: Names = (),
    unit_types: Names = (),
    period: Period | None = None,
) -> Comparison:
    """The way from one snapshot to a later one: what is new, closed, restated, learnt late or gone, and what it moved.

    `names` are the indicators whose moves are told, the Overview's without it; groups, unit types and period select as
    in `snapshot.indicator`. SelectionError when the former is the later one, UnknownNameError for a name.
    """
    if former.known_on > latter.known_on:
        raise SelectionError(
            f"{former.id} is later than {latter.id}: give the earlier snapshot first, compare(data[-2], data[-1])."
        )
    listed = as_names(names)
    for name in listed:
        indicator(name)
    selection = selected(latter.source.extent, groups, unit_types, period, None)
    return Comparison(former, latter, selection, listed)


def _of_cube(name: str, source: Source, selection: Selection, by: tuple[str, ...]) -> pl.DataFrame:
    return Cube.of(source, selection.events_until).answer(name, selection, by)
