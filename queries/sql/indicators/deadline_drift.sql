-- id: I14d
-- name: deadline_drift
-- title_zh: 期限偏移(天)
-- title_en: Drift of the deadline (days)
-- question_zh: 到期事项的结果,一般比原定期限晚多少天达到?
-- question_en: How many days after the day decided are the results of the matters due typically reached?
-- numerator_zh: 偏移天数之和(达到日减原定期限;提前为负)
-- numerator_en: Sum of days from the original deadline to the day reached (early is negative)
-- denominator_zh: 时段内按原定期限到期的事项的要素,不含已撤销的事项;数值为中位数,并给出第90百分位
-- denominator_en: Elements of matters due in the period by their original deadline, cancelled matters left out;
--   the value is the median, with the 90th percentile beside it
-- missing_zh: 没有经核实的结果:以“至少”已偏移到事件截止日的天数计入
-- missing_en: No verified result: enters with the days up to the events-until date, so "at least" that long
-- grain: element of a decision
-- unit: days
-- direction: down
-- aggregation: median
-- key: counted_on, matter_id, element_no
-- dimensions: body, category
-- reference: I14; an element stands where its matter's original deadline stands
select
    group_id,
    unit_type,
    unit_id,
    week,
    body_id,
    body_name_zh,
    body_name_en,
    matter_id,
    matter_no,
    title_zh,
    element_no,
    category,
    deadline_on as due_on_original,
    counted_on,
    case when achieved_on <= $events_until then achieved_on end as achieved_on,
    date_diff('day', deadline_on, least(achieved_on, cast($events_until as date))) as days_late,
    date_diff('day', deadline_on, least(achieved_on, cast($events_until as date))) as numerator,
    1 as denominator,
    case when achieved_on <= $events_until then 0 else 1 end as is_missing,
    is_immature
from element_results
where registered_on <= $events_until and held_until > $events_until and counted_on between $from_on and $to_on
