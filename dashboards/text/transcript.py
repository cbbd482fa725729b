"""What is said in a notebook made of a page, what a listing lists, and of notebooks that became pages."""

from dashboards.text.pairs import Pairs

MESSAGES: Pairs = {
    "notebook": ("Notebook", "笔记本"),
    "notebook.title": (
        "Open this page as a notebook: its selection, the page live, and its queries",
        "以笔记本打开本页：所选范围、可操作的页面及其全部查询",
    ),
    "menu.shared": ("By analysts", "分析人员页面"),
    "shared.failed": ("{name} stopped with an error.", "{name} 运行出错。"),
    "transcript.about": (
        "Made from the served page. Run all cells (`campaign lab` opens JupyterLab): the page stands here live, and each query below gives the very numbers the page shows.",
        "由看板页面生成。运行全部单元格即可（`campaign lab` 打开 JupyterLab）：页面在此可直接操作，下面每条查询给出与页面完全相同的数字。",
    ),
    "transcript.partly": (
        "Part of the link was not understood or is not in this snapshot. It was left out.",
        "链接中有一部分无法识别或不在本快照中，已略去。",
    ),
    "transcript.data": (
        '## The data\n\nThe folder is `CAMPAIGN_DATA`; for another one write `folder = Path("…")`. The snapshot is the one the page showed.',
        '## 数据\n\n数据目录取 `CAMPAIGN_DATA`；如用其他目录，可写 `folder = Path("…")`。快照即页面所用的快照。',
    ),
    "transcript.another": (
        "Another snapshot is here than the one this notebook was made of; figures may differ. Here:",
        "此处的快照与生成本笔记本时的快照不同，数字可能有出入。此处为：",
    ),
    "transcript.live": (
        "## The page, live\n\nA filter or a click changes `page.selection`; setting `page.store.groups = [...]` moves the page.",
        "## 页面（可操作）\n\n筛选或点击会改变 `page.selection`；设置 `page.store.groups = [...]` 页面随之变化。",
    ),
    "transcript.asked": (
        "## What the page asks\n\nEach query is asked of `selection`, the one of the page when this notebook was made, and where the page compares, of these:\n",
        "## 页面的查询\n\n每条查询针对 `selection`（生成本笔记本时的所选范围）；页面作比较时还用到：\n",
    ),
    "transcript.nothing": (
        "## What the page asks\n\nWith this selection the page asks nothing.",
        "## 页面的查询\n\n在当前所选范围下，页面没有查询。",
    ),
    "transcript.chosen.of_all": (
        "`of_all`: the same weeks and clocks for every group and unit type",
        "`of_all`：同样的时段与截止日，全部督导组和单位类型",
    ),
    "transcript.chosen.settled": (
        "`settled`: up to the day all reports are in",
        "`settled`：截至各组报告均已到齐之日",
    ),
    "transcript.chosen.earlier": (
        "`earlier`: as `former`, the snapshot before, had it at an equal lag of events",
        "`earlier`：上一期快照 `former` 在同样时差下的情况",
    ),
    "transcript.picked": ("picked: {kind} {code}", "已选：{kind} {code}"),
    "transcript.maturity": (
        "How far each group's figures are complete, and until which day groups may be ranked",
        "各组数据到齐到哪一天，以及排名可截至哪一天",
    ),
    "transcript.moves": (
        "How far each figure moved since the snapshot before: news of old events apart from new events",
        "与上一期快照相比各数字的变化：补报的旧事与新发生的事分开",
    ),
    "transcript.states": ("Every prescribed action of every unit, and its state", "每个单位的每项规定动作及其状态"),
    "transcript.outcomes": (
        "How every prescribed action stands that is due in the period or soon after",
        "本时段内或其后不久到期的每项规定动作的情况",
    ),
    "transcript.problems": ("Every problem found, as it stands", "查出的每个问题及其目前状态"),
    "transcript.work_and_news": (
        "By group: done and told on time, done on time but told late, done late, not done",
        "各组：按时完成且按时报、按时完成但晚报、晚完成、未完成",
    ),
    "transcript.known_growth": (
        "What had happened and what was known at the end of each week",
        "每周末已发生多少、已掌握多少",
    ),
    "transcript.late_facts": ("What had happened and arrived after this snapshot", "已发生但在本快照之后才报来的事"),
    "transcript.lights": ("The light of every matter", "每个督办事项的亮灯"),
    "transcript.bottleneck": ("Each level's part in the stall", "各层级在滞留中所占的份额"),
    "transcript.drift": ("How far decisions drift at each level", "决定在各层级走样的程度"),
    "transcript.departures": (
        "Every element of the decisions that was handed down, decided and restated",
        "逐级传达的决定中的每个要素：原定与转述",
    ),
    "transcript.register": ("What the register says of every matter", "督办台账中每个事项的记载"),
    "transcript.steps": ("Every step of every matter", "每个事项的每一步"),
    "transcript.allowances": ("Until when each holder might keep a matter", "每个承办单位可办理到何时"),
    "transcript.supports": ("The supporting bodies of every matter", "每个事项的协办单位"),
    "transcript.standing_matters": ("Every matter as it stands", "每个事项的目前状态"),
    "transcript.holders": ("The bodies where matters lay", "事项曾滞留的单位"),
    "transcript.pressure": ("Every pressing of a matter", "对事项的每次催办"),
    "transcript.cascade": ("How far each matter came at each level", "每个事项在各层级走到了哪一步"),
    "transcript.inspections": ("The calendar of inspections", "检查日历"),
    "transcript.meetings": ("The pairs of inspections that meet", "相互重叠的检查"),
    "transcript.proposals": ("What the joint conference could merge", "联席会议可以合并的检查"),
    "transcript.calls": (
        "What is asked of the units, by others and by ourselves",
        "其他单位和我们自己对基层提出的要求",
    ),
    "transcript.decisions": (
        "Every decision of past conferences, and what became of it",
        "历次联席会议的每项决定及其落实情况",
    ),
    "transcript.plans": ("The groups' work plans", "各组的工作方案"),
    "transcript.term_marks": ("The marks of every term", "各期的平时成绩"),
    "transcript.points": ("Every event behind the marks", "成绩背后的每一件事"),
    "transcript.appeals": ("Every appeal against an event", "对事件的每项申诉"),
}
