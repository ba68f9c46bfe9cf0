-- 工作台上的信息列表：按状态、最近改动、标题查找
create index info_item_of_body on info_item (body_id, updated_at desc, item_id desc);
create index info_item_status on info_item (body_id, status, updated_at desc, item_id desc);
create index info_item_formed on info_item (body_id, formed_on desc, item_id desc);
create index info_item_codes on info_item using gin (codes);
