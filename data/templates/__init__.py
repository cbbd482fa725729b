"""The empty workbooks that groups and the office fill in each week."""

from data.templates.choices import Choice, choices
from data.templates.writing import Origin, write_templates, write_workbook

__all__ = ["Choice", "Origin", "choices", "write_templates", "write_workbook"]
