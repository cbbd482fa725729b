-- Bodies: one row per body, with its level and kind; unit_id is the unit it is, none where it is no unit.
select
    body_id,
    name_zh,
    name_en,
    body_kind,
    level,
    unit_id
from bodies
order by body_id
