-- id: I12r
-- name: recurrence_rate
-- title_zh: 反弹率(90天)
-- title_en: Recurrence within 90 days
-- question_zh: 销号的问题,有多少在90天内又反弹?
-- question_en: Of the problems struck off, how many came back within 90 days?
-- numerator_zh: 反弹:销号后90天内重新打开,或又发现由它反弹而来的问题
-- numerator_en: Reopened, or found again as a problem that recurs of it, within 90 days of the closing
-- denominator_zh: 时段内的销号,到事件截止日已满90天观察期或已反弹;近90天内只有反弹的计入,因此偏高,标为未到齐
-- denominator_en: Closings in the period observed for 90 days by the events-until date, or failed before; of the last
--   90 days only the failed ones count, so the figure is too high there and marked as not complete
-- missing_zh: 还在90天观察期内、没有反弹的销号,不计入
-- missing_en: Closings still under observation and not failed: not in the denominator
-- grain: closing of a problem
-- unit: share
-- direction: down
-- aggregation: pooled
-- key: closed_on, problem_id, closing_no
-- dimensions: category
-- reference: I12; a closing belongs to the week and to the unit's group of its day
with

closings as (
    select
        *,
        closed_on + 90 as observed_until,
        case when least(reopened_on, recurred_on) <= $events_until then least(reopened_on, recurred_on) end as failed_on
    from problem_closings
    where closed_on between $from_on and $to_on
),

judged as (
    select
        *,
        case when failed_on <= observed_until then 1 else 0 end as is_failed,
        case when failed_on <= observed_until or observed_until <= $events_until then 1 else 0 end as is_judged
    from closings
)

select
    spans.group_id,
    spans.unit_type,
    judged.unit_id,
    date_diff('day', clock.launched_on, judged.closed_on) // 7 + 1 as week,
    judged.problem_id,
    judged.title_zh,
    judged.category,
    judged.closing_no,
    judged.closed_on,
    judged.observed_until,
    case when judged.reopened_on <= $events_until then judged.reopened_on end as reopened_on,
    case when judged.recurred_on <= $events_until then judged.recurred_on end as recurred_on,
    judged.is_failed as numerator,
    judged.is_judged as denominator,
    1 - judged.is_judged as is_missing,
    case when judged.observed_until > maturity.mature_until then 1 else 0 end as is_immature
from judged
inner join unit_spans as spans
    on judged.unit_id = spans.unit_id and judged.closed_on between spans.active_from and spans.active_to
inner join group_maturity as maturity on spans.group_id = maturity.group_id
cross join clock
