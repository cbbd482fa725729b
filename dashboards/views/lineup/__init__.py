"""Which groups are behind, beyond luck."""

from dashboards.views.lineup.funnel import GroupFunnel
from dashboards.views.lineup.load import GroupLoad
from dashboards.views.lineup.movement import GroupMovement
from dashboards.views.lineup.ranks import GroupRanks
from dashboards.views.lineup.rates import GroupRates
from dashboards.views.lineup.shares import ShareButtons
from dashboards.views.lineup.shrunk import ShrunkRates
from dashboards.views.lineup.standings import Standings
from dashboards.views.lineup.verdict import LineUpVerdict

__all__ = [
    "GroupFunnel",
    "GroupLoad",
    "GroupMovement",
    "GroupRanks",
    "GroupRates",
    "LineUpVerdict",
    "ShareButtons",
    "ShrunkRates",
    "Standings",
]
