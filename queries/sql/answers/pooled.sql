-- Share or ratio: numerators and denominators are added up first and then divided, so nothing is a mean of ratios.
select
    $dimensions,
    cast(sum(numerator) as double) / nullif(cast(sum(denominator) as double), 0) as value,
    cast(sum(numerator) as double) as numerator,
    cast(sum(denominator) as double) as denominator,
    cast(sum(is_missing) as bigint) as n_missing,
    case when max(is_immature) = 1 then 'immature' else 'mature' end as maturity
from counted
group by all
