"""What is asked of a snapshot: selections, a locked source, the catalogue of indicators and their answers."""

from queries.catalog import Indicator, indicator, indicators
from queries.clocks import known_growth, late_facts, maturity, rank_until
from queries.cube import Cube
from queries.exceptions import QueryError
from queries.held import held_of_day, held_rows
from queries.moves import moves
from queries.naming import dimension
from queries.news import work_and_news
from queries.outcomes import outcomes
from queries.own import take_in
from queries.problems import problems
from queries.run import rows, run
from queries.scope import Scope
from queries.selection import Selection
from queries.source import Source, open_source
from queries.states import states

__all__ = [
    "Cube",
    "Indicator",
    "QueryError",
    "Scope",
    "Selection",
    "Source",
    "dimension",
    "held_of_day",
    "held_rows",
    "indicator",
    "indicators",
    "known_growth",
    "late_facts",
    "maturity",
    "moves",
    "open_source",
    "outcomes",
    "problems",
    "rank_until",
    "rows",
    "run",
    "states",
    "take_in",
    "work_and_news",
]
