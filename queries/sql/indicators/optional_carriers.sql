-- id: I20c
-- name: optional_carriers
-- title_zh: 自选动作的活动载体数
-- title_en: Distinct carriers of optional actions
-- question_zh: 自选动作用了多少种不同的活动载体?
-- question_en: In how many different forms of activity were optional actions done?
-- numerator_zh: 时段内完成的自选动作所用的不同活动载体(同一载体不论几个单位采用,只计一种)
-- numerator_en: Different carriers of the optional actions done in the period (one used by many units counts once)
-- denominator_zh: 同分子
-- denominator_en: The same carriers
-- missing_zh: 未写明活动载体的自选动作:不计入;没有自选动作绝不是过失
-- missing_en: Optional actions that name no carrier: not counted; the absence of an optional action is never a fault
-- grain: carrier
-- unit: count
-- direction: none
-- aggregation: total
-- counted: once
-- key: unnamed_action, carrier
-- maturity: activity
-- reference: I20, distinct carriers; groups share carriers, so those of the groups add up to more than the county's
select
    group_id,
    unit_type,
    unit_id,
    week,
    case
        when carrier is null then concat_ws('/', 'none', unit_id, action_code, cast(instance_no as varchar))
        else concat_ws('/', 'carrier', carrier)
    end as counted_id,
    carrier,
    case when carrier is null then concat_ws('/', unit_id, action_code, cast(instance_no as varchar)) end
        as unnamed_action,
    action_code,
    done_on,
    case when carrier is null then 0 else 1 end as numerator,
    case when carrier is null then 0 else 1 end as denominator,
    case when carrier is null then 1 else 0 end as is_missing,
    0 as is_immature
from optional_records
where done_on between $from_on and $to_on
