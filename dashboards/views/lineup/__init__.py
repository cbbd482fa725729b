"""Which groups are behind, beyond luck."""

from dashboards.views.lineup.exposure import Exposure
from dashboards.views.lineup.funnel import Funnel
from dashboards.views.lineup.movement import Movement
from dashboards.views.lineup.ranks import Ranks
from dashboards.views.lineup.rates import GroupRates
from dashboards.views.lineup.shares import Shares
from dashboards.views.lineup.shrunk import Shrunk
from dashboards.views.lineup.standings import Standings
from dashboards.views.lineup.verdict import Verdict

__all__ = ["Exposure", "Funnel", "GroupRates", "Movement", "Ranks", "Shares", "Shrunk", "Standings", "Verdict"]
