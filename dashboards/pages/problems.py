"""Found, mended, stayed mended."""

from dashboards.pages.base import Page
from dashboards.views.problems import (
    ByCategory,
    OpenAges,
    ProblemFigures,
    ProblemFlow,
    ProblemList,
    ProblemStock,
    ProblemsVerdict,
    RectifiedGroups,
    Recurrence,
)


class Problems(Page):
    """What became of the problems found: closed, come back, still open and for how long, by category and group."""

    name_key = "page.problems"
    kinds = (
        ProblemsVerdict,
        ProblemFigures,
        ProblemFlow,
        OpenAges,
        ByCategory,
        ProblemStock,
        Recurrence,
        RectifiedGroups,
        ProblemList,
    )
