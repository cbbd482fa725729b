"""V30: nothing that points to a person. The search is a net, not a proof."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

import polars as pl

from data.rules.base import Tables, failing, numbered, rule, together
from data.schemas import TABLES, columns

DENIED_COLUMNS: Final = re.compile(
    r"(^|_)(person|leader|official|clerk|contact|position|phone|mobile|tel|id_card|id_number|birth|birthday|"
    r"born_on|address|e?mail)(_|$)|姓名|职务|电话|手机|身份证|出生|住址|邮箱"
)
"""Names of columns about persons; no table of ours has such a column, a frame from elsewhere may."""

_SURNAMES: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    "汪田姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温"
    "季俞章鲁葛伍韦申尤毕聂丛焦柳邢路岳齐梅庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫屈鲍覃霍翁隋甘"
)
_COMPOUND: Final = "欧阳|司马|上官|诸葛|夏侯|司徒|皇甫|东方|尉迟|公孙|慕容|令狐|宇文|长孙"
_FUNCTIONAL: Final = (
    "委党组支部总副正县市镇乡村街局厅处科所院校会室站办的和与由及第兼任原各位名为在是了一二三四五六七八九十"
)
"""Characters that stand in the names of offices, and never in the given name that is looked for."""
_TITLES: Final = (
    "同志|书记|局长|县长|市长|镇长|乡长|区长|省长|村长|部长|厅长|处长|科长|股长|所长|站长|院长|校长|主任|组长|会长|主席|"
    "常委|委员|秘书长|先生|女士|老师"
)
_BEFORE: Final = (
    "委局部组办室院校会县市镇乡村厅处科所由向请经与和对让找为给是了在被受因按据到及的同"
    "说映称诉告见访谈问送批派叫听取将把拟"
)
"""Characters that may stand right before a name, beside anything that is not Chinese."""
_GIVEN: Final = rf"[\p{{Han}}--[{_FUNCTIONAL}]]{{0,2}}"
_HONORIFIC: Final = rf"(?:^|[^\p{{Han}}]|[{_BEFORE}])(?:(?:{_COMPOUND})|[{_SURNAMES}]){_GIVEN}(?:{_TITLES})"
_ENGLISH: Final = r"(?:^|[^A-Za-z])(?:Mr|Mrs|Ms|Comrade)\.? [A-Z][a-z]+"
_ID_NUMBER: Final = r"(?:^|[^0-9０-９])[0-9０-９]{17}[0-9０-９XxＸｘ](?:[^0-9０-９]|$)"
_MOBILE: Final = r"(?:^|[^0-9０-９]|[+＋]?86)[1１][3-9３-９][0-9０-９](?:[- ]?[0-9０-９]{4}){2}(?:[^0-9０-９]|$)"
_MAIL: Final = r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+\.[A-Za-z]"
_NUMBERS: Final = f"{_ID_NUMBER}|{_MOBILE}|{_MAIL}|{_ENGLISH}"

_ORDINARY: Final = re.compile(
    rf"^[{_BEFORE}\W]?(?:"
    "林业|林场|卫生|卫健|司法|武装|武警|高校|高中|高新|高级|高龄|金融|文化|文明|文联|文体|安全|安监|安置|方面|方志|石油|石化|"
    "路政|路桥|车间|常务|常设|江苏|江西|江南|江北|温泉|万元|万名|段长|纪检|纪律|关工|时任|成立|成员|管理|管委|管片|何时|"
    "高度|高位|易地|毕业|金牌|康复|康养|白天|万里|马上|田间|文物|文秘|文旅|史志|路长|河长|童装|游客|阳光|左右|"
    "盛会|费用|项目|曲艺|席位|成功|成长|严格|严肃|申报|申请|全体|江湖|顾问|卫监|文教|安保|石材|钟点|时间|祝贺"
    ")"
)
"""Ordinary words that begin like a surname."""


@rule(
    "V30",
    zh="含有个人信息:身份证号、手机号、邮箱或姓名加称谓",
    en="this looks like a person (ID number, mobile number, e-mail, name with a title): write about the matter instead",
)
def v30(tables: Tables, known_on: date) -> pl.DataFrame:
    """No column is about persons, and no text holds an ID or mobile number, an e-mail, or a name with its title.

    The failures do not repeat the text, so that it is not spread by what is said about it.
    """
    found = []
    texts: dict[tuple[str, str], pl.Series] = {}
    for table in (table for table in TABLES if table in tables):
        frame = tables[table]
        known = {column.name: column for column in columns(table)}
        for name in (name for name in frame.columns if name not in known and DENIED_COLUMNS.search(name)):
            found.append(failing(numbered(tables, table).head(1), table, name))
        for name, column in known.items():
            if column.dtype == pl.String and column.values is None and column.references is None and frame.height:
                texts[table, name] = frame[name].unique()
    suspects = _suspects(
        pl.concat([pl.Series("text", [], pl.String), *(part.alias("text") for part in texts.values())])
    )
    for (table, name), part in texts.items():
        if suspects and part.is_in(suspects).any():
            found.append(failing(numbered(tables, table).filter(pl.col(name).is_in(suspects)), table, name))
    return together(*found).with_columns(pl.lit(None, pl.String).alias("value"))


_NAME: Final = re.compile(rf"(?:{_COMPOUND}|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}")
_FUNCTIONS: Final = re.compile(f"[{_FUNCTIONAL}组队部委团协会馆中心园区]")
_PINYIN: Final = re.compile(
    "wang|li|zhang|liu|chen|yang|zhao|huang|zhou|wu|xu|sun|hu|zhu|gao|lin|he|guo|ma|luo|liang|song|zheng|xie|han|"
    "tang|feng|yu|dong|xiao|cheng|cao|yuan|deng|fu|shen|zeng|peng|lu|su|jiang|cai|jia|ding|wei|xue|ye|yan|pan|du|"
    "dai|xia|zhong|tian|ren|fan|fang|shi|yao|tan|liao|zou|xiong|jin|hao|kong|bai|cui|kang|mao|qiu|qin|gu|hou|"
    "shao|meng|long|wan|duan|qian|yin|yi|chang|qiao|lai|gong|wen"
)
_GIVEN_NAMES: Final = re.compile(
    "john|mary|james|robert|michael|william|david|richard|joseph|thomas|charles|patricia|jennifer|linda|"
    "elizabeth|barbara|susan|jessica|sarah|karen|nancy|lisa|anna|peter|paul|mark|george|kevin|brian|edward|"
    "daniel|matthew|anthony|donald|steven|andrew|laura|emily|emma|alice|maria|jose|juan|carlos|ana|pierre|jean|"
    "hans|klaus"
)
_OFFICES: Final = re.compile(
    "town|township|county|city|district|street|village|office|bureau|department|station|committee|court|unit|"
    "team|group|service|services|centre|center|council|board|agency|school|hospital|company|affairs|section|"
    "division"
)
_LOGIN: Final = re.compile(r"(?i)(?:user|employee|staff|clerk|person|resource|agent)[ _-]?\d+")


def is_a_bare_name(text: str) -> bool:
    """Whether a whole text looks like the bare name of a person, where that of an office is wanted.

    Two or three characters that begin with a surname and have none of those of offices; two or three words of which one
    is a usual given name, or the first or last a surname in pinyin; the number of a user. A net, not a proof.
    """
    if _NAME.fullmatch(text):
        return not _FUNCTIONS.search(text) and not _ORDINARY.search(text)
    words = text.split()
    if _LOGIN.fullmatch(text):
        return True
    if not 2 <= len(words) <= 3 or not all(word.isalpha() and word.isascii() and word.istitle() for word in words):
        return False
    folded = [word.casefold() for word in words]
    if any(_OFFICES.fullmatch(word) for word in folded):
        return False
    if any(_GIVEN_NAMES.fullmatch(word) for word in folded):
        return True
    return len(words) == 2 and any(_PINYIN.fullmatch(word) for word in folded)


def names_a_person(text: str) -> bool:
    """Whether a text holds something that looks like a person's number, address, or name with a title."""
    return bool(_suspects(pl.Series([text], dtype=pl.String)))


def persons_among(texts: pl.Series) -> set[str]:
    """Those of the texts of which `names_a_person` is true, found together."""
    return set(_suspects(texts.drop_nulls().unique()))


def _suspects(texts: pl.Series) -> list[str]:
    numbers = texts.filter(texts.str.contains(_NUMBERS))
    titled = texts.filter(texts.str.contains(f"(?:{_TITLES})"))
    if titled.is_empty():
        return [str(text) for text in numbers]
    matches = titled.str.extract_all(_HONORIFIC)
    named = [
        text
        for text, hits in zip(titled.to_list(), matches.to_list(), strict=True)
        if any(not _ORDINARY.search(hit) for hit in hits)
    ]
    return [str(text) for text in numbers] + named
