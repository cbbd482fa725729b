-- The common calendar of inspections: one row per inspection that was neither withdrawn nor cancelled.
-- inspection_from and inspection_to are the actual days where they are known, the planned ones otherwise.
select
    inspections.inspection_id,
    inspections.body_id,
    bodies.name_zh as body_name_zh,
    bodies.name_en as body_name_en,
    inspections.inspection_kind,
    inspections.theme_code,
    inspections.unit_id,
    inspections.plan_status,
    inspections.merged_into,
    inspections.days,
    coalesce(inspections.actual_from, inspections.planned_from) as inspection_from,
    greatest(
        coalesce(inspections.actual_to, inspections.planned_to),
        coalesce(inspections.actual_from, inspections.planned_from)
    ) as inspection_to
from inspections
left join bodies on inspections.body_id = bodies.body_id
where not inspections.is_void and inspections.plan_status <> 'cancelled'
