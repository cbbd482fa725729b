"""The filter changes of a run, and what a page must show after each: never the same selection twice."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from answers import Asker

from dashboards.formats import percent


@dataclass(frozen=True)
class Chip:
    """One value of a filter that can be switched on and off."""

    kind: Literal["groups", "types"]
    value: str


@dataclass(frozen=True)
class Chosen:
    """The values that are switched on, in the filters' own order; none means all."""

    groups: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Expected:
    """What is on the page then: figures, the table's first and last row (name, completion), its number of rows."""

    kpis: tuple[str, ...]
    first: tuple[str, str]
    last: tuple[str, str]
    count: int
    stamp: str
    drawn: bool = True

    def as_dict(self) -> dict[str, Any]:
        """For the probe in the page."""
        return asdict(self)


@dataclass(frozen=True)
class Step:
    """A chip to press, the selection it leads to, and what is to be seen."""

    chip: Chip
    chosen: Chosen
    expected: Expected


def switched(chosen: Chosen, chip: Chip, chips: Sequence[Chip]) -> Chosen:
    """The selection after a chip is pressed."""
    values = set(getattr(chosen, chip.kind)) ^ {chip.value}
    ordered = tuple(one.value for one in chips if one.kind == chip.kind and one.value in values)
    return replace(chosen, **{chip.kind: ordered})


class Selections:
    """Random walks over the filters of one source; a selection once used is never used again."""

    def __init__(self, asker: Asker, seed: int = 2014) -> None:
        self._asker = asker
        self._random = random.Random(seed)
        extent = asker.source.extent
        self.chips = [Chip("groups", one) for one in extent.groups] + [Chip("types", one) for one in extent.unit_types]
        self._firsts = self._shuffled_firsts()
        self._seen: set[Chosen] = set()

    def start(self) -> Expected:
        """What a page shows when nothing is chosen."""
        return self.expected(Chosen())

    def walk(self, steps: int) -> list[Step]:
        """Changes one after another from the page as it is loaded; the first one differs from walk to walk."""
        walked: list[Step] = []
        chosen, before = Chosen(), self.start()
        while len(walked) < steps:
            chip = self._random.choice(self.chips) if walked else next(self._firsts)
            then = switched(chosen, chip, self.chips)
            if then == Chosen() or (walked and then in self._seen):
                continue
            expected = self.expected(then)
            if expected.count == 0 or expected.kpis == before.kpis:
                continue
            expected = replace(expected, drawn=expected.first[0] != before.first[0])
            self._seen.add(then)
            walked.append(Step(chip, then, expected))
            chosen, before = then, expected
        return walked

    def _shuffled_firsts(self) -> Iterator[Chip]:
        while True:
            yield from self._random.sample(self.chips, len(self.chips))

    def expected(self, chosen: Chosen) -> Expected:
        """What a page shows for these values."""
        weeks = (1, self._asker.last_week)
        answers = self._asker.answers(chosen.groups, chosen.types, weeks)
        table = [(name, percent(share)) for name, share in answers.units.select("name_en", "completion").iter_rows()]
        nothing = ("", "")
        return Expected(
            kpis=tuple(answers.kpis.values()),
            first=table[0] if table else nothing,
            last=table[-1] if table else nothing,
            count=len(table),
            stamp=f"group={','.join(chosen.groups)};type={','.join(chosen.types)};weeks={weeks[0]}-{weeks[1]};",
        )
