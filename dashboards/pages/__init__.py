"""One page a file: each composes views over one store."""

from dashboards.pages.appraisal import Appraisal
from dashboards.pages.conference import Conference
from dashboards.pages.group import Group
from dashboards.pages.lineup import LineUp
from dashboards.pages.matter import Matter
from dashboards.pages.matters import Matters
from dashboards.pages.overview import Overview
from dashboards.pages.plan import Plan
from dashboards.pages.problems import Problems
from dashboards.pages.refresh import Refresh
from dashboards.pages.reporting import Reporting
from dashboards.pages.standards import Standards
from dashboards.pages.unit import Unit
from dashboards.pages.visits import Visits

__all__ = [
    "Appraisal",
    "Conference",
    "Group",
    "LineUp",
    "Matter",
    "Matters",
    "Overview",
    "Plan",
    "Problems",
    "Refresh",
    "Reporting",
    "Standards",
    "Unit",
    "Visits",
]
