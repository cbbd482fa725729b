-- What a comparison of groups compares: one row per group, with its rate and the 3.09 limits of what chance gives when
-- all groups share the pooled rate. A group without a denominator has no rate, one with fewer than 10 no flag.
with

sums as (
    select
        $dimensions,
        group_id,
        cast(sum(numerator) as double) as numerator,
        cast(sum(denominator) as double) as denominator,
        cast(sum(is_missing) as bigint) as n_missing,
        max(is_immature) as is_immature
    from counted
    where group_id is not null
    group by all
),

rates as (
    select
        *,
        numerator / nullif(denominator, 0) as rate,
        sum(numerator) over (partition by $dimensions)
        / nullif(sum(denominator) over (partition by $dimensions), 0) as pooled
    from sums
),

reaches as (
    select
        *,
        309 * sqrt(pooled * (1 - pooled) / nullif(denominator, 0)) / 100 as reach
    from rates
),

limits as (
    select
        *,
        case when denominator > 0 then greatest(pooled - reach, 0) end as low,
        case when denominator > 0 then least(pooled + reach, 1) end as high
    from reaches
)

select
    $dimensions,
    group_id,
    numerator as count_met,
    denominator as count_all,
    rate,
    low,
    high,
    case
        when denominator < 10 then null
        when rate < low then 'below'
        when rate > high then 'above'
        else 'within'
    end as flag,
    numerator,
    denominator,
    n_missing,
    is_immature
from limits
