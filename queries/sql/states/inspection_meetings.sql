-- Inspections of one unit by different bodies that meet by either definition: two rows per pair, each with the other.
-- is_near: at most 7 days apart; is_repeated: the same theme, at most 30 days apart. is_begun: both had begun by the
-- events-until date, as the shares count them. The other one may have begun before the launch.
select
    own.group_id,
    own.unit_type,
    own.unit_id,
    own.week,
    own.inspection_id,
    own.body_name_zh,
    own.body_name_en,
    own.theme_code,
    own.inspection_from,
    own.inspection_to,
    pairs.other_inspection_id,
    pairs.other_body_name_zh,
    pairs.other_body_name_en,
    other.theme_code as other_theme_code,
    pairs.other_from,
    pairs.other_to,
    pairs.gap_days,
    pairs.gap_days <= 7 as is_near,
    pairs.gap_days <= 30 and pairs.is_same_theme as is_repeated,
    own.inspection_from <= $events_until and pairs.other_from <= $events_until as is_begun
from unit_inspections as own
inner join inspection_pairs as pairs on own.inspection_id = pairs.inspection_id
inner join inspections as other on pairs.other_inspection_id = other.inspection_id
where pairs.gap_days <= 7 or (pairs.gap_days <= 30 and pairs.is_same_theme)
order by least(own.inspection_from, pairs.other_from), own.inspection_from, own.inspection_id, pairs.other_inspection_id
