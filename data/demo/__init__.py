"""A made-up county with the weaknesses of a real one: 103 units, 10 groups, 29 weekly folders, always the same."""

from data.demo.calendar import KNOWN_ON
from data.demo.inputs import write_inputs
from data.demo.making import make

__all__ = ["KNOWN_ON", "make", "write_inputs"]
