-- id: I14
-- name: drift
-- title_zh: 变味度
-- title_en: Drift from the decision
-- question_zh: 决定每往下传一级,又有多少要素走了样?
-- question_en: Of the elements of decisions, how many more depart from the decision at each level?
-- numerator_zh: 上一级保持而本级变更或丢失的要素,减去上一级走样而本级又照决定转述的要素
-- numerator_en: Elements kept at the level above and altered or dropped here, less those that came back to the decision
-- denominator_zh: 时段内本级和上一级都转述过的要素;0层是决定本身,不计
-- denominator_en: Elements restated here and at the level above in the period; level 0 is the decision itself and not
--   in it
-- missing_zh: 本级或上一级未转述的要素,不计入;未转述不等于走样
-- missing_en: Elements not restated here or above: not in the denominator, silence is not drift
-- grain: element of a decision at a level
-- unit: share
-- direction: down
-- aggregation: pooled
-- key: recorded_on, matter_id, element_no, level
-- dimensions: body, level, category
-- reference: I14: retention of the level above less retention of the level, over the same elements
with

heres as (
    select *
    from element_levels
    where level > 0 and recorded_on <= $events_until and counted_on between $from_on and $to_on
),

aboves as (
    select
        matter_id,
        element_no,
        level + 1 as level,
        is_restated,
        case when element_state = 'kept' then 1 else 0 end as is_kept
    from element_levels
    where recorded_on <= $events_until
)

select
    heres.group_id,
    heres.unit_type,
    heres.unit_id,
    heres.week,
    heres.body_id,
    heres.body_name_zh,
    heres.body_name_en,
    heres.level,
    heres.matter_id,
    heres.matter_no,
    heres.title_zh,
    heres.element_no,
    heres.category,
    heres.decided_value,
    heres.restated_value,
    heres.unit_of_measure,
    heres.element_state,
    heres.recorded_on,
    case
        when heres.is_restated = 1 and aboves.is_restated = 1
            then aboves.is_kept - case when heres.element_state = 'kept' then 1 else 0 end
        else 0
    end as numerator,
    coalesce(heres.is_restated * aboves.is_restated, 0) as denominator,
    1 - coalesce(heres.is_restated * aboves.is_restated, 0) as is_missing,
    heres.is_immature
from heres
left join aboves
    on
        heres.matter_id = aboves.matter_id
        and heres.element_no = aboves.element_no
        and heres.level = aboves.level
