"""The shape of a catalogue: by key, the message in English and in Chinese."""

from collections.abc import Mapping

Pairs = Mapping[str, tuple[str, str]]
