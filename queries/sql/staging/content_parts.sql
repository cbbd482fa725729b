-- Required parts of the actions done, and what a check found of each: one row per record of an action and part.
-- A part is required when it is in force on the day the action was done; one found not applicable is left out.
-- known_from is the day from which check_result holds; until then nothing is known of the part. A part that nobody
-- looked for has no such day, a withdrawn check is as good as none.
with

actions as (select * from done_actions),

checks as (
    select
        unit_id,
        action_code,
        instance_no,
        item_no,
        checked_on,
        is_void,
        case when not is_void and state <> 'not_checked' then state end as found
    from action_content_checks
)

select
    actions.group_id,
    actions.unit_type,
    actions.unit_id,
    actions.week,
    actions.stage,
    actions.action_code,
    actions.instance_no,
    actions.done_on,
    actions.is_immature,
    items.item_no,
    checks.checked_on,
    coalesce(checks.found, 'not_checked') as check_result,
    case when checks.found is not null then coalesce(checks.checked_on, actions.done_on) end as known_from,
    case when checks.is_void then 'withheld' else 'not_reported' end as open_state
from actions
inner join action_content_items as items
    on
        actions.action_code = items.action_code
        and actions.done_on >= items.effective_from
        and actions.done_on <= coalesce(items.effective_to, actions.done_on)
left join checks
    on
        actions.unit_id = checks.unit_id
        and actions.action_code = checks.action_code
        and actions.instance_no = checks.instance_no
        and items.item_no = checks.item_no
where items.required
