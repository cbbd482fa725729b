"""Workbooks whose package is not what it says: no zip, bombs, entities, macros, parts out of order."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable

from hostile_files.building import SHEET, changed, packed, replaced, unpacked, workbook
from hostile_files.case import Case, Cases, Sort, address, numbered, rows

TYPES = "[Content_Types].xml"
TEXTS = "xl/sharedStrings.xml"
HEADS = {
    "nothing": b"", "a text": "督查编号,单位\n1,2\n".encode(),
    "a page": b"<html><table><tr><td>1</td></tr></table></html>", "a PDF": b"%PDF-1.7\n1 0 obj\n",
    "an image": b"\x89PNG\r\n\x1a\n" + bytes(100), "zeros": bytes(1000), "a gzip": b"\x1f\x8b\x08" + bytes(50),
    "an old .xls or one with a password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
    "a 7z": b"7z\xbc\xaf\x27\x1c" + bytes(50), "only the start of a zip": b"PK\x03\x04",
    "only the end of a zip": b"PK\x05\x06" + bytes(18), "JSON": b'{"visits": []}',
}  # fmt: skip
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%b">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
)
ENTITIES = {
    "a billion laughs": LAUGHS,
    "one huge entity": b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 100_000 + b'">]>',
    "a file of the machine": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    "an address": b'<!DOCTYPE x [<!ENTITY a SYSTEM "http://example.invalid/x">]>',
    "a parameter": b'<!DOCTYPE x [<!ENTITY % a SYSTEM "file:///etc/hostname"> %a;]>',
    "a document type": b'<!DOCTYPE x SYSTEM "x.dtd">',
}

Make = Callable[[bytes], bytes]


def cases(sort: Sort) -> Cases:
    """Every way to damage or abuse a package, in this sort of workbook."""
    good = rows(sort, {}, {}, {})
    base = lambda: workbook(sort, good)  # noqa: E731

    def refused(
        kind: str, name: str, make: Make, place: str = "", value: str | None = None, heavy: bool = False
    ) -> Case:
        return Case(kind, name, sort, lambda: make(base()), "refused", {}, place, value, heavy)

    def read(kind: str, name: str, make: Make) -> Case:
        return Case(kind, name, sort, lambda: make(base()), "read", numbered(sort, good))

    for name, content in HEADS.items():
        yield refused("no workbook", name, lambda _, content=content: content)
    for part in range(1, 11):
        yield refused("cut off", f"after {part} elevenths", lambda book, part=part: book[: len(book) * part // 11])
    yield from _entities(refused)
    yield from _bombs(refused)
    yield from _macros(refused)
    yield from _parts(refused)
    yield from _cells(sort, refused, read)
    yield read("in another dress", "text before the zip", lambda book: b"x" * 100 + book)
    yield read("in another dress", "not compressed", lambda book: packed(unpacked(book), zipfile.ZIP_STORED))
    yield read(
        "in another dress",
        "with parts of other programs",
        lambda book: _with(book, {"docProps/x.bin": bytes(99), "xl/media/a.svg": b"<!DOCTYPE svg>"}),
    )


def _entities(refused: Callable[..., Case]) -> Cases:
    for name, declared in ENTITIES.items():
        for part in (SHEET, TEXTS, "xl/workbook.xml", TYPES):

            def make(book: bytes, part: str = part, declared: bytes = declared) -> bytes:
                return changed(book, part, lambda text: text.replace(b"?>", b"?>" + declared, 1))

            yield refused("entities", f"{name} in {part}", make)

    def wide(book: bytes) -> bytes:
        return changed(
            book,
            SHEET,
            lambda text: (
                text.decode().replace("UTF-8", "UTF-16").replace("?>", "?>" + LAUGHS.decode(), 1).encode("utf-16")
            ),
        )

    yield refused("entities", "a billion laughs in UTF-16", wide)


def _bombs(refused: Callable[..., Case]) -> Cases:
    for part in (SHEET, TEXTS, "xl/styles.xml", "xl/media/image1.png", "xl/other.xml"):
        yield refused("a bomb", f"300 MB in {part}", lambda book, part=part: _with(book, {part: zeros(300)}))
        yield refused("a bomb", f"300 MB in {part}, said to be small", lambda book, part=part: lying(book, part, 300))
    yield refused("a bomb", "1,500 MB of one text", lambda book: lying(book, TEXTS, 1500), heavy=True)
    yield refused("a bomb", "2,100 parts", lambda book: _with(book, {f"xl/part{n}.xml": b"<x/>" for n in range(2100)}))
    yield refused(
        "a bomb", "20 parts of 10 MB", lambda book: _with(book, {f"xl/part{n}.xml": zeros(10) for n in range(20)})
    )
    yield refused(
        "a bomb",
        "99 MB of one cell",
        lambda book: replaced(
            book,
            SHEET,
            b"<sheetData>",
            b"<sheetData><row r='1'><c r='A1' t='str'><v>" + b"a" * 99_000_000 + b"</v></c></row>",
        ),
        heavy=True,
    )
    yield refused(
        "a bomb",
        "a million texts",
        lambda book: _with(book, {TEXTS: b"<sst>" + b"<si><t>abcdefgh</t></si>" * 1_000_000 + b"</sst>"}),
        heavy=True,
    )
    yield refused(
        "a bomb",
        "elements within elements",
        lambda book: replaced(book, SHEET, b"<sheetData>", b"<a>" * 2_000_000 + b"<sheetData>"),
        heavy=True,
    )
    yield refused(
        "a bomb",
        "three million elements",
        lambda book: replaced(book, SHEET, b"<sheetData>", b"<a b='c'/>" * 3_000_000 + b"</x>"),
        heavy=True,
    )


def _macros(refused: Callable[..., Case]) -> Cases:
    for name in ("xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/vbaProjectSignature.bin", "xl/macrosheets/sheet1.xml"):
        yield refused("macros", name, lambda book, name=name: _with(book, {name: b"x"}))
    kind = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    old = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    yield refused("macros", "the type of the workbook", lambda book: replaced(book, TYPES, old, kind))
    hidden = b'<Override PartName="/xl/x.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    yield refused(
        "macros",
        "under another name",
        lambda book: replaced(_with(book, {"xl/x.bin": b"x"}), TYPES, b"</Types>", hidden),
    )
    yield refused("no workbook", "a binary workbook", lambda book: _with(book, {"xl/workbook.bin": b"x"}))
    yield refused(
        "no workbook",
        "a sheet of another program",
        lambda _: packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}),
    )


def _parts(refused: Callable[..., Case]) -> Cases:
    for part in (TYPES, "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET, TEXTS, "xl/styles.xml"):
        yield refused("a part is missing", part, lambda book, part=part: _without(book, part))
        if part != TYPES:
            for name, text in {
                "nothing": b"",
                "half": None,
                "no XML": "督查".encode(),
                "another root": b"<x/>",
            }.items():
                if part in (SHEET, TEXTS) or (name != "another root" and part != "xl/styles.xml"):
                    yield refused(
                        "a broken part",
                        f"{name} in {part}",
                        lambda book, part=part, text=text: changed(
                            book, part, lambda old: old[: len(old) // 2] if text is None else text
                        ),
                    )
    yield refused("a part stands twice", SHEET, twice)
    yield refused("a part stands twice", "a sheet in the workbook", _two_names)
    yield refused("packed otherwise", "with a password", _locked)
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        yield refused(
            "packed otherwise", f"method {method}", lambda book, method=method: packed(unpacked(book), method)
        )
    yield refused(
        "a broken part", "letters that are no UTF-8", lambda book: replaced(book, TEXTS, b"on_site", b"on\xffsite")
    )
    yield refused(
        "a broken part",
        "a sheet in another folder",
        lambda book: replaced(book, "xl/_rels/workbook.xml.rels", b"worksheets/sheet1.xml", b"../../../etc/passwd"),
    )


def _cells(sort: Sort, refused: Callable[..., Case], read: Callable[..., Case]) -> Cases:
    place = address(sort, "problems_raised")
    at = place.partition("!")[2].encode()
    old = b'<c r="%b"><v>103</v></c>' % at
    for shown in (
        "12abc",
        "1,234",
        " ",
        "0x67",
        "1_03",
        "１０３",
        "NaN",
        "INF",
        "--5",
        "1e",
        "1.2.3",
        "9" * 5000,
        "一百",
    ):
        value = shown if len(shown) < 200 else None
        yield refused(
            "a cell with no value",
            repr(shown)[:20],
            lambda book, shown=shown: replaced(book, SHEET, old, b'<c r="%b"><v>%b</v></c>' % (at, shown.encode())),
            place,
            value,
        )
    for name, cell in {
        "a text that is not there": b'<c r="%b" t="s"><v>99999</v></c>',
        "a text before the first": b'<c r="%b" t="s"><v>-1</v></c>',
        "a style that is not there": b'<c r="%b" s="999"><v>103</v></c>',
        "an unknown kind": b'<c r="%b" t="q"><v>103</v></c>', "a third truth": b'<c r="%b" t="b"><v>2</v></c>',
        "twice": b'<c r="%b"><v>1</v></c><c r="%b"><v>103</v></c>',
    }.items():  # fmt: skip
        yield refused(
            "a cell with no value",
            name,
            lambda book, cell=cell: replaced(book, SHEET, old, cell.replace(b"%b", at)),
            place,
        )
    column, row = at[:1], at[1:]
    for name, address_ in {
        "another row": column + b"77", "a small letter": column.lower() + row, "no row": column, "no column": row,
        "beyond the last column": b"AAAA" + row, "row 0": column + b"0", "the first column again": b"A" + row,
        "a sign": b"$" + at,
    }.items():  # fmt: skip
        yield refused(
            "a cell out of order",
            name,
            lambda book, address_=address_: replaced(book, SHEET, b'r="%b"' % at, b'r="%b"' % address_),
        )
    full = rows(sort, *[{"targeted_action": "A01"}] * 3)
    yield Case(
        "in another dress",
        "no addresses",
        sort,
        lambda: changed(workbook(sort, full), SHEET, _no_addresses),
        "read",
        numbered(sort, full),
    )
    second = b'<row r="%d"' % (int(row) + 1)
    for name, number in {
        "the same row again": row,
        "an earlier row": b"1",
        "row 0": b"0",
        "a row below zero": b"-3",
        "no number": b"x",
        "half a row": b"4.5",
    }.items():
        yield refused(
            "a row out of order",
            name,
            lambda book, number=number: replaced(book, SHEET, second, b'<row r="%b"' % number),
        )
    third = b'<row r="%d"' % (int(row) + 2)
    yield refused("a row out of order", "far below", lambda book: replaced(book, SHEET, third, b'<row r="99999999"'))


def zeros(megabytes: int) -> bytes:
    """So many megabytes of nothing."""
    return bytes(megabytes * 1_000_000)


def lying(book: bytes, part: str, megabytes: int) -> bytes:
    """The workbook with a huge part of which both directories say that it has a thousand bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    million = bytes(1_000_000)
    huge = b"".join(packer.compress(million) for _ in range(megabytes)) + packer.flush()
    parts = {name: content for name, content in unpacked(book).items() if name != part}
    whole = bytearray(packed({**parts, part: b"?" * 1000}, zipfile.ZIP_STORED))
    with zipfile.ZipFile(io.BytesIO(bytes(whole))) as archive:
        start, directory = archive.getinfo(part).header_offset, archive.start_dir
    entry = whole.rindex(part.encode()) - 46
    for offset in (start + 8, entry + 10):
        struct.pack_into("<H", whole, offset, zipfile.ZIP_DEFLATED)
    for offset in (start + 18, entry + 20):
        struct.pack_into("<I", whole, offset, len(huge))
    name_end = start + 30 + len(part)
    body = bytes(whole[:name_end]) + huge + bytes(whole[name_end + 1000 :])
    grown = len(huge) - 1000
    end = bytearray(body)
    struct.pack_into("<I", end, end.rindex(b"PK\x05\x06") + 16, directory + grown)
    return bytes(end)


def twice(book: bytes) -> bytes:
    """The workbook with a sheet that stands twice in the archive, the second with another number."""
    parts = unpacked(book)
    written = io.BytesIO(book)
    with zipfile.ZipFile(written, "a") as archive, warnings.catch_warnings(action="ignore"):
        archive.writestr(SHEET, parts[SHEET].replace(b"103", b"104"))
    return written.getvalue()


def _two_names(book: bytes) -> bytes:
    return changed(book, "xl/workbook.xml", lambda text: re.sub(rb"(<sheet [^>]*/>)", rb"\1\1", text))


def _with(book: bytes, more: dict[str, bytes]) -> bytes:
    return packed({**unpacked(book), **more})


def _without(book: bytes, part: str) -> bytes:
    return packed({name: content for name, content in unpacked(book).items() if name != part})


def _locked(book: bytes) -> bytes:
    marked = bytearray(book)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := book.find(sign, start)) >= 0:
            marked[start + offset] |= 1
            start += 4
    return bytes(marked)


def _no_addresses(sheet: bytes) -> bytes:
    return re.sub(rb'<(row|c) r="[A-Z]*[0-9]+"', rb"<\1", sheet)
