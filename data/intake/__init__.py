"""Taking in the files of a week: reading them strictly, and saying exactly what is wrong with them."""

from data.intake.failures import FAILURES, Failure, failure_frame
from data.intake.folder import Received, read_folder, read_table
from data.intake.sheet import Limits, Places, UnreadableError

__all__ = [
    "FAILURES",
    "Failure",
    "Limits",
    "Places",
    "Received",
    "UnreadableError",
    "failure_frame",
    "read_folder",
    "read_table",
]
