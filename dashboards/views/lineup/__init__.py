"""Which groups are behind, beyond luck."""

from dashboards.views.lineup.funnel import Funnel
from dashboards.views.lineup.load import Load
from dashboards.views.lineup.movement import Movement
from dashboards.views.lineup.ranks import Ranks
from dashboards.views.lineup.rates import GroupRates
from dashboards.views.lineup.shares import Shares
from dashboards.views.lineup.shrunk import Shrunk
from dashboards.views.lineup.standings import Standings
from dashboards.views.lineup.verdict import Verdict

__all__ = ["Funnel", "GroupRates", "Load", "Movement", "Ranks", "Shares", "Shrunk", "Standings", "Verdict"]
