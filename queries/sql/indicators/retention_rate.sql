-- id: I14k
-- name: retention_rate
-- title_zh: 决定保持率
-- title_en: Elements of decisions kept
-- question_zh: 决定的要素传到各层级后,还有多少保持原样?
-- question_en: Of the elements of decisions, how many are still as decided at each level?
-- numerator_zh: 保持:该层级照决定转述的要素
-- numerator_en: Elements the level restated as decided
-- denominator_zh: 时段内该层级转述过的要素(保持、变更、丢失);要按层级看,0层是决定本身,总是保持
-- denominator_en: Elements the level restated in the period (kept, altered or dropped); read it by level: level 0 is
--   the decision itself and always kept
-- missing_zh: 未转述的要素,不计入;另见未转述占比
-- missing_en: Elements not restated: not in the denominator, they have a share of their own
-- grain: element of a decision at a level
-- unit: share
-- direction: up
-- aggregation: pooled
-- key: recorded_on, matter_id, element_no, level
-- dimensions: body, level, category
-- reference: I14; an element belongs to the week it was recorded in and to the group of its lead body's unit then
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
    element_no,
    category,
    decided_value,
    restated_value,
    unit_of_measure,
    element_state,
    recorded_on,
    case when element_state = 'kept' then 1 else 0 end as numerator,
    is_restated as denominator,
    1 - is_restated as is_missing,
    is_immature
from element_levels
where recorded_on <= $events_until and counted_on between $from_on and $to_on
