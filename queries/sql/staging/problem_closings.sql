-- Verified closings and what came after: one row per problem and closing; a second verification closes nothing anew.
-- reopened_on is its next reopening, recurred_on the first day from then on that a problem recurring of it was found.
with

steps as (
    select
        events.problem_id,
        events.event_type,
        events.happened_on,
        row_number() over (partition by events.problem_id order by events.happened_on, events.event_no) as nth
    from rectification_events as events
    where not events.is_void and events.event_type in ('verified_closed', 'reopened')
),

compared as (
    select
        *,
        lag(event_type, 1, 'reopened') over (partition by problem_id order by nth) as step_before
    from steps
),

turns as (
    select
        *,
        row_number() over (partition by problem_id order by nth) as closing_no,
        lead(happened_on) over (partition by problem_id order by nth) as turned_on
    from compared
    where event_type <> step_before
),

recurring as (
    select
        recurs_of,
        found_on
    from problems
    where not is_void
)

select
    turns.problem_id,
    problems.unit_id,
    problems.category,
    problems.term,
    problems.title_zh,
    (turns.closing_no + 1) // 2 as closing_no,
    turns.happened_on as closed_on,
    turns.turned_on as reopened_on,
    min(recurring.found_on) as recurred_on
from turns
inner join problems on turns.problem_id = problems.problem_id
left join recurring on turns.problem_id = recurring.recurs_of and turns.happened_on <= recurring.found_on
where turns.event_type = 'verified_closed' and not problems.is_void
group by all
