-- id: I13t
-- name: hold_days
-- title_zh: 停留天数
-- title_en: Time held (days)
-- question_zh: 督办事项在各层级、各机构一共停留了多少天?
-- question_en: How many days did matters lie at each level and body in all?
-- numerator_zh: 停留天数之和(自然日):从收到到转出或办结,未转出的算到事件截止日
-- numerator_en: Sum of calendar days from receiving a matter until handing it on or its closing; a hop not yet left
--   counts up to the events-until date
-- denominator_zh: 时段内到达的站数;数值为停留天数之和,不是平均
-- denominator_en: Hops begun in the period; the value is the total of days, not a mean
-- missing_zh: 无;已转出而尚未报到的仍算停留,见“数据未到齐”标记
-- missing_en: None; a handing on not yet reported still counts as held, see the maturity mark
-- grain: hop of a matter
-- unit: days
-- direction: none
-- aggregation: total
-- key: arrived_on, matter_id, hop_no
-- dimensions: body, level
-- reference: I13; body and level are the holder's, group and unit those of the lead body on the day the hop began
select
    group_id,
    unit_type,
    unit_id,
    week,
    body_id,
    body_name_zh,
    body_name_en,
    level,
    matter_id,
    matter_no,
    title_zh,
    hop_no,
    arrived_by,
    arrived_on,
    case when left_on <= $events_until then left_on end as left_on,
    date_diff('day', arrived_on, least(left_on, cast($events_until as date))) as held_days,
    date_diff('day', arrived_on, least(left_on, cast($events_until as date))) as numerator,
    1 as denominator,
    0 as is_missing,
    case when least(left_on, cast($events_until as date)) > mature_until then 1 else 0 end as is_immature
from unit_hops
where arrived_on <= $events_until and counted_on between $from_on and $to_on
