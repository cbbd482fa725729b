"""All units, and everything about one unit or one group."""

from dashboards.views.units.facts import Facts
from dashboards.views.units.group import GroupFacts, GroupShares
from dashboards.views.units.listed import Units
from dashboards.views.units.records import Actions, Found, Inspected, LeftOut, Visited

__all__ = ["Actions", "Facts", "Found", "GroupFacts", "GroupShares", "Inspected", "LeftOut", "Units", "Visited"]
