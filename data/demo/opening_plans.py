"""How many and which units of each group lag before the meeting of mid-April (the figures of domain.md 6.3).

Units of a group stand in the order of their mobilisation meetings, and positions count from the last one: position 0 is
the unit that lags most.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Plan:
    """What one group's units do before 13 April.

    `meetings` are the March days of the mobilisation meetings; `missing` counts the last units that have not done an
    action; `late`, `altered` (late, and after the action that had to wait for it) and `unseen` (done, but not known on
    13 April) are positions; `held_back` meetings of 21 March missed that week's report; the last `confirmed` units are
    known not to have done the second topic.
    """

    meetings: tuple[int, ...]
    missing: Mapping[str, int] = field(default_factory=dict)
    late: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    altered: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    unseen: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    held_back: int = 0
    confirmed: int = 0


PLANS: Final[Mapping[str, Plan]] = MappingProxyType(
    {
        "T1": Plan((17, 18, 19, 20, 21), late={"A12": (0,)}, unseen={"A13": (4,)}),
        "T2": Plan((18, 19, 20, 24), late={"A02": (0,)}, unseen={"A13": (3,)}),
        "T3": Plan(
            (24, 24, 25, 25),
            missing={"A11": 1, "A12": 2, "A13": 3},
            late={"A01": (2,), "A02": (1,), "A03": (0,), "A06": (0, 1), "A11": (1, 2), "A12": (2,)},
            altered={"A03": (0,)},
            confirmed=1,
        ),
        "T4": Plan((18, 19, 24, 25), late={"A12": (0,)}, unseen={"A12": (0, 1), "A13": (0, 1, 2, 3)}),
        "C1": Plan(
            (24,) * 7 + (25,) * 6,
            missing={"A06": 2, "A11": 3, "A12": 7, "A13": 9},
            late={
                "A01": (2, 6),
                "A02": (1, 2, 4, 5),
                "A03": (0, 1, 2, 3),
                "A06": (2, 3, 4, 5, 6, 7),
                "A11": (3, 4, 5, 6, 7, 8),
                "A12": (7, 8, 9, 10),
            },
            altered={"A03": (0, 1, 2)},
            unseen={"A13": (12,)},
            confirmed=4,
        ),
        "C2": Plan(
            (17, 17, 17, 21, 21, 21, 21, 24, 24, 24, 24, 24, 25),
            late={"A02": (2,), "A12": (0, 1)},
            unseen={"A12": tuple(range(8)), "A13": tuple(range(13))},
        ),
        "C3": Plan(
            (19, 20, 20, 21, 21, 21, 21, 24, 24, 24, 24, 25, 25),
            missing={"A11": 1, "A12": 1, "A13": 3},
            late={"A02": (1,), "A03": (0,), "A06": (1,), "A11": (2,), "A12": (1, 2)},
            altered={"A02": (1,), "A03": (0,)},
            unseen={"A13": (12,)},
            held_back=2,
        ),
        "C4": Plan(
            (17, 18, 18, 19, 19, 20, 20, 21, 21, 24, 24, 24, 25),
            missing={"A13": 1},
            late={"A02": (0,), "A12": (1, 2)},
            unseen={"A13": (11, 12)},
        ),
        "C5": Plan(
            (18, 19, 19, 20, 20, 21, 21, 21, 21, 24, 24, 24, 25),
            late={"A01": (2,), "A11": (1,), "A12": (0,)},
            unseen={"A13": (11, 12)},
            held_back=2,
        ),
        "C6": Plan(
            (18, 19, 19, 20, 20, 21, 21, 21, 21, 21, 21, 24, 24, 24, 24, 24, 24, 24, 25, 25, 25),
            missing={"A06": 1, "A13": 1},
            late={"A02": (1,), "A06": (1,), "A11": (0, 1), "A12": (0,)},
            unseen={"A13": (17, 18, 19, 20)},
            held_back=3,
        ),
    }
)
