"""One page a file: each composes views over one store."""

from dashboards.pages.lineup import LineUp
from dashboards.pages.overview import Overview
from dashboards.pages.plan import Plan
from dashboards.pages.refresh import Refresh
from dashboards.pages.unit import Unit

__all__ = ["LineUp", "Overview", "Plan", "Refresh", "Unit"]
