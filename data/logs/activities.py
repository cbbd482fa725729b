"""What an activity of a log is among the steps of a matter: as it was mapped, as it is called, else an act.

Names are compared without regard to case, spaces, hyphens and underscores. An activity that is neither mapped nor
called so shows that its holder did something: it counts as `started`, the least that can be said of it.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from data.exceptions import DataError

HANDING: Final = ("registered", "assigned", "forwarded", "returned", "escalated", "reopened")
"""Steps that may hand a matter on; where the holder stays the same they hand nothing on."""
ENDING: Final = ("closed", "cancelled")
ACTS: Final = ("signed_for", "started", "feedback", "urged", "claimed_done", "verified")
TYPES: Final = (*HANDING, *ACTS, *ENDING)
"""What an activity can be mapped to. Slips and extensions need more than a log says of them."""
UNKNOWN: Final = "started"

NAMES: Final[dict[str, tuple[str, ...]]] = {
    "registered": (
        "register",
        "received",
        "create",
        "created",
        "opened",
        "open",
        "立项",
        "登记",
        "受理",
        "收件",
        "创建",
    ),
    "assigned": ("assign", "dispatched", "交办", "分派", "派单", "分办"),
    "forwarded": (
        "forward",
        "handedon",
        "handover",
        "transferred",
        "transfer",
        "passedon",
        "转办",
        "转交",
        "移交",
        "流转",
    ),
    "returned": ("return", "sentback", "rejected", "reject", "退回", "退件", "退办", "驳回"),
    "escalated": ("escalate", "提级", "升级"),
    "reopened": ("reopen", "重新打开", "重办", "重启"),
    "signed_for": ("signedfor", "accepted", "accept", "acknowledged", "签收", "接收"),
    "started": ("start", "inprogress", "begun", "开始办理", "办理", "承办", "处理"),
    "feedback": ("reportedback", "reported", "replied", "reply", "反馈", "回复", "答复", "回告"),
    "urged": ("urge", "reminded", "reminder", "催办", "提醒"),
    "claimed_done": ("claimeddone", "done", "completed", "complete", "resolved", "报完成", "办毕", "完成"),
    "verified": ("verify", "checked", "核实", "核查", "验收"),
    "closed": ("close", "finished", "办结", "结案", "结束", "销号", "关闭"),
    "cancelled": ("cancel", "canceled", "withdrawn", "撤销", "取消", "作废", "撤回"),
}
"""How activities are called that are known without being mapped, beside the name of the step itself."""


def types_of(activities: Iterable[str], maps: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The step each activity is, and the activities that count as acts because nothing says what they are.

    DataError for a step that there is not, and for a mapped activity that the log does not have.
    """
    names = sorted(set(activities))
    for activity, step in maps.items():
        if step not in TYPES:
            near = difflib.get_close_matches(step, TYPES, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"The steps are {', '.join(TYPES)}."
            raise DataError(f"--map {activity}={step}: there is no step {step!r}. {hint}")
        if activity not in names:
            near = difflib.get_close_matches(activity, names, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(names[:20])}."
            raise DataError(f"--map {activity}={step}: the log has no activity {activity!r}: {hint}")
    called = {_plain(name): step for step in NAMES for name in (step, *NAMES[step])}
    found = {name: maps.get(name) or called.get(_plain(name)) for name in names}
    unknown = tuple(name for name, step in found.items() if step is None)
    return {name: step or UNKNOWN for name, step in found.items()}, unknown


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in folded if letter not in " -_")
