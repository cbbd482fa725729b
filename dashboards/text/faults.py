"""What to do about a fault of a week's files, in either language; the English words are those of the reader itself."""

import re

from dashboards.theme import Language
from data.rules import RULES

_RULES = {rule.code: rule for rule in RULES}

_CHINESE = (
    ("there is no such folder.*", "没有这个文件夹：请核对名称"),
    ("the workbook is open in Excel.*", "工作簿正在Excel中打开：请先关闭"),
    ("the workbook holds macros.*", "工作簿含有宏：请另存为普通的 .xlsx"),
    (r"no sender's workbook: did you mean '(.+?)'\?", "不是报送单位的工作簿：是否应为 {0}？"),
    ("no sender's workbook: the senders are (.+)", "不是报送单位的工作簿：报送单位为 {0}"),
    ("(.+) sent twice: keep its workbook or its folder", "{0} 报送了两份：请只保留工作簿或文件夹"),
    ("two files for (.+?) .*", "{0} 有两个文件：请只保留一个"),
    (r"unknown file: did you mean '(.+?)'\?", "未知文件：是否应为 {0}？"),
    ("unknown file: .*", "未知文件：请按表名命名，或移走"),
    ("a folder: .*", "这是文件夹：请把文件直接放进收件文件夹"),
    ("none of the sheets of a week is there.*", "没有一张本周应报的工作表：请使用下发的模板"),
    ("the folder holds no table.*", "文件夹里没有任何表：请按模板放入CSV文件"),
    ("this sheet is hidden.*", "工作表被隐藏：请取消隐藏或删除"),
    (r"unknown (?:hidden )?sheet: did you mean '(.+?)'\?.*", "未知工作表：是否应为 {0}？请改名或删除"),
    ("unknown (?:hidden )?sheet: .*", "未知工作表：请改为模板中的表名，或删除"),
    ("the workbook has no sheet.*", "工作簿没有工作表：请在Excel中重新保存"),
    ("(.+) visible sheets: .*", "有{0}张可见工作表：请只保留一张，或按表名命名"),
    ("merged cells.*", "有合并单元格：请取消合并并逐格填写"),
    ("this formula was never calculated.*", "公式从未计算：请在Excel中保存工作簿，或直接填写数值"),
    ("the cell holds an error.*", "单元格为错误值：请改正"),
    ("a number of more than 15 digits.*", "超过15位的数字在Excel中不精确：请设为文本后重新填写"),
    ("the cell is not text.*", "单元格不是文本，原有写法会丢失：请设为文本后重新填写"),
    ("this cell stands outside the columns.*", "单元格在表头各列之外：请删除，或补上列名"),
    ("the names of the columns stand here, not in row (.+?):.*", "列名不在第{0}行：请删去上方插入的行，或改用新模板"),
    ("this column stands (.+) times.*", "此列出现{0}次：请只保留一列"),
    (r"unknown column: did you mean '(.+?)'\?", "未知的列：是否应为 {0}？"),
    ("unknown column: .*", "未知的列：请删除，或改为模板中的列名"),
    ("this column is missing.*", "缺少此列：请补上，可留空"),
    ("write the columns in this order: (.+)", "请按此顺序排列各列：{0}"),
    ("the type must be (.+?): .*", "列的类型须为{0}，不作转换"),
    ("write true or false", "请填 true 或 false"),
    ("write an existing day as (.+)", "请填实有的日期，写作 {0}"),
    ("write an existing moment as (.+)", "请填实有的时刻，写作 {0}"),
    ("write a whole number in digits only, between (.+) and (.+)", "请只用数字填整数，在 {0} 与 {1} 之间"),
    ("write a number as (.+?),.*", "请填数字，写作 {0}，用小数点，不用千位分隔"),
    (r"write the values joined by (.+?),.*", "多个值之间用 {0} 隔开，不留空项"),
    (
        "write letters, digits and (.+?) only: .*",
        "请只用汉字、字母、数字和 {0}：此代码中有其他字符，可能是看不见的字符",
    ),
    (r"not an allowed value: did you mean '(.+?)'\?", "取值不在允许范围内：是否应为 {0}？"),
    ("not an allowed value: the codes are (.+)", "取值不在允许范围内：可用代码为 {0}"),
    (
        "not an allowed code: write a capital letter.*",
        "代码写法不对：请写一个大写字母，其后为大写字母、数字或连字符，如 T1",
    ),
    (r"longer than (\d+) characters: shorten it", "超过{0}字：请缩短"),
    ("outside its range: write a number from (.+) to (.+)", "超出范围：请填 {0} 至 {1} 之间的数"),
    ("outside its range: write a number of at least (.+)", "超出范围：请填不小于 {0} 的数"),
    ("outside its range: write a number of at most (.+)", "超出范围：请填不大于 {0} 的数"),
    (r"not in (\S+): did you mean '(.+?)'\?", "{0} 中没有此代码：是否应为 {1}？"),
    (r"not in (\S+): correct it, or send that row too", "{0} 中没有此代码：请改正，或一并报送该行"),
    (r"not in (\S+): correct it, or ask the office to add it", "{0} 中没有此代码：请改正，或请活动办补录"),
    ("write plain text", "请填普通文字"),
    ("more than (.+) rows: .*", "超过{0}行：请删去多余的单元格，或将此表另存为CSV"),
    (r"larger than (.+) MB.*", "大于{0} MB：请拆分"),
    (r"more than (.+) MB when unpacked.*", "解压后超过{0} MB：请将此表另存为CSV"),
    ("cannot be read: (.+)", "无法读取（{0}）"),
    ("not read within (.+) seconds.*", "{0}秒内未能读完：请拆分，或在Excel中重新保存"),
    ("needs more than (.+?) MB.*", "读取所需内存超过{0} MB：请拆分，或另存为CSV"),
    (
        r"the process that read this file died of it \((.+?)\).*",
        "读取时进程异常终止（{0}）：请在Excel中重新保存，或改交CSV",
    ),
    ("an old .xls or a workbook with a password.*", "旧版 .xls 或带密码的工作簿：请另存为不带密码的 .xlsx"),
    ("not an Excel workbook.*", "不是Excel工作簿(.xlsx)：请在Excel中重新保存"),
    ("a binary workbook.*", "二进制工作簿(.xlsb)：请另存为 .xlsx"),
    ("protected by a password.*", "文件带密码：请另存为不带密码的文件"),
    ("the file is empty.*", "文件是空的：至少要有表头一行"),
    ("the first row is blank.*", "第一行是空的：请删除"),
    ("the cells are separated by (.+?): .*", "单元格以 {0} 分隔：请另存为逗号分隔的CSV"),
    ("(.+) cells where the header has (.+?): .*", "本行{0}格，表头{1}格：请检查逗号和引号"),
    ("broken quoting.*", "引号不配对：请检查引号"),
    (
        "not a text in UTF-8.*|neither UTF-8.*|this may be GB18030.*|most of its characters.*",
        "文字编码不明：请另存为CSV UTF-8",
    ),
    ("letters were lost.*", "保存时有文字丢失：请回到原文件，另存为CSV UTF-8"),
    ("not readable as Parquet.*", "不是可读的Parquet文件：请重新导出"),
    ("only the groups send (.+?): .*", "{0} 只由督导组报送：请从活动办工作簿中删去此表"),
    ("only the office sends (.+?): .*", "{0} 只由活动办报送：请从本组工作簿中删去此表"),
    ("only the office writes (.+?), a group writes (.+?): .*", "{0} 只由活动办填写，督导组只填 {1}：请删去此行"),
    ("this number is already a record of the office: give another", "此编号已是活动办的记录：请另编编号"),
    ("this number is already a record of (.+): give another", "此编号已是{0}的记录：请另编编号"),
    ("no such row to withdraw: check the number", "没有可撤回的这一行：请核对编号"),
    ("the same row stands in (.+) too: keep one of them", "同一行还出现在 {0}：请只保留一处"),
    (r"this workbook is of (.+?), the row says (.+?): .*", "这是{0}的工作簿，此行却写着{1}：请删去，或由该组报送"),
    (r"(\S+) is a .+ of (.+), not of (.+?): .*", "{0} 属于{1}，不属于{2}：请删去，或由所属的组报送"),
    (r"(\d+) more faults are not listed.*", "另有{0}处未列出：请先改正已列出的"),
    (r".*save .*again.*|.*damaged.*", "工作簿已损坏或写法异常：请在Excel中重新保存"),
)
"""The messages of the reader as patterns, and how each is said in Chinese; the first that fits is taken."""

_ROW = re.compile(r"row (\d+)")
_PATTERNS = tuple((re.compile(pattern, re.DOTALL), words) for pattern, words in _CHINESE)


def place_in_words(place: str, language: Language) -> str:
    """Where a cell stands: `row 7` of a CSV file or `visits!C7` of a workbook."""
    return _ROW.sub(r"第\1行", place) if language == "zh" else place


def in_words(message: str, rule: str, language: Language) -> str:
    """What to do about a fault: the reader's message, or the rule's own words, in the language; as it is if unknown."""
    if language == "en":
        return message
    if rule in _RULES and message == _RULES[rule].en:
        return _RULES[rule].zh
    for pattern, words in _PATTERNS:
        if found := pattern.fullmatch(message):
            return words.format(*found.groups())
    return message
