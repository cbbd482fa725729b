-- How far the groups are apart: range and population standard deviation of their rates in percentage points, and how
-- many lie outside the limits of chance. A single group is not compared. The deviation is brought to billionths, so
-- that the order in which it is added up does not show.
select
    $dimensions,
    case when count(rate) >= 2 then 100 * (max(rate) - min(rate)) end as value,
    sum(numerator) as numerator,
    sum(denominator) as denominator,
    cast(sum(n_missing) as bigint) as n_missing,
    case when max(is_immature) = 1 then 'immature' else 'mature' end as maturity,
    case when count(rate) >= 2 then floor(100000000000 * stddev_pop(rate) + 0.5) / 1000000000 end as sd_pp,
    count(rate) as count_groups,
    count(*) filter (where flag = 'below') as count_below,
    count(*) filter (where flag = 'above') as count_above
from group_rates
group by all
