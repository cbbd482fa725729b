-- Up to which day figures are complete, and up to which day all groups shown may be ranked: one row per group.
-- rank_until is the earliest mature day of the groups shown, the same in every row; null while that lies before the
-- launch, for then there is nothing to rank yet.
with

shown as (
    select
        supervision_groups.group_id,
        supervision_groups.display_order,
        maturity.p90_days,
        maturity.basis,
        maturity.latency_limit_days,
        maturity.mature_until,
        min(maturity.mature_until) over () as mature_in_all
    from supervision_groups
    inner join group_maturity as maturity on supervision_groups.group_id = maturity.group_id
    where $groups is null or list_contains($groups, supervision_groups.group_id)
)

select
    shown.group_id,
    shown.p90_days,
    shown.basis,
    shown.latency_limit_days,
    shown.mature_until,
    case when shown.mature_in_all >= clock.launched_on then shown.mature_in_all end as rank_until
from shown
cross join clock
order by shown.display_order, shown.group_id
