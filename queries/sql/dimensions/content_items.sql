-- Parts that an action has to contain: one row per action and part.
select
    action_code,
    item_no,
    name_zh,
    name_en,
    required
from action_content_items
order by action_code, item_no
