-- Median with the 90th percentile and the largest beside it; the numerator is the sum, the denominator how many count.
-- A percentile of whole numbers is a multiple of 0.1: it is brought back to tenths, against 8.000000001 days.
select
    $dimensions,
    median(numerator) filter (where denominator > 0) as value,
    cast(coalesce(sum(numerator) filter (where denominator > 0), 0) as double) as numerator,
    cast(sum(denominator) as double) as denominator,
    cast(sum(is_missing) as bigint) as n_missing,
    case when max(is_immature) = 1 then 'immature' else 'mature' end as maturity,
    floor(quantile_cont(numerator, 0.9) filter (where denominator > 0) * 10 + 0.5) / 10 as p90,
    cast(max(numerator) filter (where denominator > 0) as double) as longest
from counted
group by all
