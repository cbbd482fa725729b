-- What became of every problem on the events-until date: one row per problem found by then, long-term ones too.
-- A problem stands where its unit stood on the day it was found. closed_on is the verified closing that stands,
-- first_closed_on the first of all; reopened_on and recurred_on the first day on which a closing did not hold:
-- reopened, or found again as a problem that recurs of it. What happened after the events-until date has not happened.
with

turns as (
    select
        problem_id,
        min(closed_on) as first_closed_on,
        count(*) as count_closings,
        min(reopened_on) filter (where reopened_on <= $events_until) as reopened_on,
        min(recurred_on) filter (where recurred_on <= $events_until) as recurred_on
    from problem_closings
    where closed_on <= $events_until
    group by problem_id
)

select
    found.group_id,
    found.unit_type,
    found.unit_id,
    found.week,
    found.problem_id,
    found.title_zh,
    found.category,
    found.term,
    problems.three_mosts,
    problems.found_by,
    found.found_on,
    found.due_on,
    found.claimed_on,
    turns.first_closed_on,
    coalesce(turns.count_closings, 0) as count_closings,
    turns.reopened_on,
    turns.recurred_on,
    found.closed_on,
    found.last_step,
    found.last_step_on,
    found.state,
    coalesce(found.is_claimed, false) and found.closed_on is null as is_claimed,
    date_diff('day', found.found_on, coalesce(found.closed_on, cast($events_until as date))) as open_days,
    $events_until > found.mature_until as is_immature
from found_problems as found
inner join problems on found.problem_id = problems.problem_id
left join turns on found.problem_id = turns.problem_id
where
    found.phase_from <= $events_until
    and found.phase_until > $events_until
    and found.found_on <= $events_until
order by found.found_on, found.problem_id
