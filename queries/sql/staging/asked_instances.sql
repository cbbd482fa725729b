-- How each action was met that is asked of a unit or could be: one row per unit, action and due instance.
-- Due row i of an action wanting k records is met by k done records numbered (i-1)k+1 to ik (the last row takes all
-- further ones); done_on is the day of the k-th. A withdrawn record is no record, but its place is "withheld".
-- open_state is what is known of the action unless it is done by the events-until date; begun_on is the first day on
-- which it was at work, which is all that open_state says of what is not due yet.
with

asked as (select * from asked_actions),

records as (
    select
        *,
        status = 'done' and not is_void as is_done,
        status = 'not_done_confirmed' and not is_void as is_refuted,
        status = 'waived' and not is_void as is_declared_waived
    from action_records
),

matches as (
    select
        asked.*,
        records.status,
        records.instance_no as record_no,
        records.is_void,
        records.is_done,
        records.is_refuted,
        records.is_declared_waived,
        records.started_on as record_started_on,
        records.done_on as record_done_on,
        records.reported_at as record_reported_at,
        row_number() over (
            partition by asked.unit_id, asked.action_code, asked.instance_no, asked.held_from, records.is_done
            order by records.done_on, records.instance_no
        ) as nth
    from asked
    left join records
        on
            asked.unit_id = records.unit_id
            and asked.action_code = records.action_code
            and records.instance_no > (asked.instance_no - 1) * asked.min_count
            and (records.instance_no <= asked.instance_no * asked.min_count or asked.is_last)
)

select
    * exclude (
        status, record_no, is_void, is_done, is_refuted, is_declared_waived, nth,
        record_started_on, record_done_on, record_reported_at
    ),
    min(coalesce(record_started_on, record_done_on, cast(record_reported_at as date))) filter (
        where status in ('in_progress', 'done') and not is_void
    ) as begun_on,
    min(record_started_on) filter (where is_done and nth <= min_count) as started_on,
    max(record_done_on) filter (where is_done and nth = min_count) as done_on,
    max(record_reported_at) filter (where is_done and nth = min_count) as reported_at,
    count(record_no) filter (where not is_void) as count_records,
    case
        when bool_or(is_declared_waived) then 'contradictory'
        when bool_or(is_refuted) then 'not_done'
        when count(record_no) = 0 then 'not_reported'
        when bool_and(is_void) then 'withheld'
        else 'in_progress'
    end as open_state
from matches
group by all
