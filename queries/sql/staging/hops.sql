-- Who held a matter from when to when: one row per matter and hop.
-- A step that leaves the matter with the body that has it is no hop. A matter that is reopened lies with its last
-- holder again. left_on is the day of the next hop or of the closing, none while it lasts.
-- Without days allowed in the step the rule for the matter's source and urgency says them.
with

steps as (select * from matter_steps),

held as (
    select
        steps.*,
        holders.to_body_id as body_id,
        holders.to_level as level,
        case when steps.event_type in ('closed', 'cancelled') then 1 else 0 end as is_end
    from steps
    left join steps as holders on steps.matter_id = holders.matter_id and steps.holder_step = holders.nth
    where
        steps.is_handing = 1
        or steps.event_type in ('closed', 'cancelled')
        or (steps.event_type = 'reopened' and steps.holder_step is not null)
),

compared as (
    select
        *,
        lag(body_id) over (partition by matter_id order by nth) as body_before,
        lag(is_end, 1, 1) over (partition by matter_id order by nth) as is_end_before
    from held
),

turns as (
    select
        *,
        lead(nth) over (partition by matter_id order by nth) as left_step,
        lead(happened_on) over (partition by matter_id order by nth) as left_on,
        lead(event_type) over (partition by matter_id order by nth) as left_by
    from compared
    where is_end = 1 or is_end_before = 1 or body_before is null or body_id is null or body_id <> body_before
)

select
    turns.matter_id,
    row_number() over (partition by turns.matter_id order by turns.nth) as hop_no,
    turns.body_id,
    turns.level,
    turns.event_type as arrived_by,
    turns.happened_on as arrived_on,
    turns.left_by,
    turns.left_on,
    coalesce(turns.allowed_days, rules.allowed_days) as allowed_days,
    case when turns.allowed_days is null then rules.allowed_kind else coalesce(turns.allowed_kind, 'calendar') end
        as allowed_kind,
    turns.nth as arrived_step,
    turns.left_step
from turns
inner join own_matters on turns.matter_id = own_matters.matter_id
left join matter_due_rules as rules on own_matters.source = rules.source and own_matters.urgency = rules.urgency
where turns.is_end = 0
