"""Plan."""

from dashboards.text.pairs import Pairs

MESSAGES: Pairs = {
    "page.plan": ("Plan", "方案"),
    "page.plan.question": (
        "What of their own work plans have the groups carried out, and what beyond it?",
        "各督导组自己的工作方案做到了几成，又做了哪些自选动作？",
    ),
    "plan.say": (
        "{done} of the {n} items in the groups' own work plans are done ({rate})",
        "各督导组工作方案共{n}条，已完成{done}条（{rate}）",
    ),
    "plan.say.one": (
        "{done} of the {n} item in the groups' own work plans is done ({rate})",
        "各督导组工作方案共{n}条，已完成{done}条（{rate}）",
    ),
    "plan.unheard": (
        "; {n} are past their day with nothing reported.",
        "；{n}条已过期限而无任何报告。",
    ),
    "plan.unheard.one": (
        "; {n} is past its day with nothing reported.",
        "；{n}条已过期限而无任何报告。",
    ),
    "plan.heard": ("; none is past its day without a word.", "；没有过期未报的条目。"),
    "plan.none": (
        "No work plan had been adopted by then in this selection.",
        "所选范围内，截至该日没有印发的工作方案。",
    ),
    "plan.of_group": (
        "A work plan is the group's and belongs to no unit type: show all unit types to see it.",
        "工作方案属于督导组，不分单位类型：请显示全部单位类型后查看。",
    ),
    "plan.no_plan": ("no plan", "无方案"),
    "plan.first": ("{groups} adopted the first plan, on {day}.", "{groups}最早印发方案（{day}）。"),
    "plan.adopted": ("{groups} adopted its plan on {day}.", "{groups}于{day}印发方案。"),
    "plan.without": ("{groups} have no plan.", "{groups}没有方案。"),
    "plan.without.one": ("{groups} has no plan.", "{groups}没有方案。"),
    "plan.optional.say": (
        "Beyond what is prescribed, {part} units did an optional action; to have done none is no fault.",
        "{part}个单位做了自选动作；没有自选动作绝不是过失。",
    ),
    "plan.optional.title": ("Optional actions", "自选动作"),
    "plan.optional.what": (
        "What units did beyond what is prescribed: to learn from, not to count against anyone.",
        "各单位在规定动作之外所做的：供学习借鉴，不作为评判依据。",
    ),
    "aspects.title": ("Plan items done, by aspect", "方案条目完成情况（按方面）"),
    "aspects.say": (
        "{group} has the longest plan, {n} items, {done} done ({rate}); {best} is furthest with {best_rate}.",
        "{group}的方案最长，共{n}条，已完成{done}条（{rate}）；{best}进度最快，为{best_rate}。",
    ),
    "aspects.one": ("{group} has {n} items, {done} done ({rate}).", "{group}共{n}条，已完成{done}条（{rate}）。"),
    "aspects.legend": (
        "Length: items of the plan · strong: done, pale: still to do · right: done of all",
        "长度：方案条目数 · 深色：已完成，浅色：未完成 · 右侧：完成/全部",
    ),
    "adopted.title": ("Plans in the order they were adopted", "各组方案（按印发先后）"),
    "adopted.say": (
        "{n} groups have a plan; {asked} asked their units before making it.",
        "{n}个组已有方案，其中{asked}个组制定前先与单位联系。",
    ),
    "adopted.say.one": (
        "{n} group has a plan; whether its units were asked first stands in the table.",
        "{n}个组已有方案，其中{asked}个组制定前先与单位联系。",
    ),
    "items.title": ("Items of the plans", "方案条目"),
    "items.say": ("{n} of {whole} items.", "共{whole}条，现列{n}条。"),
    "items.more": (
        " The first {shown} are shown, what is past its day on top; choose a group, an aspect or a state for the rest.",
        "只显示前{shown}条，过期未报的在前；其余请选择督导组、方面或状态。",
    ),
    "items.legend": (
        "What an item says is shown as its group wrote it · an item dropped stays in the count, or dropping would improve the figure",
        "条目内容按督导组原文显示 · 放弃的条目仍计入，以免越放弃越好看",
    ),
    "items.by_aspect": ("Aspect", "方面"),
    "items.by_state": ("State", "状态"),
    "items.state.done": ("done", "已完成"),
    "items.state.on_time": ("done in time", "按期完成"),
    "items.state.late": ("done after its day", "逾期完成"),
    "items.state.in_progress": ("under way", "进行中"),
    "items.state.not_done": ("dropped", "已放弃"),
    "items.state.not_reported": ("past its day, nothing reported", "已过期限，未报"),
    "items.state.not_due": ("not due yet", "未到期"),
    "optional.title": ("Units with an optional action", "开展自选动作的单位"),
    "optional.say": (
        "{n} optional actions in {part} of {units} units ({rate}).",
        "{units}个单位中有{part}个开展了自选动作（{rate}），共{n}次。",
    ),
    "optional.say.one": (
        "{n} optional action in {part} of {units} units ({rate}).",
        "{units}个单位中有{part}个开展了自选动作（{rate}），共{n}次。",
    ),
    "optional.legend": (
        "Point: share of the group's units with at least one · line: 95 % interval · dashed: all together · groups in their usual order: absence is never a fault",
        "圆点：至少有一次的单位占比 · 线：95%区间 · 虚线：合计 · 按组号排列：没有自选动作绝不是过失",
    ),
    "optional.each": ("{rate} per unit", "每单位{rate}次"),
    "qingming.title": ("Around Qingming, 1 to 7 April", "清明时节（4月1日至7日）"),
    "qingming.say": (
        "{n} units used these days, in {groups} of {whole} groups: {name}.",
        "{whole}个组中有{groups}个组的{n}个单位利用清明时节开展了“{name}”。",
    ),
    "qingming.say.one": (
        "{n} unit used these days, in {groups} of {whole} groups: {name}.",
        "{whole}个组中有{groups}个组的{n}个单位利用清明时节开展了“{name}”。",
    ),
    "qingming.none": (
        "No optional action of Qingming is known between 1 and 7 April in this selection.",
        "所选范围内没有4月1日至7日的清明自选动作记录。",
    ),
    "qingming.units": ("{n} units", "{n}个单位"),
    "qingming.units.one": ("{n} unit", "{n}个单位"),
    "qingming.legend": (
        "Number: units that did it on that day · behind the slash: units of the group · a blank is no fault",
        "数字：当日开展的单位数 · 斜线后：该组单位数 · 空白不是过失",
    ),
    "carriers.title": ("Carriers: the forms optional actions took", "活动载体"),
    "carriers.say": (
        "{n} different carriers; the most used is {top} (units {units}, groups {groups}).",
        "共{n}种活动载体；采用最多的是“{top}”，{groups}个组的{units}个单位采用。",
    ),
    "carriers.say.one": (
        "{n} carrier: {top} (units {units}, groups {groups}).",
        "共{n}种活动载体：“{top}”，{groups}个组的{units}个单位采用。",
    ),
    "carriers.unnamed": ("{n} optional actions name no carrier.", "{n}次自选动作未写明载体。"),
    "carriers.unnamed.one": ("{n} optional action names no carrier.", "{n}次自选动作未写明载体。"),
    "carriers.none": (
        "No optional action names its carrier in this selection ({n} without).",
        "所选范围内没有写明载体的自选动作（未写明{n}次）。",
    ),
    "carriers.legend": (
        "A carrier is shown as the units wrote it; one used by many units counts once",
        "活动载体按单位原文显示；同一载体不论几个单位采用，只计一种",
    ),
    "twin.aspect": ("Aspect", "方面"),
    "twin.items": ("Items", "条目数"),
    "twin.items_done": ("Done", "已完成"),
    "twin.unheard": ("Past due, unreported", "过期未报"),
    "twin.place": ("Order", "次序"),
    "twin.adopted": ("Adopted", "印发日"),
    "twin.asked": ("Units asked first", "先与单位联系"),
    "twin.aspects": ("Aspects", "方面数"),
    "twin.item_no": ("No.", "序号"),
    "twin.item": ("Item", "条目"),
    "twin.item_due": ("Due", "期限"),
    "twin.item_done": ("Done on", "完成日"),
    "twin.item_state": ("State", "状态"),
    "twin.with_optional": ("Units with one", "开展单位"),
    "twin.actions": ("Actions", "动作次数"),
    "twin.each": ("Per unit", "每单位次数"),
    "twin.day": ("Day", "日期"),
    "twin.carrier": ("Carrier", "活动载体"),
    "twin.carrier_groups": ("Groups", "组数"),
    "twin.carrier_names": ("Used by", "采用的督导组"),
    "twin.kinds": ("Optional action", "自选动作"),
    "twin.since": ("First on", "最早"),
}
