"""数据新旧、换周与损坏提示的简体中文文案。"""

MESSAGES = {
    "stamp.stale": "数据已过期：{days}天前",
    "banner.newer": "第{week}周数据已就绪（截至{day}）。切换之前，本页内容保持不变。",
    "banner.older": "您看到的是截至{seen_day}（第{seen}周）当时掌握的情况。最新为第{week}周，截至{day}。",
    "banner.anew": "第{week}周数据已重新发布（截至{day}）。您看到的是原先的版本。",
    "banner.taken_back": "您看到的一周已撤回。现在提供的是第{week}周（截至{day}）。",
    "banner.switch": "切换到第{week}周",
    "banner.stale": "数据已过期：最新快照距今{days}天，{day}以后报来的情况都不在这些数字里。",
    "banner.damaged": "最新快照已损坏，现提供最近一期完好的快照：第{week}周，截至{day}。请告知数据管理员。",
    "banner.details": "查看原因",
}
