-- Total: the numerators added up, over how many counted things beside it; null, not 0, where nothing was counted.
select
    $dimensions,
    cast(sum(numerator) filter (where denominator > 0) as double) as value,
    cast(sum(numerator) as double) as numerator,
    cast(sum(denominator) as double) as denominator,
    cast(sum(is_missing) as bigint) as n_missing,
    case when max(is_immature) = 1 then 'immature' else 'mature' end as maturity
from counted
group by all
