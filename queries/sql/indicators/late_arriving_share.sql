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
-- aggregation: pooled: sum of numerators over sum of denominators
-- reference: I11c; a fact belongs to the week and to the unit's group of the day it happened
with

cells as (
    select
        group_id,
        unit_type,
        unit_id,
        week,
        0 as is_fact,
        0 as is_late,
        case when least(week_to, $events_until) > mature_until then 1 else 0 end as is_immature
    from unit_weeks
    where member_from between $from_on and $to_on

    union all

    select
        group_id,
        unit_type,
        unit_id,
        week,
        1 as is_fact,
        is_late,
        0 as is_immature
    from later_unit_facts
    where occurred_on between $from_on and $to_on
)

select
    case when $by_group then group_id end as group_id,
    case when $by_unit_type then unit_type end as unit_type,
    case when $by_unit then unit_id end as unit_id,
    case when $by_week then week end as week,
    cast(sum(is_late) as double) / nullif(sum(is_fact), 0) as value,
    cast(sum(is_late) as bigint) as numerator,
    cast(sum(is_fact) as bigint) as denominator,
    cast(0 as bigint) as n_missing,
    case when max(is_immature) = 1 then 'immature' else 'mature' end as maturity
from cells
where
    ($groups is null or list_contains($groups, group_id))
    and ($unit_types is null or list_contains($unit_types, unit_type))
group by all
