"""All units, and everything about one."""

from dashboards.views.units.dossier import Actions, Facts, Visited
from dashboards.views.units.listed import Units

__all__ = ["Actions", "Facts", "Units", "Visited"]
