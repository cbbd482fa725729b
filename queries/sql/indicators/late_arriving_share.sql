-- id: I11c
-- name: late_arriving_share
-- title_zh: 补报率
-- title_en: Late-arriving share
-- question_zh: 已经发生的工作,有多少在本次快照时还没有报到?
-- question_en: Of the work that had happened, how much was not yet known in this snapshot?
-- numerator_zh: 补报:最新快照已知、而本快照尚未掌握的事实
-- numerator_en: Facts known to the newest snapshot but not yet to this one
-- denominator_zh: 最新快照已知、发生在时段内的事实(完成的动作、现场督查、约谈、发现的问题)
-- denominator_en: Facts of the period known to the newest snapshot: actions done, on-site visits,
--   interview sessions, problems found
-- missing_zh: 无;本快照就是最新快照时补报为 0
-- missing_en: None; nothing has arrived later yet when this is the newest snapshot
-- grain: fact
-- unit: share
-- direction: down
-- aggregation: pooled
-- key: occurred_on, fact_kind, fact_key
-- maturity: activity
-- reference: I11c; a fact belongs to the week and to the unit's group of the day it happened
select
    group_id,
    unit_type,
    unit_id,
    week,
    fact_kind,
    fact_key,
    occurred_on,
    reported_at,
    date_diff('day', occurred_on, cast(reported_at as date)) as latency_days,
    is_late as numerator,
    1 as denominator,
    0 as is_missing,
    0 as is_immature
from later_unit_facts
where occurred_on between $from_on and $to_on
