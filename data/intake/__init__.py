"""Taking in the files of a week: reading them strictly, and saying exactly what is wrong with them."""

from data.intake.child import Child, Reader
from data.intake.failures import FAILURES, Failure, failure_frame
from data.intake.folder import Received, read_folder
from data.intake.reading import Here
from data.intake.sheet import Limits, Places, UnreadableError
from data.intake.tables import Table, read_table
from data.intake.workbook import Workbook, read_workbook

__all__ = [
    "FAILURES",
    "Child",
    "Failure",
    "Here",
    "Limits",
    "Places",
    "Reader",
    "Received",
    "Table",
    "UnreadableError",
    "Workbook",
    "failure_frame",
    "read_folder",
    "read_table",
    "read_workbook",
]
