-- Problems and their phases, long-term ones too: one row per problem and phase.
-- Each stands where its unit stood on the day it was found.
with

found as (
    select
        phases.*,
        problems.unit_id,
        problems.category,
        problems.term,
        problems.title_zh,
        problems.found_on
    from problem_phases as phases
    inner join problems on phases.problem_id = problems.problem_id
    where not problems.is_void
),

spans as (select * from unit_spans),

maturity as (select * from group_maturity)

select
    found.*,
    spans.group_id,
    spans.unit_type,
    date_diff('day', clock.launched_on, found.found_on) // 7 + 1 as week,
    maturity.mature_until
from found
inner join spans on found.unit_id = spans.unit_id and found.found_on between spans.active_from and spans.active_to
inner join maturity on spans.group_id = maturity.group_id
cross join clock
