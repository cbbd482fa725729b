"""English messages about what is served: fresh, stale, newer, damaged."""

MESSAGES = {
    "stamp.stale": "Out of date: {days} days old",
    "banner.newer": "Week {week} is ready (known on {day}). What you see stays as it is until you switch.",
    "banner.older": "You see week {seen} as it was known on {seen_day}. The newest is week {week}, known on {day}.",
    "banner.anew": "Week {week} was published anew (known on {day}). What you see is the former state of it.",
    "banner.taken_back": "The week you see was taken back. Served now is week {week}, known on {day}.",
    "banner.switch": "Switch to week {week}",
    "banner.stale": (
        "Out of date: the newest snapshot is {days} days old. What was reported after {day} is not in these figures."
    ),
    "banner.damaged": (
        "The newest snapshot is damaged. Served instead is the last good one: week {week}, known on {day}. "
        "Tell the data steward."
    ),
    "banner.details": "What was found",
}
