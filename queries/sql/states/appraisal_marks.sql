-- The terms of appraisal begun by the events-until date, as they stand in the snapshot: one row per unit, term and
-- scheme, in the unit's group of the last day that is looked at (the term's last, or the date asked before that).
-- published_mark is the coursework mark that the office has entered; it knows of events after the date asked too.
with

begun as (
    select
        *,
        least(term_to, $events_until) as until_on
    from unit_terms
    where term_from <= $events_until
)

select
    spans.group_id,
    spans.unit_type,
    begun.unit_id,
    units.peer_class,
    begun.period_id,
    begun.scheme_id,
    begun.term_from,
    begun.term_to,
    begun.until_on,
    begun.term_to <= $events_until as is_closed,
    begun.rankable,
    begun.base,
    begun.coursework_mark as published_mark,
    begun.exam_mark,
    begun.coursework_weight
from begun
inner join unit_spans as spans
    on begun.unit_id = spans.unit_id and begun.until_on between spans.active_from and spans.active_to
inner join units on begun.unit_id = units.unit_id
where
    ($groups is null or list_contains($groups, spans.group_id))
    and ($unit_types is null or list_contains($unit_types, spans.unit_type))
