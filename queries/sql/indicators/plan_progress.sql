-- id: I19
-- name: plan_progress
-- title_zh: 督导工作方案条目完成率
-- title_en: Plan items done
-- question_zh: 督导组自己的工作方案,做完了几成?
-- question_en: How much of its own work plan has a group carried out?
-- numerator_zh: 到时段末日已完成的条目(未写完成日的,自上报之日起算)
-- numerator_en: Items done by the last counted day of the period (one without a day counts from its report)
-- denominator_zh: 到时段末日已印发的方案的全部条目;放弃的条目仍计入,以免越放弃越好看
-- denominator_en: All items of the plans adopted by then; a dropped item stays in, or dropping would improve the figure
-- missing_zh: 未报:期限已过而仍记为“计划中”的条目;没有方案的组无数值
-- missing_en: Items past their due day of which nothing was reported since; a group without a plan has no value
-- grain: item of a group's work plan
-- unit: share
-- direction: up
-- aggregation: pooled
-- period: shapes
-- key: group_id, plan_no, plan_item_no
-- dimensions: aspect, state
-- reference: I19; a plan is the group's: its items belong to no unit, unit type or week, and a choice of unit types
--   leaves none
with

items as (
    select
        group_plan_items.group_id,
        group_plan_items.plan_no,
        group_plan_items.item_no as plan_item_no,
        group_plan_items.aspect,
        group_plan_items.title_zh as item_title,
        group_plan_items.due_on,
        group_plan_items.status,
        case
            when group_plan_items.status = 'done'
                then coalesce(group_plan_items.done_on, cast(group_plan_items.reported_at as date))
        end as done_on
    from group_plan_items
    inner join group_plans
        on
            group_plan_items.group_id = group_plans.group_id
            and group_plan_items.plan_no = group_plans.plan_no
    where not group_plan_items.is_void and not group_plans.is_void and group_plans.adopted_on <= $to_on
),

states as (
    select
        *,
        case
            when done_on <= $to_on then 'done'
            when status = 'dropped' then 'not_done'
            when status in ('doing', 'done') then 'in_progress'
            when due_on <= $to_on then 'not_reported'
            else 'not_due'
        end as state
    from items
)

select
    states.group_id,
    cast(null as varchar) as unit_type,
    cast(null as varchar) as unit_id,
    cast(null as bigint) as week,
    states.plan_no,
    states.plan_item_no,
    states.aspect,
    states.item_title,
    states.due_on,
    case when states.state = 'done' then states.done_on end as done_on,
    states.state,
    case when states.state = 'done' then 1 else 0 end as numerator,
    1 as denominator,
    case when states.state = 'not_reported' then 1 else 0 end as is_missing,
    case when $to_on > maturity.mature_until then 1 else 0 end as is_immature
from states
inner join group_maturity as maturity on states.group_id = maturity.group_id
