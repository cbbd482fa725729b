"""Line-up."""

from dashboards.text.pairs import Pairs

MESSAGES: Pairs = {
    "lineup.title": ("On-time rate by group", "各组按时完成率"),
    "lineup.early": (
        "{groups} are below the 99.8 % limits, but their reports are not all in: late news is not late work.",
        "{groups}低于99.8%控制限，但其报告尚未到齐：报得迟不等于做得迟。",
    ),
    "lineup.early.one": (
        "{groups} is below the 99.8 % limits, but its reports are not all in: late news is not late work.",
        "{groups}低于99.8%控制限，但其报告尚未到齐：报得迟不等于做得迟。",
    ),
    "lineup.behind": (
        "{groups} are below what chance allows (99.8 % limits).",
        "{groups}低于偶然波动所能解释的范围（99.8%控制限）。",
    ),
    "lineup.behind.one": (
        "{groups} is below what chance allows (99.8 % limits).",
        "{groups}低于偶然波动所能解释的范围（99.8%控制限）。",
    ),
    "lineup.above": ("{groups} are above the limits.", "{groups}高于控制限。"),
    "lineup.above.one": ("{groups} is above the limits.", "{groups}高于控制限。"),
    "lineup.rest": ("The others cannot be told apart.", "其余各组无法分出先后。"),
    "lineup.together": (
        "No group lies outside the 99.8 % limits: the differences may be chance.",
        "没有哪个组落在99.8%控制限之外：差异可能只是偶然。",
    ),
    "lineup.few": ("Fewer than 10 actions due per group: too few to compare.", "各组到期动作不足10项，不宜比较。"),
    "lineup.legend": (
        "Point: share done on time · dark line: 95 % interval · light band: 99.8 % interval · n: actions due · ▼: outside the limits around the dashed line",
        "圆点：按时完成率 · 深线：95%区间 · 浅带：99.8%区间 · n：到期动作数 · ▼：超出虚线两侧的控制限",
    ),
}
