-- Reviews that stand, with the unit's group and the action's stage on the day of the review: one row per review, each
-- with the days on which it is the last one of its side.
with

turns as (select * from review_turns),

versions as (select * from action_versions),

spans as (select * from unit_spans)

select
    spans.group_id,
    spans.unit_type,
    date_diff('day', clock.launched_on, turns.reviewed_on) // 7 + 1 as week,
    versions.stage,
    case when turns.reviewed_on > maturity.mature_until then 1 else 0 end as is_immature,
    turns.*
from turns
inner join versions
    on
        turns.action_code = versions.action_code
        and turns.reviewed_on between versions.version_from and versions.version_to
inner join spans
    on
        turns.unit_id = spans.unit_id
        and turns.reviewed_on between spans.active_from and spans.active_to
inner join group_maturity as maturity on spans.group_id = maturity.group_id
cross join clock
