"""CSV files in other encodings, with other separators, or broken."""

from __future__ import annotations

from hostile_files.building import table
from hostile_files.case import Case, Cases, Outcome, Sort, address, names, numbered, rows

SIMPLIFIED = (
    "督导台账第三页", "春节前后走访了七个村,群众反映强烈的问题已列入清单", "请其他单位前来认真学习", "镕堃喆",
    "全县教育实践活动", "青川镇人民政府", "其他", "关于切实转变作风、密切联系群众的情况", "“回头看”——七月",
    "①全面 ②及时 ③认真", "€5", "𠮷",
)  # fmt: skip
TRADITIONAL = (
    "督導台賬第三頁", "群眾路線教育實踐活動", "臺灣", "中文", "的", "縣政府辦公室",
    "關於切實轉變作風、密切聯繫群眾的情況", "請其他單位前來認真學習", "國", "一二三四五六七八九十", "鄉鎮(街道)督導組",
    "座談會紀要", "整改", "碁銹裏墻恒粧嫺", "ㄅㄆㄇ", "「四風」問題",
)  # fmt: skip
JAPANESE = ("督導台帳の三ページ", "カタカナ")
KOREAN = ("감독 대장 세 페이지",)
WIDE = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le")


def cases(sort: Sort) -> Cases:
    """Every way to damage or abuse a text, in this sort of CSV file."""
    yield from _encodings(sort)
    yield from _separators(sort)
    yield from _quoting(sort)
    yield from _headers(sort)


def _texts(sort: Sort, text: str) -> list[dict[str, object]]:
    return rows(sort, {}, {"visit_id": text}, {})


def _encodings(sort: Sort) -> Cases:
    def case(kind: str, name: str, encoding: str, text: str, outcome: Outcome) -> Case:
        given = _texts(sort, text)
        return Case(
            kind,
            f"{name}: {text[:10]!r}",
            sort,
            lambda: table(sort, given).encode(encoding),
            outcome,
            numbered(sort, given),
        )

    for text in (*SIMPLIFIED, *TRADITIONAL):
        yield case("a usual encoding", "UTF-8", "utf-8", text, "read")
        yield case("a usual encoding", "UTF-8 with its mark", "utf-8-sig", text, "read")
        yield case("a usual encoding", "GB18030", "gb18030", text, "either" if could_be_big5(text) else "read")
    for text in TRADITIONAL:
        yield case("another encoding", "Big5", "cp950", text, "refused")
        for encoding in WIDE:
            yield case("another encoding", encoding, encoding, text, "refused")
    for text in JAPANESE:
        yield case("another encoding", "Shift JIS", "shift_jis", text, "refused")
    for text in KOREAN:
        yield case("another encoding", "EUC-KR", "euc_kr", text, "refused")
    good = table(sort, _texts(sort, "督导")).encode()
    cut = good.replace("督".encode(), "督".encode()[:2])
    lost = table(sort, _texts(sort, "督\ufffd台账")).encode()
    yield Case("another encoding", "a letter cut in two", sort, lambda: cut, "refused")
    yield Case(
        "another encoding", "a letter lost before", sort, lambda: lost, "refused", {}, address(sort, "visit_id", 1)
    )
    yield Case(
        "another encoding", "two encodings in one file", sort, lambda: good + "二,督导".encode("gb18030"), "refused"
    )
    yield Case("another encoding", "a zero in the text", sort, lambda: good.replace(b"T1", b"T\x00", 1), "refused")


def could_be_big5(text: str) -> bool:
    """Whether the GB18030 bytes of the text are good Big5 too, so that nobody can tell."""
    content = text.encode("gb18030")
    return any(not _fails(content, encoding) for encoding in ("big5", "cp950"))


def _fails(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return True
    return False


def _separators(sort: Sort) -> Cases:
    given = rows(sort, {}, {})
    for separator in (";", "\t", "|", "，"):
        text = "\n".join(line.replace(",", separator) for line in table(sort, given).splitlines())
        yield Case("another separator", repr(separator), sort, lambda text=text: text.encode(), "refused", {}, "row 1")
    yield Case(
        "another separator",
        "named in a line above",
        sort,
        lambda: ("sep=,\n" + table(sort, given)).encode(),
        "read",
        {number + 1: row for number, row in numbered(sort, given).items()},
    )
    for name, end in {"of Windows": "\r\n", "of old Macs": "\r"}.items():
        yield Case(
            "in another dress",
            f"line ends {name}",
            sort,
            lambda end=end: table(sort, given).replace("\n", end).encode(),
            "read",
            numbered(sort, given),
        )
    yield Case(
        "in another dress",
        "no end of the last line",
        sort,
        lambda: table(sort, given).rstrip("\n").encode(),
        "read",
        numbered(sort, given),
    )


def _quoting(sort: Sort) -> Cases:
    given = rows(sort, {}, {}, {})
    good = table(sort, given)
    lines = good.splitlines()
    broken = {
        "a quote that never ends": good.replace("v2", '"v2', 1),
        "letters after a quote": good.replace("v2", '"v2"x', 1), "a cell too few": good.replace("v2,T1", "v2", 1),
        "a cell too many": good.replace("v2,T1", "v2,T1,T1", 1),
        "a separator of thousands": good.replace(",103,", ",1,103,"),
        "commas at the end": good.replace("\n", ",,,\n").replace(",,,\n", "\n", 1),
    }  # fmt: skip
    for name, text in broken.items():
        place = "" if "end" in name else "row 3"
        yield Case("a broken line", name, sort, lambda text=text: text.encode(), "refused", {}, place)
    yield Case(
        "a broken line",
        "a cell of 200,000 letters",
        sort,
        lambda: good.replace("v2", '"' + "x" * 200_000 + '"', 1).encode(),
        "refused",
    )
    wordy = rows(sort, {}, {"visit_id": 'a,"b"\n,c'}, {})
    yield Case(
        "in another dress",
        "commas, quotes and a line end in a key",
        sort,
        lambda: table(sort, wordy).encode(),
        "refused",
        numbered(sort, rows(sort, {}, {"visit_id": None}, {})),
        "row 3",
        'a,"b"\n,c',
    )
    commas = rows(sort, {}, {"visit_id": "a,b, c"}, {})
    yield Case(
        "in another dress",
        "commas in a cell",
        sort,
        lambda: table(sort, commas).encode(),
        "read",
        numbered(sort, commas),
    )
    yield Case(
        "in another dress",
        "every cell in quotes",
        sort,
        lambda: table(sort, given, quoting=1).encode(),
        "read",
        numbered(sort, given),
    )
    gap = "\n".join([*lines[:2], "", *lines[2:]]) + "\n"
    after = {2: given[0], 4: given[1], 5: given[2]}
    yield Case("in another dress", "a blank line between", sort, lambda: gap.encode(), "read", after)


def _headers(sort: Sort) -> Cases:
    known, given = names(sort), rows(sort, {}, {})
    for name, header in {
        "a name twice": [*known[:-1], "mode"], "a name misspelt": ["visit_no", *known[1:]],
        "a name in Chinese": ["督查编号", *known[1:]], "a name in capitals": [known[0].upper(), *known[1:]],
        "a column without a name": [*known[:3], "", *known[4:]],
    }.items():  # fmt: skip
        yield Case(
            "a header that differs",
            name,
            sort,
            lambda header=header: table(sort, given, header).encode(),
            "refused",
            {},
            "row 1",
        )
    yield Case(
        "a header that differs",
        "none",
        sort,
        lambda: table(sort, given).partition("\n")[2].encode(),
        "refused",
        {},
        "row 1",
    )
    yield Case("a header that differs", "an empty file", sort, lambda: b"", "refused")
    late = "\n" + table(sort, given)
    yield Case("a moved header", "a blank line above", sort, late.encode, "refused", {}, "row 1")
    yield Case("a header that differs", "blank lines only", sort, lambda: b"\n\n\n", "refused")
    yield Case("in another dress", "a header and no row", sort, lambda: table(sort, []).encode(), "read")
    labels = ",".join(f"标签 {name}" for name in known)
    below = {number + 1: row for number, row in numbered(sort, given).items()}
    yield Case(
        "in another dress",
        "labels above the header",
        sort,
        lambda: f"{labels}\n{table(sort, given)}".encode(),
        "read",
        below,
    )
    yield Case("a moved header", "three rows lower", sort, lambda: ("x\n" * 3 + table(sort, given)).encode(), "refused")
