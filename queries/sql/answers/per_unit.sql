-- Counted things per unit: the denominator is units, for several weeks their mean number over those weeks.
select
    $dimensions,
    cast(sum(numerator) as double) / nullif(cast(sum(is_member) as double) / nullif($weeks, 0), 0) as value,
    cast(sum(numerator) as double) as numerator,
    cast(sum(is_member) as double) / nullif($weeks, 0) as denominator,
    cast(sum(is_missing) as bigint) as n_missing,
    case when max(is_immature) = 1 then 'immature' else 'mature' end as maturity
from counted
group by all
