-- Records of actions done with the group's review of each: one row per record and standing of the review.
-- On any day from the one it was done on, exactly one row of a record holds (holds_from to holds_to): before its first
-- review the one without, then that of the last review by then. A withdrawn review is none, but its place is withheld.
with

actions as (select * from done_actions),

turns as (
    select *
    from review_turns
    where reviewer_side = 'group'
),

firsts as (
    select
        unit_id,
        action_code,
        instance_no,
        min(reviewed_on) filter (where not is_void) as first_reviewed_on,
        max(case when is_void then 1 else 0 end) as count_withdrawn
    from action_reviews
    where reviewer_side = 'group'
    group by unit_id, action_code, instance_no
)

select
    actions.*,
    null as review_id,
    null as reviewed_on,
    null as score,
    null as verdict,
    case when firsts.count_withdrawn > 0 then 'withheld' else 'not_reported' end as review_state,
    date '0001-01-01' as holds_from,
    coalesce(firsts.first_reviewed_on - 1, date '9999-12-31') as holds_to
from actions
left join firsts
    on
        actions.unit_id = firsts.unit_id
        and actions.action_code = firsts.action_code
        and actions.instance_no = firsts.instance_no

union all

select
    actions.*,
    turns.review_id,
    turns.reviewed_on,
    turns.score,
    turns.verdict,
    'done' as review_state,
    turns.holds_from,
    turns.holds_to
from actions
inner join turns
    on
        actions.unit_id = turns.unit_id
        and actions.action_code = turns.action_code
        and actions.instance_no = turns.instance_no
