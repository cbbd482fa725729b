-- id: I14n
-- name: element_not_restated_share
-- title_zh: 要素未转述占比
-- title_en: Elements of decisions not restated
-- question_zh: 决定的要素传到各层级后,有多少没有转述?
-- question_en: Of the elements of decisions, how many did a level not restate at all?
-- numerator_zh: 未转述:该层级没有转述的要素;不知道是否走样,不算变味
-- numerator_en: Elements the level did not restate: what became of them there is not known, so it is not drift
-- denominator_zh: 时段内该层级的全部要素;要按层级看,0层是决定本身,总是保持
-- denominator_en: All elements recorded for the level in the period; read it by level: level 0 is the decision itself
--   and always kept
-- missing_zh: 无
-- missing_en: None
-- grain: element of a decision at a level
-- unit: share
-- direction: down
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
    1 - is_restated as numerator,
    1 as denominator,
    0 as is_missing,
    is_immature
from element_levels
where recorded_on <= $events_until and counted_on between $from_on and $to_on
