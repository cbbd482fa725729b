"""The steward's desk: is this week's data fit to publish."""

from dashboards.views.desk.difference import Difference
from dashboards.views.desk.gate import Gate
from dashboards.views.desk.inbox import Inbox
from dashboards.views.desk.ledger import Ledger
from dashboards.views.desk.moves import Moves
from dashboards.views.desk.week import Week

__all__ = ["Difference", "Gate", "Inbox", "Ledger", "Moves", "Week"]
