"""A served page handed to an analyst as a notebook: its selection, itself live, and every query it asks."""

from dashboards.transcript.written import transcript

__all__ = ["transcript"]
