"""The zip archive of a workbook, opened only when it is what it says and nothing in it is dangerous."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from typing import Final

from data.intake.failures import whole_file
from data.intake.sheet import Limits, UnreadableError

MOST_PARTS: Final = 2000

_CHUNK: Final = 1 << 16
_OLD_FORM: Final = b"\xd0\xcf\x11\xe0"
_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DECLARATIONS: Final = tuple(
    word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_OVERLAP: Final = max(len(word) for word in _DECLARATIONS)
_MACROS: Final = re.compile(r"(vbaproject[^/]*\.bin|/macrosheets/.*|vbadata\.xml)$", re.IGNORECASE)
_MACRO_TYPES: Final = (b"macroEnabled", b"vbaProject", b"macrosheet")
_TYPES: Final = "[Content_Types].xml"


def opened_archive(file: str, content: bytes, limits: Limits) -> zipfile.ZipFile:
    """The archive, every byte of it unpacked once within the limits and found intact. UnreadableError otherwise."""
    if content.startswith(_OLD_FORM):
        raise _refused(file, "an old .xls or a workbook with a password: save it as .xlsx without a password")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise _refused(file, "not an Excel workbook (.xlsx): save it again from Excel") from error
    _check_members(file, archive.infolist(), limits)
    for member in archive.infolist():
        _check_bytes(file, archive, member)
    if _TYPES not in archive.namelist():
        raise _refused(file, "not an Excel workbook (.xlsx): save it again from Excel")
    if any(word in archive.read(_TYPES) for word in _MACRO_TYPES):
        raise _refused(file, "the workbook holds macros: save it as a plain .xlsx")
    return archive


def _check_members(file: str, members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > MOST_PARTS:
        raise _refused(file, f"made of {len(members)} parts, more than {MOST_PARTS}: save it again from Excel")
    size = limits.unzipped_bytes // 1_000_000
    if sum(member.file_size for member in members) > limits.unzipped_bytes:
        raise _refused(file, f"more than {size} MB when unpacked: send this table as CSV")
    repeated = [name for name, count in Counter(member.filename for member in members).items() if count > 1]
    if repeated:
        raise _refused(file, "holds this part twice: save it again from Excel", repeated[0])
    for member in members:
        if member.flag_bits & 1:
            raise _refused(file, "protected by a password: save it without one")
        if member.compress_type not in _METHODS:
            raise _refused(file, "packed in a way that Excel does not use: save it again from Excel", member.filename)
        if _MACROS.search(member.filename):
            raise _refused(file, "the workbook holds macros: save it as a plain .xlsx", member.filename)
        if member.filename.endswith("workbook.bin"):
            raise _refused(file, "a binary workbook (.xlsb): save it as .xlsx", member.filename)


def _check_bytes(file: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Unpack a part in small steps: sizes in the archive's own directory may lie, its checksum tells."""
    looked_at = b""
    try:
        with archive.open(member) as part:
            while chunk := part.read(_CHUNK):
                looked_at = looked_at[-_OVERLAP:] + chunk
                if "/media/" not in member.filename and any(word in looked_at for word in _DECLARATIONS):
                    raise _refused(file, "declares entities, as no workbook does: save it again", member.filename)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise _refused(file, f"the workbook is damaged ({error}): save it again from Excel", member.filename) from error


def _refused(file: str, message: str, value: str = "") -> UnreadableError:
    return UnreadableError(whole_file(file, message, value=value))
