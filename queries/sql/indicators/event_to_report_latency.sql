-- id: I11d
-- name: event_to_report_latency
-- title_zh: 信息滞后天数
-- title_en: Event-to-report time (days)
-- question_zh: 事情发生后,一般过几天活动办才收到信息?
-- question_en: How many days after an event does the campaign office typically learn of it?
-- numerator_zh: 滞后天数之和(收到日减发生日)
-- numerator_en: Sum of days from the event to its receipt
-- denominator_zh: 时段内已知的事实(完成的动作、现场督查、约谈、发现的问题);数值为中位数,并给出第90百分位
-- denominator_en: Known facts of the period: actions done, on-site visits, interview sessions, problems found;
--   the value is the median, with the 90th percentile beside it
-- missing_zh: 尚未报到的事实不在其中,因此近几周看起来会偏快
-- missing_en: Facts not yet reported are not in it, so recent weeks look faster than they are
-- grain: fact
-- unit: days
-- direction: down
-- aggregation: median over facts; not additive
-- reference: I11d; a fact belongs to the week and to the unit's group of the day it happened
with

cells as (
    select
        group_id,
        unit_type,
        unit_id,
        week,
        0 as is_fact,
        cast(null as bigint) as latency_days,
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
        latency_days,
        0 as is_immature
    from unit_facts
    where occurred_on between $from_on and $to_on
)

select
    case when $by_group then group_id end as group_id,
    case when $by_unit_type then unit_type end as unit_type,
    case when $by_unit then unit_id end as unit_id,
    case when $by_week then week end as week,
    median(latency_days) as value,
    cast(coalesce(sum(latency_days), 0) as bigint) as numerator,
    cast(sum(is_fact) as bigint) as denominator,
    cast(0 as bigint) as n_missing,
    case when max(is_immature) = 1 then 'immature' else 'mature' end as maturity,
    floor(quantile_cont(latency_days, 0.9) * 10 + 0.5) / 10 as p90
from cells
where
    ($groups is null or list_contains($groups, group_id))
    and ($unit_types is null or list_contains($unit_types, unit_type))
group by all
