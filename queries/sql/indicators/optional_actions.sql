-- id: I20
-- name: optional_actions
-- title_zh: 单位平均自选动作次数
-- title_en: Optional actions per unit
-- question_zh: 平均每个单位做了几次自选动作?
-- question_en: How many optional actions has each unit done, on average?
-- numerator_zh: 时段内完成的自选动作(每条记录计一次)
-- numerator_en: Optional actions done in the period (each record counts once)
-- denominator_zh: 在督单位数:单位周数除以时段周数(归属不变时即单位数)
-- denominator_en: Units supervised: unit-weeks over weeks in the period, which is the number of units
--   when assignments do not change
-- missing_zh: 无;没有自选动作绝不是过失,不作缺报
-- missing_en: None; the absence of an optional action is never a fault and never missing
-- grain: optional action done in a unit
-- unit: ratio
-- direction: none
-- aggregation: per_unit
-- key: done_on, action_code, unit_id, instance_no
-- maturity: activity
-- reference: I20; the catalogue version in force on the day decides what is optional
select
    group_id,
    unit_type,
    unit_id,
    week,
    stage,
    action_code,
    instance_no,
    done_on,
    carrier,
    reported_at,
    1 as numerator,
    0 as denominator,
    0 as is_missing,
    0 as is_immature
from optional_records
where done_on between $from_on and $to_on
