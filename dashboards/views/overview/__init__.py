"""Where do we stand, what changed, what next."""

from dashboards.views.overview.headline import Headline
from dashboards.views.overview.kpis import Kpis

__all__ = ["Headline", "Kpis"]
