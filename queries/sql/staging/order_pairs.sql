-- Pairs of actions with a set order whose later action is done: one row per unit and pair.
-- Of each action the first instance asked of the unit counts. A pair whose first action is optional, waived or not
-- applicable binds nobody. While the group's data are not complete, a first action that is not reported as done is a
-- violation only when it was confirmed as not done. The verdict does not depend on the events-until date: what was done
-- after it was done after the later action as well. Days alone cannot tell the order of two actions of one day.
with

ranked as (
    select
        *,
        row_number() over (
            partition by unit_id, action_code order by case when is_asked then 0 else 1 end, instance_no
        ) as nth
    from asked_instances
    where held_until = date '9999-12-31'
),

firsts as (
    select *
    from ranked
    where nth = 1
),

spans as (select * from unit_spans),

pairs as (
    select
        spans.group_id,
        spans.unit_type,
        spans.unit_id,
        later.stage,
        earlier.action_code as before_code,
        later.action_code,
        action_precedence.rule,
        greatest(
            action_precedence.min_gap_days, case when action_precedence.same_day_ok then 0 else 1 end
        ) as gap_days,
        earlier.done_on as before_done_on,
        earlier.open_state as before_open_state,
        earlier.count_records,
        later.started_on,
        later.done_on,
        case
            when action_precedence.rule = 'finish_before_start' then later.started_on
            else later.done_on
        end as after_on,
        later.done_on > maturity.mature_until as is_recent
    from action_precedence
    inner join firsts as later on action_precedence.after_code = later.action_code
    inner join firsts as earlier
        on
            later.unit_id = earlier.unit_id
            and action_precedence.before_code = earlier.action_code
    inner join spans
        on
            later.unit_id = spans.unit_id
            and later.done_on between spans.active_from and spans.active_to
    inner join group_maturity as maturity on spans.group_id = maturity.group_id
    where earlier.is_mandatory and earlier.is_asked
)

select
    pairs.*,
    date_diff('day', clock.launched_on, pairs.done_on) // 7 + 1 as week,
    case
        when pairs.before_done_on is null and pairs.before_open_state <> 'not_done' and pairs.is_recent then 'unclear'
        when pairs.before_done_on is null then 'violated'
        when date_diff('day', pairs.before_done_on, coalesce(pairs.after_on, pairs.done_on)) < pairs.gap_days
            then 'violated'
        when pairs.after_on is null then 'unclear'
        when pairs.after_on = pairs.before_done_on then 'unprovable'
        else 'in_order'
    end as order_verdict
from pairs
cross join clock
