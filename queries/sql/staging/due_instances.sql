-- How each required action was met: one row per unit, action and due instance.
-- Due row i of an action wanting k records is met by k done records numbered (i-1)k+1 to ik (the last row takes all
-- further ones); done_on is the day of the k-th.
with

required as (select * from required_actions),

records as (
    select *
    from action_records
    where not is_void
),

matches as (
    select
        required.*,
        records.instance_no as record_no,
        records.status,
        records.done_on,
        records.reported_at,
        row_number() over (
            partition by required.unit_id, required.action_code, required.instance_no, records.status = 'done'
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
    matches.action_code,
    matches.action_name_zh,
    matches.action_name_en,
    matches.instance_no,
    matches.due_on,
    matches.on_time_until,
    max(matches.done_on) filter (where matches.status = 'done' and matches.nth = matches.min_count) as done_on,
    max(matches.reported_at) filter (where matches.status = 'done' and matches.nth = matches.min_count) as reported_at,
    count(matches.record_no) as count_records,
    coalesce(bool_or(matches.status = 'not_done_confirmed'), false) as is_confirmed_not_done,
    case when matches.due_on > maturity.mature_until then 1 else 0 end as is_immature
from matches
inner join group_maturity as maturity on matches.group_id = maturity.group_id
cross join clock
where matches.due_on >= clock.launched_on
group by all
