-- id: I11b
-- name: report_lag
-- title_zh: 报送延迟(天)
-- title_en: Report lag (days)
-- question_zh: 报告一般比应报日期晚几天报到?
-- question_en: How many days after the due date does a report typically arrive?
-- numerator_zh: 延迟天数之和(报送日减应报日;提前为负)
-- numerator_en: Sum of lag days (day filed minus day due; early is negative)
-- denominator_zh: 时段内应报的报告;数值为延迟天数的中位数,并给出第90百分位
-- denominator_en: Reports due in the period; the value is the median lag, with the 90th percentile beside it
-- missing_zh: 未报:以“至少”已延迟到事件截止日的天数计入
-- missing_en: Not filed: enters with the days up to the events-until date, so "at least" that long
-- grain: report due
-- unit: days
-- direction: down
-- aggregation: median over distinct reports; not additive
-- reference: I11b; a returned filing does not stop the clock
with

cells as (
    select
        group_id,
        unit_type,
        unit_id,
        week,
        cast(null as varchar) as report_due_id,
        cast(null as bigint) as lag_days,
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
        date_diff('day', due_on, least(filed_on, cast($events_until as date))) as lag_days,
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
        lag_days,
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
    median(lag_days) as value,
    cast(coalesce(sum(lag_days), 0) as bigint) as numerator,
    count(report_due_id) as denominator,
    cast(sum(is_missing) as bigint) as n_missing,
    case when max(is_immature) = 1 then 'immature' else 'mature' end as maturity,
    floor(quantile_cont(lag_days, 0.9) * 10 + 0.5) / 10 as p90
from reports
group by all
