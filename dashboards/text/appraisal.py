"""Appraisal: coursework marks."""

from dashboards.text.pairs import Pairs

MESSAGES: Pairs = {
    "page.appraisal": ("Appraisal", "平时成绩"),
    "page.appraisal.question": (
        "What is each unit's coursework mark, and what does it rest on?",
        "各单位平时成绩是多少，依据是什么？",
    ),
    "appraisal.ranks.title": ("Ranks and the weight of coursework", "名次与平时成绩权重"),
    "appraisal.ranks.what": (
        "Units are ranked only with their own class; equal marks share a rank. Nobody can prove one weight right, so every rank is tried under all reasonable ones.",
        "只在同类单位之间排名，同分并列。权重并无定论，因此每个名次都在合理权重范围内逐一检验。",
    ),
    "appraisal.unit.title": ("What one unit's mark rests on", "一个单位的成绩由来"),
    "appraisal.unit.what": (
        "Pick a unit by a dot above or by \u03a3 in the table. Points are given and taken for matters, never for persons.",
        "点选上图的圆点或表中的 \u03a3 选定单位。计分对事不对人。",
    ),
    "appraisal.basis.title": ("Appeals and rules", "申诉与计分规则"),
    "appraisal.basis.what": (
        "An appeal that is upheld takes the point back and the mark is added up anew. The rules of a term are frozen once it has begun.",
        "申诉成立的，该项计分撤回，成绩重新计算。考核期一经开始，其规则即冻结。",
    ),
    # the sentence
    "marked": (
        "{term} ({days}): {marked} of {all} units have a coursework mark, from {low} to {high}, half of them {middle} or less.",
        "{term}（{days}）：{all}个单位中{marked}个有平时成绩，最低{low}分，最高{high}分，半数不高于{middle}分。",
    ),
    "marked.alike": (
        "{term} ({days}): {marked} of {all} units have a coursework mark, each of them {low}.",
        "{term}（{days}）：{all}个单位中{marked}个有平时成绩，均为{low}分。",
    ),
    "marked.alike.one": (
        "{term} ({days}): 1 of {all} units has a coursework mark: {low}.",
        "{term}（{days}）：{all}个单位中{marked}个有平时成绩，为{low}分。",
    ),
    "marked.idle": ("{term} ({days}): none of {all} units had a task.", "{term}（{days}）：{all}个单位均无任务。"),
    "marked.ranked": (
        "{ranked} also have an exam mark and are ranked with their class.",
        "其中{ranked}个另有考试成绩，按类别排名。",
    ),
    "marked.ranked.one": (
        "One also has an exam mark and is ranked with its class.",
        "其中{ranked}个另有考试成绩，按类别排名。",
    ),
    "marked.missing": (
        "{missing} have no exam mark: coursework stands alone, without a rank.",
        "{missing}个没有考试成绩：只列平时成绩，不排名。",
    ),
    "marked.missing.one": (
        "One has no exam mark: coursework stands alone, without a rank.",
        "{missing}个没有考试成绩：只列平时成绩，不排名。",
    ),
    "marked.unexamined": (
        "No exam mark is in yet: coursework stands alone and is not scaled up, and nobody is ranked.",
        "考试成绩尚未公布：只列平时成绩，不作折算，暂不排名。",
    ),
    "marked.unranked": ("Nobody is ranked.", "均不参加排名。"),
    "marked.without": ("{idle} had no task and are not ranked.", "{idle}个没有任务，不参加排名。"),
    "marked.without.one": ("One had no task and is not ranked.", "{idle}个没有任务，不参加排名。"),
    "marked.running": ("The term is still running: marks may change.", "考核期尚未结束，成绩仍会变动。"),
    "marked.rules": (
        "Rules {scheme}, frozen for the term as {hash}.",
        "计分规则{scheme}，本考核期冻结为{hash}。",
    ),
    "marked.weight": ("Usual weight of coursework {weight}.", "平时成绩默认权重{weight}。"),
    "marked.pending": ("{pending} appeals are pending.", "{pending}项申诉待定。"),
    "marked.pending.one": ("One appeal is pending.", "{pending}项申诉待定。"),
    "marked.unappealed": ("No appeal is pending.", "没有待定的申诉。"),
    "marked.none": ("No term of appraisal has begun by this day.", "截至该日尚无考核期开始。"),
    "marked.nobody": ("No unit of this selection has a mark in the term.", "所选范围内没有单位在本考核期有成绩。"),
    # terms
    "term.named.year": ("{year}", "{year}年度"),
    "term.named.half.1": ("1st half of {year}", "{year}年上半年"),
    "term.named.half.2": ("2nd half of {year}", "{year}年下半年"),
    "term.named.quarter": ("{nth} quarter of {year}", "{year}年第{nth}季度"),
    "term.named.month": ("Month {nth} of {year}", "{year}年{nth}月"),
    "term.nth.1": ("1st", "一"),
    "term.nth.2": ("2nd", "二"),
    "term.nth.3": ("3rd", "三"),
    "term.nth.4": ("4th", "四"),
    "term.days": ("{first} to {last}", "{first}至{last}"),
    "terms.choose": ("Term of appraisal", "考核期"),
    "terms.closed": ("over", "已结束"),
    "terms.running": ("running", "进行中"),
    # the dots
    "dots.title": ("Coursework marks, each class on its own", "平时成绩（按类别）"),
    "dots.none": ("No unit of this selection had a task in the term.", "所选单位在本考核期均无任务。"),
    "dots.say": ("The middle mark is {middles}.", "中位成绩：{middles}。"),
    "dots.middle": ("{mark} among {of}", "{of}{mark}分"),
    "dots.apart": (
        "Classes have different tasks and are not compared with one another.",
        "各类单位任务不同，类别之间不作比较。",
    ),
    "dots.one": ("Only one class is selected.", "只选了一个类别。"),
    "dots.unit": ("a unit", "一个单位"),
    "dots.legend": (
        "n {n} \u00b7 points from 0 to 100, equal marks above and beside one another \u00b7 a tap shows what a mark rests on",
        "n {n} \u00b7 满分100分，同分者上下左右相邻 \u00b7 点按可查看成绩由来",
    ),
    "dots.pending": ("\u25cb {pending} under appeal", "\u25cb 申诉中{pending}个"),
    "dots.rank": ("rank {rank} of {of}", "第{rank}名（共{of}个）"),
    # the weight
    "weight.title": ("Weight of coursework in the combined mark", "平时成绩在综合成绩中的权重"),
    "weight.legend": (
        "Combined = weight \u00d7 coursework + (1 \u2212 weight) \u00d7 exam. Shaded: the reasonable weights, {low} to {high}.",
        "综合成绩=权重\u00d7平时成绩+（1\u2212权重）\u00d7考试成绩。阴影为合理权重{low}至{high}。",
    ),
    "weight.label": ("Weight of coursework", "平时成绩权重"),
    "weight.words": ("$value: coursework $part %, exam $rest %", "$value：平时成绩$part%，考试成绩$rest%"),
    "weight.exam": ("0 \u00b7 exam alone", "0 \u00b7 只看考试"),
    "weight.coursework": ("coursework alone \u00b7 1", "只看平时 \u00b7 1"),
    "weight.usual": ("Usual weight {usual}", "默认权重{usual}"),
    "weight.none": (
        "No unit of this selection has an exam mark in the term: whatever the weight, there is no combined mark and no rank.",
        "所选单位在本考核期没有考试成绩：无论权重如何，均无综合成绩，也不排名。",
    ),
    "weight.at_usual": (
        "This is the usual weight, {usual}. Move it to see who changes places.",
        "当前为默认权重{usual}。移动滑块可查看名次变化。",
    ),
    "weight.still": (
        "At {chosen} all of {all} ranked units keep the rank that they have at {usual}.",
        "权重为{chosen}时，{all}个参加排名的单位名次均与{usual}时相同。",
    ),
    "weight.moved": (
        "At {chosen} {moved} of {all} ranked units have another rank than at {usual}.",
        "权重为{chosen}时，{all}个参加排名的单位中有{moved}个名次与{usual}时不同。",
    ),
    "weight.moved.one": (
        "At {chosen} one of {all} ranked units has another rank than at {usual}.",
        "权重为{chosen}时，{all}个参加排名的单位中有{moved}个名次与{usual}时不同。",
    ),
    "weight.furthest": ("Moving furthest", "名次变动最大"),
    "weight.widest": (
        "Ranks that rest most on the weight, from best to worst within the shaded range",
        "名次受权重影响最大（阴影范围内最好至最差）",
    ),
    "weight.move": ("{before} \u2192 {after} of {of}", "第{before} \u2192 {after}名，共{of}个"),
    # rank by weight
    "reach.title": ("Rank under every weight", "各权重下的名次"),
    "reach.title.unit": ("{unit}: rank under every weight", "{unit}：各权重下的名次"),
    "reach.idle": ("The unit had no task in the term and is not ranked.", "该单位本考核期没有任务，不参加排名。"),
    "reach.unexamined": (
        "The unit has no exam mark in the term: there is no rank, whatever the weight.",
        "该单位本考核期没有考试成绩：无论权重如何，均不排名。",
    ),
    "reach.share": (
        "In the top third (rank {third} or better) under {share} of reasonable weights.",
        "在{share}的合理权重下位居前三分之一（前{third}名）。",
    ),
    "reach.always": (
        "In the top third (rank {third} or better) under every reasonable weight.",
        "在所有合理权重下均位居前三分之一（前{third}名）。",
    ),
    "reach.never": (
        "In the top third (rank {third} or better) under no reasonable weight.",
        "在任何合理权重下都不在前三分之一（前{third}名）。",
    ),
    "reach.ranks": (
        "From {low} to {high} its rank runs from {best} to {worst} of {of}.",
        "权重由{low}到{high}，名次在第{best}名至第{worst}名之间（共{of}个）。",
    ),
    "reach.same": (
        "From {low} to {high} its rank is {best} of {of} throughout.",
        "权重由{low}到{high}，名次始终为第{best}名（共{of}个）。",
    ),
    "reach.few": (
        "Fewer than three units are ranked: there is no top third.",
        "参加排名的不足三个单位，不划分前三分之一。",
    ),
    "reach.third": ("top third", "前三分之一"),
    "reach.range": ("reasonable weights", "合理权重"),
    "reach.legend": (
        "n {n} {of} \u00b7 weight of coursework across, rank downwards, exact at every weight",
        "n {n}个{of} \u00b7 横轴为平时成绩权重，纵轴为名次，各权重下均为精确值",
    ),
    "reach.words": ("rank {rank} of {of} at {weight}", "权重{weight}：第{rank}名（共{of}个）"),
    "reach.head.from": ("Weight from", "权重自"),
    "reach.head.to": ("Weight to", "权重至"),
    "reach.head.rank": ("Rank", "名次"),
    "reach.head.of": ("Of", "参加排名数"),
    # the table
    "marklist.title": ("All units: marks, ranks, and how sure the rank is", "各单位成绩、名次及名次稳定性"),
    "marklist.say": (
        "Of {all} ranked units {sure} are in the top third and {out} out of it whatever reasonable weight is taken; for {between} it depends on the weight.",
        "{all}个参加排名的单位中，无论取何合理权重，{sure}个稳居前三分之一，{out}个不在其中；{between}个取决于权重。",
    ),
    "marklist.say.one": (
        "Of {all} ranked units {sure} are in the top third and {out} out of it whatever reasonable weight is taken; for one it depends on the weight.",
        "{all}个参加排名的单位中，无论取何合理权重，{sure}个稳居前三分之一，{out}个不在其中；{between}个取决于权重。",
    ),
    "marklist.settled": (
        "Of {all} ranked units {sure} are in the top third and {out} out of it, whatever reasonable weight is taken.",
        "{all}个参加排名的单位中，无论取何合理权重，{sure}个稳居前三分之一，{out}个不在其中。",
    ),
    "marklist.unranked": ("Nobody can be placed in a top third here.", "此处无法划分前三分之一。"),
    "marklist.legend": (
        "n {n} \u00b7 ranks within the class at weight {weight}, whatever is selected \u00b7 top third: share of the weights {low} to {high} that place the unit there (at least 95 % counts as sure)",
        "n {n} \u00b7 名次为权重{weight}时在同类全部单位中的名次 \u00b7 前三分之一：权重{low}至{high}中使该单位位居前三分之一的比例（95%及以上视为稳定）",
    ),
    "marklist.search": ("Search units, groups, classes", "查找单位、督导组、类别"),
    "marklist.open": ("What the mark of {unit} rests on", "{unit}的成绩由来"),
    "marklist.rank": ("{rank} of {of}", "{rank} / {of}"),
    "marklist.idle": ("not ranked: no task", "不参加排名：无任务"),
    "marklist.unexamined": ("no exam mark", "无考试成绩"),
    "marklist.head.unit": ("Unit", "单位"),
    "marklist.head.group": ("Group", "督导组"),
    "marklist.head.class": ("Class", "类别"),
    "marklist.head.rank": ("Rank", "名次"),
    "marklist.head.coursework": ("Coursework", "平时成绩"),
    "marklist.head.exam": ("Exam", "考试成绩"),
    "marklist.head.combined": ("Combined", "综合成绩"),
    "marklist.head.third": ("Top third", "前三分之一"),
    "marklist.head.ranks": ("Ranks", "名次范围"),
    "marklist.head.pending": ("Appeals pending", "待定申诉"),
}
