"""The text of a CSV file: UTF-8 or GB18030, and never a guess between two that both fit."""

from __future__ import annotations

import re
from typing import Final

from data.intake.failures import Failure, whole_file
from data.intake.sheet import UnreadableError

_NO_LETTERS: Final = re.compile("[\ue000-\uf8ff]")
_LOST: Final = "\ufffd"
_SAVE: Final = "save it as CSV UTF-8"
_TRADITIONAL: Final = ("big5", "cp950")
_HANZI: Final = re.compile("[\u4e00-\u9fff]")
_FEW: Final = 4
_RARE_SHARE: Final = 0.9


def decoded(file: str, content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding.

    UnreadableError when it is neither UTF-8 nor proper GB18030, could as well be Big5, or was damaged before: what was
    once saved in a wrong encoding holds the sign for a lost letter.
    """
    if b"\x00" in content or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError(whole_file(file, f"not a text in UTF-8: {_SAVE}"))
    text = _as(content, "utf-8-sig")
    if text is not None:
        return _unharmed(file, text), "utf-8"
    text = _as(content, "gb18030")
    if text is None:
        raise UnreadableError(whole_file(file, f"neither UTF-8 nor GB18030: {_SAVE}"))
    if strange := _NO_LETTERS.search(text):
        raise UnreadableError(whole_file(file, f"neither UTF-8 nor proper GB18030: {_SAVE}", value=strange[0]))
    for encoding in _TRADITIONAL:
        if (other := _as(content, encoding)) is not None:
            position = next(number for number, letter in enumerate(text) if not letter.isascii())
            seen = f"{text[position : position + 8]} / {other[position : position + 8]}"
            line = f"row {text.count(chr(10), 0, position) + 1}"
            message = f"this may be GB18030 or Big5, and nothing tells which: {_SAVE}"
            raise UnreadableError(Failure(file, line, "file", "", seen, message))
    hanzi = _HANZI.findall(text)
    rare = [letter for letter in hanzi if _as_bytes(letter, "gb2312") is None]
    if len(hanzi) >= _FEW and len(rare) > _RARE_SHARE * len(hanzi):
        message = f"most of its characters are hardly ever written, so it may be no GB18030: {_SAVE}"
        raise UnreadableError(whole_file(file, message, value="".join(rare[:8])))
    return _unharmed(file, text), "gb18030"


def _as(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _as_bytes(text: str, encoding: str) -> bytes | None:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return None


def _unharmed(file: str, text: str) -> str:
    position = text.find(_LOST)
    if position >= 0:
        line = f"row {text.count(chr(10), 0, position) + 1}"
        around = text[max(0, position - 8) : position + 8].strip()
        message = "letters were lost when this file was saved: go back to the original and save it as CSV UTF-8"
        raise UnreadableError(Failure(file, line, "file", "", around, message))
    return text
