-- id: I11a
-- name: report_timeliness
-- title_zh: 报送及时率
-- title_en: On-time filing share
-- question_zh: 应报的督导信息,有多少按时报到?
-- question_en: Of the reports due, how many were filed on time?
-- numerator_zh: 首次被接收(未退回)的报送时间不晚于应报时间
-- numerator_en: Reports whose first accepted, not returned filing came by the due time
-- denominator_zh: 时段内应报的报告;各组周报代表该组当日所督导的单位
-- denominator_en: Reports due in the period; a group's report speaks for the units it supervised on that day
-- missing_zh: 未报:到事件截止日仍没有被接收的报送;按未及时计
-- missing_en: Not filed: no accepted filing by the events-until date; counts as not on time
-- grain: report due
-- unit: share
-- direction: up
-- aggregation: pooled over distinct reports; by unit type or unit a report counts once for each one it covers
-- reference: I11a; a returned filing does not stop the clock
with

cells as (
    select
        group_id,
        unit_type,
        unit_id,
        week,
        cast(null as varchar) as report_due_id,
        0 as is_on_time,
        0 as is_missing,
        0 as is_immature
    from unit_weeks
    where member_from between $from_on and $to_on

    union all

    select
        group_id,
        unit_type,
        unit_id,
        week,
        report_due_id,
        case when filed_at <= due_at then 1 else 0 end as is_on_time,
        case when filed_on <= $events_until then 0 else 1 end as is_missing,
        is_immature
    from report_covers
    where due_on between $from_on and $to_on
),

reports as (
    select distinct
        case when $by_group then group_id end as group_id,
        case when $by_unit_type then unit_type end as unit_type,
        case when $by_unit then unit_id end as unit_id,
        case when $by_week then week end as week,
        report_due_id,
        is_on_time,
        is_missing,
        is_immature
    from cells
    where
        ($groups is null or list_contains($groups, group_id))
        and ($unit_types is null or list_contains($unit_types, unit_type))
)

select
    group_id,
    unit_type,
    unit_id,
    week,
    cast(sum(is_on_time) as double) / nullif(count(report_due_id), 0) as value,
    cast(sum(is_on_time) as bigint) as numerator,
    count(report_due_id) as denominator,
    cast(sum(is_missing) as bigint) as n_missing,
    case when max(is_immature) = 1 then 'immature' else 'mature' end as maturity
from reports
group by all
