-- How each required action was met: one row per unit, action and due instance.
-- Due row i of an action wanting k records is met by k done records numbered (i-1)k+1 to ik (the last row takes all
-- further ones); done_on is the day of the k-th. A withdrawn record is no record, but its place is "withheld".
-- open_state is what is known of the action unless it is done by the events-until date.
with

required as (select * from required_actions),

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
        required.*,
        records.instance_no as record_no,
        records.is_void,
        records.is_done,
        records.is_refuted,
        records.is_declared_waived,
        records.done_on,
        records.reported_at,
        row_number() over (
            partition by required.unit_id, required.action_code, required.instance_no, records.is_done
            order by records.done_on, records.instance_no
        ) as nth
    from required
    left join records
        on
            required.unit_id = records.unit_id
            and required.action_code = records.action_code
            and records.instance_no > (required.instance_no - 1) * required.min_count
            and (records.instance_no <= required.instance_no * required.min_count or required.is_last)
)

select
    matches.group_id,
    matches.unit_type,
    matches.unit_id,
    date_diff('day', clock.launched_on, matches.due_on) // 7 + 1 as week,
    matches.stage,
    matches.action_code,
    matches.action_name_zh,
    matches.action_name_en,
    matches.instance_no,
    matches.due_on,
    matches.due_on_original,
    matches.on_time_until,
    max(matches.done_on) filter (where matches.is_done and matches.nth = matches.min_count) as done_on,
    max(matches.reported_at) filter (where matches.is_done and matches.nth = matches.min_count) as reported_at,
    count(matches.record_no) filter (where not matches.is_void) as count_records,
    case
        when bool_or(matches.is_declared_waived) then 'contradictory'
        when bool_or(matches.is_refuted) then 'not_done'
        when count(matches.record_no) = 0 then 'not_reported'
        when bool_and(matches.is_void) then 'withheld'
        else 'in_progress'
    end as open_state,
    case when matches.due_on > maturity.mature_until then 1 else 0 end as is_immature
from matches
inner join group_maturity as maturity on matches.group_id = maturity.group_id
cross join clock
where matches.due_on >= clock.launched_on
group by all
