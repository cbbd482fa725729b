-- The elements of each decision and what was reached: one row per matter and element of level 0.
-- Elements stand, until their matter is cancelled, where the matter's original deadline stands. Only a verified
-- result counts, from the day it was reached on, without one from the day it was reported.
with

results as (
    select
        matter_id,
        element_no,
        direction,
        achieved_value,
        coalesce(achieved_on, cast(reported_at as date)) as achieved_on
    from matter_results
    where verified and not is_void
)

select
    deadlines.matter_id,
    deadlines.matter_no,
    deadlines.title_zh,
    deadlines.lead_body_id as body_id,
    deadlines.lead_body_name_zh as body_name_zh,
    deadlines.lead_body_name_en as body_name_en,
    deadlines.registered_on,
    deadlines.deadline_on,
    deadlines.counted_on,
    deadlines.held_until,
    deadlines.group_id,
    deadlines.unit_type,
    deadlines.unit_id,
    deadlines.week,
    deadlines.is_immature,
    elements.element_no,
    elements.element_kind as category,
    elements.decided_value,
    elements.unit_of_measure,
    results.direction,
    results.achieved_value,
    results.achieved_on
from matter_deadlines as deadlines
inner join matter_elements as elements on deadlines.matter_id = elements.matter_id
left join results on elements.matter_id = results.matter_id and elements.element_no = results.element_no
where deadlines.deadline = 'original' and elements.level = 0 and not elements.is_void
