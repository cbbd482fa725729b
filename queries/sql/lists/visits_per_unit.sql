-- The on-site visits behind visits_per_unit: one row per visit (its denominator is unit-weeks, not visits).
select
    done.group_id,
    done.unit_type,
    done.unit_id,
    named.name_zh as unit_name_zh,
    named.name_en as unit_name_en,
    done.week,
    done.visit_id,
    done.visited_on,
    done.purpose,
    done.announced,
    done.duration_h,
    done.interview_count,
    done.problems_raised,
    done.reported_at,
    true as in_numerator,
    false as in_denominator
from unit_visits as done
inner join units as named on done.unit_id = named.unit_id
where
    done.visited_on between $from_on and $to_on
    and ($groups is null or list_contains($groups, done.group_id))
    and ($unit_types is null or list_contains($unit_types, done.unit_type))
order by done.visited_on, done.unit_id, done.visit_id
