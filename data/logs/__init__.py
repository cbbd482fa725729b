"""Event logs of other systems: cases that were handed between bodies, taken in as matters and their steps."""

from data.logs.activities import NAMES, TYPES, types_of
from data.logs.importing import Imported, import_log
from data.logs.reading import LOG_LIMITS, Columns
from data.logs.tables import IMPORTED, NO_HOLDER

__all__ = [
    "IMPORTED",
    "LOG_LIMITS",
    "NAMES",
    "NO_HOLDER",
    "TYPES",
    "Columns",
    "Imported",
    "import_log",
    "types_of",
]
