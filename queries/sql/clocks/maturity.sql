-- Up to which day figures are complete: one row per group, in display order.
select
    supervision_groups.group_id,
    maturity.p90_days,
    maturity.basis,
    maturity.latency_limit_days,
    maturity.mature_until
from supervision_groups
inner join group_maturity as maturity on supervision_groups.group_id = maturity.group_id
order by supervision_groups.display_order, supervision_groups.group_id
