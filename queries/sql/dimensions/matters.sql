-- Matters: one row per supervised matter of the register, cancelled ones too, with its lead body.
select
    matter_id,
    matter_no,
    title_zh,
    lead_body_id as body_id,
    lead_body_name_zh as body_name_zh,
    lead_body_name_en as body_name_en
from own_matters
order by matter_id
