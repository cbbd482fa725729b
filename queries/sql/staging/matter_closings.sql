-- When a matter was closed, and until when: one row per matter and closing; a second closing closes nothing anew.
-- reopened_on is the day of its next reopening, the end of time when there is none.
with

steps as (
    select
        matter_id,
        event_type,
        happened_on,
        nth
    from matter_steps
    where event_type in ('closed', 'reopened')
),

compared as (
    select
        *,
        lag(event_type, 1, 'reopened') over (partition by matter_id order by nth) as step_before
    from steps
),

turns as (
    select
        matter_id,
        event_type,
        happened_on as closed_on,
        lead(happened_on, 1, date '9999-12-31') over (partition by matter_id order by nth) as reopened_on
    from compared
    where event_type <> step_before
)

select
    matter_id,
    closed_on,
    reopened_on
from turns
where event_type = 'closed'
