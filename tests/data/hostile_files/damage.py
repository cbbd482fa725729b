"""Files damaged at random places, always the same ones for a seed, and files that are too large."""

from __future__ import annotations

import random
import re
from functools import cache

from hostile_files.building import SHEET, changed, table, workbook
from hostile_files.case import Case, Cases, Sort, address, numbered, rows

FLIPS, CUTS = 60, 40
"""Files of each sort with turned bits, and with a stretch of bytes lost, doubled or wiped out."""


def cases(sort: Sort) -> Cases:
    """Damaged workbooks: each is refused, or it is read as it was before."""
    good = rows(sort, *[{"problems_raised": number} for number in range(50)])
    truth = numbered(sort, good)

    @cache
    def base() -> bytes:
        return workbook(sort, good)

    for seed in range(FLIPS):
        yield Case("turned bits", f"seed {seed}", sort, lambda seed=seed: flipped(base(), seed), "either", truth)
    for seed in range(CUTS):
        yield Case("lost bytes", f"seed {seed}", sort, lambda seed=seed: cut(base(), seed), "either", truth)


def large(sort: Sort) -> Cases:
    """Files with more in them than is taken, or nearly so."""
    if sort.endswith("csv"):
        for count, outcome in ((190_000, "read"), (250_000, "refused")):
            given = rows(sort, *[{"problems_raised": number} for number in range(200)])
            body = table(sort, given).partition("\n")
            text = body[0] + "\n" + body[2] * (count // 200)
            truth = {number: row for number, row in numbered(sort, given).items() if number < 150}
            yield Case("many rows", f"{count:,}", sort, text.encode, outcome, truth, is_heavy=True)
        quoted = table(sort, rows(sort, {}), quoting=1).partition("\n")
        yield Case(
            "many rows",
            "199,000 in quotes",
            sort,
            (quoted[0] + "\n" + quoted[2] * 199_000).encode,
            "either",
            {},
            is_heavy=True,
        )
        yield Case(
            "many rows",
            "49 MB in one line",
            sort,
            lambda: table(sort, []).encode() + b"x" * 49_000_000,
            "refused",
            is_heavy=True,
        )
        yield Case(
            "too many bytes",
            "51 MB",
            sort,
            lambda: table(sort, []).encode() + b"\n" * 51_000_000,
            "refused",
            is_heavy=True,
        )
        return
    first = int(address(sort, "visit_id").partition("!A")[2])
    for count, outcome in ((19_999, "read"), (20_001, "refused"), (400_000, "refused")):
        narrow = count > 100_000
        place = "" if outcome == "read" else f"visits!A{20_000 + first}"
        truth = numbered(sort, rows(sort, {}, {}, {})) if outcome == "read" else {}
        yield Case(
            "many rows",
            f"{count:,}",
            sort,
            lambda count=count, narrow=narrow: copied(sort, count, narrow),
            outcome,
            truth,
            place,
            is_heavy=True,
        )
    for name, row in {
        "a million rows without a cell": b'<row r="%d"/>',
        "a million rows without a value": b'<row r="%d"><c r="A%d" s="1"/></row>',
    }.items():
        yield Case(
            "many rows",
            name,
            sort,
            lambda row=row: blank(sort, row),
            "read",
            numbered(sort, rows(sort, {}, {}, {})),
            is_heavy=True,
        )
    yield Case("many rows", "20,000 rows to the last column", sort, lambda: wide(sort), "refused", {}, is_heavy=True)
    yield Case(
        "many faults",
        "19,000 rows of which each cell is wrong",
        sort,
        lambda: copied(sort, 19_000, False, wrong=True),
        "refused",
        {},
        is_heavy=True,
    )


def flipped(content: bytes, seed: int) -> bytes:
    """One to five bits turned."""
    chosen, damaged = random.Random(seed), bytearray(content)
    for _ in range(chosen.randint(1, 5)):
        damaged[chosen.randrange(len(damaged))] ^= 1 << chosen.randrange(8)
    return bytes(damaged)


def cut(content: bytes, seed: int) -> bytes:
    """A stretch of bytes lost, doubled, wiped out or moved."""
    chosen = random.Random(seed)
    start = chosen.randrange(len(content))
    end = min(len(content), start + chosen.choice((1, 7, 64, 512, 4096)))
    part = content[start:end]
    match seed % 4:
        case 0:
            return content[:start] + content[end:]
        case 1:
            return content[:end] + part + content[end:]
        case 2:
            return content[:start] + bytes(len(part)) + content[end:]
    other = chosen.randrange(len(content))
    return content[:other] + part + content[other:]


def copied(sort: Sort, count: int, narrow: bool, wrong: bool = False) -> bytes:
    """The three usual rows, and the last of them again and again."""

    def grow(sheet: bytes) -> bytes:
        start = sheet.rindex(b"<row ")
        end = sheet.rindex(b"</row>") + 6
        row = sheet[start:end]
        number = int(row.split(b'"', 2)[1])
        if narrow:
            row = b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (number, number)
        if wrong:
            row = row.replace(b' t="b"', b"").replace(b' t="s"', b' t="e"')
        form = re.sub(rb'r="([A-Z]*)[0-9]+"', rb'r="\1%d"', row.replace(b"%", b"%%"))
        fields = form.count(b'%d"')
        more = b"".join(form % ((number + extra,) * fields) for extra in range(1, count - 2))
        return sheet[:end] + more + sheet[end:]

    return changed(workbook(sort, rows(sort, {}, {}, {})), SHEET, grow)


def blank(sort: Sort, row: bytes) -> bytes:
    """A million rows below that hold nothing."""
    fields = row.count(b"%d")
    start = 100
    more = b"".join(row % ((number,) * fields) for number in range(start, 1_000_000))
    return changed(
        workbook(sort, rows(sort, {}, {}, {})),
        SHEET,
        lambda sheet: sheet.replace(b"</sheetData>", more + b"</sheetData>"),
    )


def wide(sort: Sort) -> bytes:
    """Very many rows, each with a value in the last column."""
    more = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (number, number) for number in range(100, 19_000))
    return changed(
        workbook(sort, rows(sort, {}, {}, {})),
        SHEET,
        lambda sheet: sheet.replace(b"</sheetData>", more + b"</sheetData>"),
    )
