"""Where do we stand, what changed, what next."""

from dashboards.views.overview.changes import Changes
from dashboards.views.overview.drivers import Drivers
from dashboards.views.overview.encourage import Encourage
from dashboards.views.overview.forward import Forward
from dashboards.views.overview.headline import Headline
from dashboards.views.overview.kpis import Kpis
from dashboards.views.overview.press import Press

__all__ = ["Changes", "Drivers", "Encourage", "Forward", "Headline", "Kpis", "Press"]
