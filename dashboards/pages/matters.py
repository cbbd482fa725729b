"""What is stuck where, and what was done about it."""

from dashboards.pages.base import Page
from dashboards.views.drift import (
    Departed,
    Dilution,
    DriftNumbers,
    ElementFates,
    Retention,
    Rewritten,
    Shortfall,
    Slippage,
)
from dashboards.views.matters import (
    EscalationLadder,
    HoldersAtRisk,
    LevelCascade,
    MatterLights,
    MatterList,
    MatterShares,
    MattersVerdict,
    OpenShare,
    PassedOn,
    StallHolders,
    StallLevels,
)


class Matters(Page):
    """The supervised matters: lights and slips, the register, where they stall, how far they came down."""

    name_key = "page.matters"
    kinds = (
        *(MattersVerdict, MatterLights, MatterList, MatterShares),
        *("matters.stuck", StallLevels, OpenShare, HoldersAtRisk, StallHolders, PassedOn),
        *("matters.pressed", EscalationLadder, LevelCascade),
        *("drift", DriftNumbers, Retention, ElementFates, Dilution, Shortfall, Slippage, Departed, Rewritten),
    )
