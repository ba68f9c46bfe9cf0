-- 工作台上的信息列表：按状态、最近改动、标题查找
create index info_item_of_body on info_item (body_id, updated_at desc, item_id desc);
create index info_item_status on info_item (body_id, status, updated_at desc, item_id desc);
create index info_item_formed on info_item (body_id, formed_on desc, item_id desc);
create index info_item_codes on info_item using gin (codes);
-- 还没有公开（或者改了没有重新公开）的，看期限
create index info_item_on_the_way on info_item (body_id, due_on)
  where attribute = 'proactive' and status in ('formed', 'attribute-determined', 'secrecy-review', 'approved', 'exported', 'updated');
create index info_item_by_due on info_item (body_id, due_on, item_id);
