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
-- aggregation: pooled
-- counted: once
-- key: due_at, group_id, report_due_id
-- dimensions: state
-- reference: I11a; a returned filing does not stop the clock
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
    case when filed_at <= due_at and filed_on <= $events_until then 1 else 0 end as numerator,
    1 as denominator,
    case when filed_on <= $events_until then 0 else 1 end as is_missing,
    is_immature
from report_covers
where due_on between $from_on and $to_on
