"""Found, mended, stayed mended."""

from dashboards.views.problems.ages import OpenAges
from dashboards.views.problems.categories import ByCategory
from dashboards.views.problems.figures import ProblemFigures
from dashboards.views.problems.flow import ProblemFlow
from dashboards.views.problems.groups import RectifiedGroups
from dashboards.views.problems.listed import ProblemList
from dashboards.views.problems.recurrence import Recurrence
from dashboards.views.problems.stock import ProblemStock
from dashboards.views.problems.verdict import ProblemsVerdict

__all__ = [
    "ByCategory",
    "OpenAges",
    "ProblemFigures",
    "ProblemFlow",
    "ProblemList",
    "ProblemStock",
    "ProblemsVerdict",
    "RectifiedGroups",
    "Recurrence",
]
