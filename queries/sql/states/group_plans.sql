-- The groups' own work plans adopted by a day: one row per plan, and one without a plan for a group that has none.
-- An item withdrawn is no item; one that was dropped still is.
with

plans as (
    select *
    from group_plans
    where not is_void and adopted_on <= $to_on
),

items as (
    select
        group_id,
        plan_no,
        count(*) as count_items,
        count(distinct aspect) as count_aspects
    from group_plan_items
    where not is_void
    group by group_id, plan_no
)

select
    supervision_groups.group_id,
    plans.plan_no,
    plans.adopted_on,
    plans.contacted_units_first,
    case when plans.plan_no is not null then coalesce(items.count_items, 0) end as count_items,
    case when plans.plan_no is not null then coalesce(items.count_aspects, 0) end as count_aspects
from supervision_groups
left join plans on supervision_groups.group_id = plans.group_id
left join items on plans.group_id = items.group_id and plans.plan_no = items.plan_no
where $groups is null or list_contains($groups, supervision_groups.group_id)
order by supervision_groups.display_order, supervision_groups.group_id, plans.plan_no
