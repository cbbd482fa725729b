-- What was known of a problem between two of its steps: one row per problem and phase.
-- A phase holds from phase_from until the day before phase_until; the first one begins before any step.
-- due_on is that of the last extension; closed_on is the verified closing that stands, none after a reopening.
with

steps as (
    select
        problem_id,
        event_no,
        event_type,
        happened_on,
        new_due_on
    from rectification_events
    where not is_void

    union all

    select
        problem_id,
        0 as event_no,
        null as event_type,
        date '0001-01-01' as happened_on,
        due_on as new_due_on
    from problems
),

numbered as (
    select
        *,
        row_number() over (partition by problem_id order by happened_on, event_no) as nth
    from steps
),

marked as (
    select
        *,
        coalesce(max(case when event_type = 'reopened' then nth end) over known, 0) as reopening,
        coalesce(max(case when event_type = 'verified_closed' then nth end) over known, 0) as closing,
        coalesce(max(case when event_type = 'claimed_done' then nth end) over known, 0) as claim,
        coalesce(max(case when event_type = 'verification_failed' then nth end) over known, 0) as failure,
        max(case when event_type = 'claimed_done' then happened_on end) over known as claimed_on,
        max(case when event_no > 0 and event_type <> 'listed' then 1 else 0 end) over known as is_answered,
        max(case when event_no = 0 or (event_type = 'extended' and new_due_on is not null) then nth end)
            over known as term_set,
        lead(happened_on, 1, date '9999-12-31') over (partition by problem_id order by nth) as phase_until
    from numbered
    window known as (partition by problem_id order by nth)
),

dated as (
    select
        *,
        min(case when event_type = 'verified_closed' then happened_on end)
            over (partition by problem_id, reopening order by nth) as closed_since
    from marked
)

select
    dated.problem_id,
    dated.happened_on as phase_from,
    dated.phase_until,
    terms.new_due_on as due_on,
    dated.claimed_on,
    case when dated.closing > dated.reopening then dated.closed_since end as closed_on,
    case
        when dated.closing > dated.reopening then 'done'
        when dated.claim > greatest(dated.failure, dated.reopening) then 'in_progress'
        when dated.failure > dated.reopening then 'withheld'
        when dated.reopening > 0 then 'not_done'
        when dated.is_answered = 1 then 'in_progress'
        else 'not_reported'
    end as state,
    dated.claim > greatest(dated.failure, dated.reopening) as is_claimed,
    dated.event_type as last_step,
    case when dated.event_no > 0 then dated.happened_on end as last_step_on
from dated
inner join numbered as terms on dated.problem_id = terms.problem_id and dated.term_set = terms.nth
where dated.happened_on < dated.phase_until
