-- The grid every figure stands on: one row per unit, group and campaign week in which the unit was with the group.
-- member_from and member_to are the stay cut to the week.
with

spans as (select * from unit_spans),

campaign_weeks as (select * from weeks),

maturity as (select * from group_maturity)

select
    spans.group_id,
    spans.unit_type,
    spans.unit_id,
    campaign_weeks.week,
    campaign_weeks.week_from,
    campaign_weeks.week_to,
    greatest(spans.active_from, campaign_weeks.week_from) as member_from,
    least(spans.active_to, campaign_weeks.week_to) as member_to,
    maturity.mature_until
from spans
inner join campaign_weeks
    on
        spans.active_from <= campaign_weeks.week_to
        and spans.active_to >= campaign_weeks.week_from
inner join maturity on spans.group_id = maturity.group_id
