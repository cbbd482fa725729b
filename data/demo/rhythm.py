"""How often each group goes out, week by week, and how much it asks there (the second weakness of the county)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from data.demo.calendar import week_days
from data.demo.chance import chance
from data.demo.groups import GROUP_SIZES

OPENING_WEEKS: Final = 5


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Units visited in each of the first five weeks, later shares of units, silent weeks, talks a visit.

    `seed` and `scatter` pick the opening schedule whose gaps between visits come closest to those wanted; the last
    `unseen` visits of these weeks are reported only after 13 April.
    """

    opening: tuple[int, ...]
    shares: tuple[tuple[int, float], ...]
    seed: int
    unseen: int
    silent: tuple[int, ...] = ()
    scatter: float = 1.4
    talks: tuple[tuple[int, float], ...] = ((1, 2.0),)


STEADY: Final = ((6, 0.60), (15, 0.66), (25, 0.60))
RHYTHMS: Final = {
    "T1": Rhythm((5,) * 5, ((6, 0.95),), 12611, 0),
    "T2": Rhythm((4,) * 5, ((6, 0.92),), 1376, 0),
    "T3": Rhythm((2, 1, 1, 1, 1), ((6, 0.3), (13, 0.6), (18, 0.85)), 3223, 0, talks=((1, 1.0), (14, 2.0))),
    "T4": Rhythm((4,) * 5, ((6, 0.95),), 214, 4),
    "C1": Rhythm((4, 3, 3, 3, 1), ((6, 0.22), (11, 0.34), (17, 0.48), (23, 0.58)), 177, 0, talks=((1, 1.0), (12, 2.0))),
    "C2": Rhythm((8, 8, 8, 8, 7), STEADY, 2529, 9, scatter=4.0),
    "C3": Rhythm(
        (6, 5, 3, 0, 0),
        ((6, 0.28), (16, 0.36), (24, 0.2)),
        0,
        0,
        silent=(8, 9, 13, 14, 20, 21, 26, 27, 29),
        talks=((1, 3 / 7), (16, 1.0)),
    ),
    "C4": Rhythm((8, 8, 8, 8, 7), STEADY, 61351, 0, scatter=5.0),
    "C5": Rhythm((8, 8, 8, 8, 7), STEADY, 20381, 1, scatter=4.0),
    "C6": Rhythm((13, 13, 13, 12, 12), STEADY, 14, 1),
}


def visits_wanted(group_id: str, week: int) -> int:
    """How many units a group visits in a campaign week; short weeks have fewer."""
    rhythm = RHYTHMS[group_id]
    if week <= OPENING_WEEKS:
        return rhythm.opening[week - 1]
    if week in rhythm.silent:
        return 0
    share = [share for first, share in rhythm.shares if week >= first][-1]
    exact = GROUP_SIZES[group_id] * share * min(1.0, len(week_days(week)) / 5)
    return int(exact + chance("visits", group_id, week))


def talks_per_visit(group_id: str, week: int) -> float:
    """The mean number of talks in one visit of a group in a week."""
    return [mean for first, mean in RHYTHMS[group_id].talks if week >= first][-1]
