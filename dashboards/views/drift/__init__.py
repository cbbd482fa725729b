"""How decisions drift on their way down, and how they are rewritten meanwhile."""

from dashboards.views.drift.departed import Departed
from dashboards.views.drift.dilution import Dilution
from dashboards.views.drift.fates import ElementFates
from dashboards.views.drift.numbers import DriftNumbers
from dashboards.views.drift.retention import Retention
from dashboards.views.drift.rewritten import Rewritten
from dashboards.views.drift.shortfall import Shortfall
from dashboards.views.drift.slippage import Slippage

__all__ = [
    "Departed",
    "Dilution",
    "DriftNumbers",
    "ElementFates",
    "Retention",
    "Rewritten",
    "Shortfall",
    "Slippage",
]
