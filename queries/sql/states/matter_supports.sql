-- The bodies that support a matter: one row per matter and supporting body.
select
    matter_bodies.matter_id,
    matter_bodies.body_id,
    bodies.name_zh as body_name_zh,
    bodies.name_en as body_name_en
from matter_bodies
left join bodies on matter_bodies.body_id = bodies.body_id
where matter_bodies.role = 'support' and not matter_bodies.is_void
order by matter_bodies.matter_id, matter_bodies.body_id
