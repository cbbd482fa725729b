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
-- aggregation: median
-- counted: once
-- key: due_at, group_id, report_due_id
-- dimensions: state
-- reference: I11b; a returned filing does not stop the clock
select
    group_id,
    unit_type,
    unit_id,
    week,
    report_due_id as counted_id,
    report_due_id,
    reporter_kind,
    reporter_id,
    report_kind,
    period_from,
    period_to,
    due_at,
    case when filed_on <= $events_until then filed_at end as filed_at,
    date_diff('day', due_on, least(filed_on, cast($events_until as date))) as lag_days,
    case when filed_on <= $events_until then 'done' else open_state end as state,
    date_diff('day', due_on, least(filed_on, cast($events_until as date))) as numerator,
    1 as denominator,
    case when filed_on <= $events_until then 0 else 1 end as is_missing,
    is_immature
from report_covers
where due_on between $from_on and $to_on
