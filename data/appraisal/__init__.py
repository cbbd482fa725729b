"""The rules of the coursework mark: the file people read and write, and the form in which a term's rules are frozen."""

from data.appraisal.frozen import Frozen, RuleInForce, frozen, term_days
from data.appraisal.rulebook import Rulebook, RulebookError, read_rulebook, shipped

__all__ = [
    "Frozen",
    "RuleInForce",
    "Rulebook",
    "RulebookError",
    "frozen",
    "read_rulebook",
    "shipped",
    "term_days",
]
