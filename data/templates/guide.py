"""What the first sheet of a workbook says, in Chinese and English."""

from __future__ import annotations

from data.schemas import describe
from data.schemas.senders import OFFICE, tables_of

Line = tuple[str, str]


def rules(sender: str) -> list[Line]:
    """How to fill in the workbook, one rule a line."""
    return [
        (
            "每张表从第3行起填写,一行一条;只填本周新增、有变化或要撤销的记录。",
            "Fill in each sheet from row 3, one record a row: only what is new, changed or withdrawn this week.",
        ),
        (
            "前两行为表头,请勿改动;不要合并单元格,不要在表格右侧另写内容,不要另加工作表。",
            "The first two rows are the header and stay as they are. No merged cells, nothing beside the table, "
            "no sheets of your own.",
        ),
        (
            "代码从下拉列表选取,含义见“代码 Codes”和“参照”各表;不想填的表留空即可。",
            'Choose codes from the drop-down lists; what they mean stands in the sheets "代码 Codes" and "参照 …". '
            "A sheet without news stays empty.",
        ),
        (
            "日期写成 2014-03-10(也可写 2014年3月10日);3.10 之类不写年份的会被退回。时间写成 2014-03-10 18:00:00。",
            "Write a day as 2014-03-10; forms without a year, such as 3.10, are refused. Write a moment as "
            "2014-03-10 18:00:00.",
        ),
        (
            "数字只写阿拉伯数字,不带单位和千分位;没有数据就留空,不写“无”或“N/A”。",
            "Write numbers in digits only, without units or separators; leave a cell empty instead of writing "
            '"none" or "N/A".',
        ),
        (
            "编号由本组自定,一经使用不再改动;同一编号再次填报即为更正。",
            "You give the numbers of your records, and they never change: the same number sent again is a correction.",
        ),
        (
            "void 一列填 true 表示撤销该行;其余各列照原样填写。",
            "true in the column void withdraws the row; fill in its other cells as they were.",
        ),
        (
            "对事不对人:不写个人姓名、职务、电话。",
            "Matters, not persons: no names, no positions, no telephone numbers.",
        ),
        (
            f"存为 .xlsx,文件名保持 {sender}.xlsx,交活动办。",
            f"Save as .xlsx under the name {sender}.xlsx and hand it to the campaign office.",
        ),
    ]


def sheets(sender: str) -> list[tuple[str, str, str]]:
    """Each sheet to fill in: its name, and what a row of it is in both languages."""
    return [(table, describe(table, "zh"), describe(table, "en").splitlines()[0]) for table in tables_of(sender)]


def title(sender: str, name_zh: str, name_en: str) -> Line:
    """The heading of the workbook."""
    if sender == OFFICE:
        return "活动办每周数据工作簿", "Weekly workbook of the campaign office"
    return f"{name_zh}({sender})每周报送工作簿", f"Weekly workbook of {name_en} ({sender})"
