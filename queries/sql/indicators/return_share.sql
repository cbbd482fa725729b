-- id: I13r
-- name: return_share
-- title_zh: 退回率(流转)
-- title_en: Share of hops that were returns
-- question_zh: 事项的流转中,有多少是被退回来的?
-- question_en: Of all the times a matter changed hands, how often was it sent back?
-- numerator_zh: 由退回而到达的站
-- numerator_en: Hops that began with the matter being returned
-- denominator_zh: 时段内到达的站
-- denominator_en: Hops begun in the period
-- missing_zh: 无
-- missing_en: None
-- grain: hop of a matter
-- unit: share
-- direction: down
-- aggregation: pooled
-- key: arrived_on, matter_id, hop_no
-- dimensions: body, level
-- reference: I13; body and level are those that got it back, group and unit those of the lead body on that day
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
    case when arrived_by = 'returned' then 1 else 0 end as numerator,
    1 as denominator,
    0 as is_missing,
    case when arrived_on > mature_until then 1 else 0 end as is_immature
from unit_hops
where arrived_on <= $events_until and counted_on between $from_on and $to_on
