-- Problems with a limit (not the long-term ones) and their phases: one row per problem and phase.
-- Each stands where its unit stood on the due day; without a due day on the day it was found, and is_dated is 0.
with

dated as (
    select
        phases.*,
        problems.unit_id,
        problems.category,
        problems.term,
        problems.title_zh,
        problems.found_on,
        coalesce(phases.due_on, problems.found_on) as counted_on,
        case when phases.due_on is null then 0 else 1 end as is_dated
    from problem_phases as phases
    inner join problems on phases.problem_id = problems.problem_id
    where not problems.is_void and problems.term <> 'long_term'
),

spans as (select * from unit_spans),

maturity as (select * from group_maturity)

select
    dated.*,
    spans.group_id,
    spans.unit_type,
    date_diff('day', clock.launched_on, dated.counted_on) // 7 + 1 as week,
    case when dated.counted_on > maturity.mature_until then 1 else 0 end as is_immature
from dated
inner join spans on dated.unit_id = spans.unit_id and dated.counted_on between spans.active_from and spans.active_to
inner join maturity on spans.group_id = maturity.group_id
cross join clock
