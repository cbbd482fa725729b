"""Statistics over frames of counts."""

from queries.statistics.balance import balance
from queries.statistics.exposure import exposure_rate, indirect_standardisation
from queries.statistics.funnel import funnel, funnel_curve
from queries.statistics.intervals import clopper_pearson, control_limits, rate_interval, wilson
from queries.statistics.ranks import rank_intervals
from queries.statistics.shrinkage import shrink_rates, shrink_shares

__all__ = [
    "balance",
    "clopper_pearson",
    "control_limits",
    "exposure_rate",
    "funnel",
    "funnel_curve",
    "indirect_standardisation",
    "rank_intervals",
    "rate_interval",
    "shrink_rates",
    "shrink_shares",
    "wilson",
]
