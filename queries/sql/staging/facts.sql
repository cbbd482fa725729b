-- What happened and was reported: one row per action done, on-site visit, interview session and problem found.
select
    'action' as fact_kind,
    concat_ws('/', unit_id, action_code, cast(instance_no as varchar)) as fact_key,
    action_code,
    unit_id,
    done_on as occurred_on,
    reported_at
from action_records
where status = 'done' and done_on is not null and not is_void

union all

select
    'visit' as fact_kind,
    visit_id as fact_key,
    cast(null as varchar) as action_code,
    unit_id,
    visited_on as occurred_on,
    reported_at
from visits
where mode = 'on_site' and not is_void

union all

select
    'interview_session' as fact_kind,
    session_id as fact_key,
    cast(null as varchar) as action_code,
    unit_id,
    held_on as occurred_on,
    reported_at
from interview_sessions
where not is_void

union all

select
    'problem' as fact_kind,
    problem_id as fact_key,
    cast(null as varchar) as action_code,
    unit_id,
    found_on as occurred_on,
    reported_at
from problems
where not is_void
