-- Reviews that stand, each with the days on which it is the last one of its side: one row per review.
-- holds_to lies before holds_from for a review that another one of the same day replaced. was_returned says whether the
-- side had returned the action by then.
select
    review_id,
    unit_id,
    action_code,
    instance_no,
    reviewer_side,
    reviewed_on,
    score,
    verdict,
    reviewed_on as holds_from,
    coalesce(
        lead(reviewed_on) over (
            partition by unit_id, action_code, instance_no, reviewer_side order by reviewed_on, review_id
        ) - 1,
        date '9999-12-31'
    ) as holds_to,
    max(case when verdict = 'returned' then 1 else 0 end) over (
        partition by unit_id, action_code, instance_no, reviewer_side order by reviewed_on, review_id
    ) as was_returned
from action_reviews
where not is_void
