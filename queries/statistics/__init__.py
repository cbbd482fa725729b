"""Statistics over frames of counts, matters and reports."""

from queries.statistics.acceptability import rank_acceptability
from queries.statistics.balance import balance
from queries.statistics.discovery import adjust, worse_than_county
from queries.statistics.exposure import exposure_rate, indirect_standardisation
from queries.statistics.funnel import funnel, funnel_curve
from queries.statistics.intervals import clopper_pearson, control_limits, rate_interval, wilson
from queries.statistics.means import mean_interval
from queries.statistics.nowcast import nowcast, reporting_triangle
from queries.statistics.ranks import rank_intervals
from queries.statistics.shrinkage import shrink_rates, shrink_shares
from queries.statistics.survival import competing_ends, log_rank, restricted_mean, share_open
from queries.statistics.watches import (
    deadline_moves,
    due_day_bunching,
    eve_bursts,
    perfect_without_evidence,
    uniform_scores,
)

__all__ = [
    "adjust",
    "balance",
    "clopper_pearson",
    "competing_ends",
    "control_limits",
    "deadline_moves",
    "due_day_bunching",
    "eve_bursts",
    "exposure_rate",
    "funnel",
    "funnel_curve",
    "indirect_standardisation",
    "log_rank",
    "mean_interval",
    "nowcast",
    "perfect_without_evidence",
    "rank_acceptability",
    "rank_intervals",
    "rate_interval",
    "reporting_triangle",
    "restricted_mean",
    "share_open",
    "shrink_rates",
    "shrink_shares",
    "uniform_scores",
    "wilson",
    "worse_than_county",
]
