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
-- aggregation: median
-- key: occurred_on, fact_kind, fact_key
-- maturity: activity
-- reference: I11d; a fact belongs to the week and to the unit's group of the day it happened
select
    group_id,
    unit_type,
    unit_id,
    week,
    fact_kind,
    fact_key,
    action_code,
    occurred_on,
    reported_at,
    latency_days,
    latency_days as numerator,
    1 as denominator,
    0 as is_missing,
    0 as is_immature
from unit_facts
where occurred_on between $from_on and $to_on
