-- Up to which day a group's figures are complete: one row per group.
-- 90th percentile of event-to-report days over the last 8 weeks' facts at least 30 days old (a younger fact is only in
-- when it was reported quickly); all facts when there are none; 14 days in the first 4 weeks; never more than 14.
-- basis says which facts the limit rests on: settled, all, none, or none yet in the first weeks (first_weeks).
-- A percentile of whole days is a multiple of 0.1: it is brought back to tenths before ceil, against 8.000000001 days.
with

all_facts as (select * from unit_facts),

percentiles as (
    select
        all_facts.group_id,
        quantile_cont(all_facts.latency_days, 0.9) as all_days,
        quantile_cont(all_facts.latency_days, 0.9) filter (
            where all_facts.occurred_on > clock.known_on - 56 and all_facts.occurred_on <= clock.known_on - 30
        ) as settled_days
    from all_facts
    cross join clock
    group by all_facts.group_id
),

latencies as (
    select
        group_id,
        floor(coalesce(settled_days, all_days) * 10 + 0.5) / 10 as p90_days,
        case when settled_days is null then 'all' else 'settled' end as basis
    from percentiles
),

limits as (
    select
        supervision_groups.group_id,
        clock.known_on,
        latencies.p90_days,
        case
            when date_diff('day', clock.launched_on, clock.known_on) < 28 then 'first_weeks'
            else coalesce(latencies.basis, 'none')
        end as basis,
        case
            when date_diff('day', clock.launched_on, clock.known_on) < 28 then 14
            else least(cast(ceil(coalesce(latencies.p90_days, 14)) as integer), 14)
        end as latency_limit_days
    from supervision_groups
    cross join clock
    left join latencies on supervision_groups.group_id = latencies.group_id
)

select
    group_id,
    p90_days,
    basis,
    latency_limit_days,
    known_on - latency_limit_days as mature_until
from limits
