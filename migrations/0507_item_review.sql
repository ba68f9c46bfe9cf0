-- 公开审查：等谁办、谁承办、定在何时发布。由时间线得出。
alter table info_item
  add column awaiting text check (awaiting in ('submit', 'mend', 'check', 'secrecy-review', 'escalated', 'approve', 'publish', 'scheduled')),
  add column handler text,
  add column publish_at timestamptz;
comment on column info_item.awaiting is '在去公开的路上等哪一步；不在路上的为空';
comment on column info_item.publish_at is '定时发布的时刻；没有定的为空';

update info_item set awaiting = case status
    when 'attribute-determined' then 'submit' when 'updated' then 'submit'
    when 'secrecy-review' then 'secrecy-review' else 'publish' end
where attribute = 'proactive' and status in ('attribute-determined', 'updated', 'secrecy-review', 'approved', 'exported');
update info_item i set handler = (
  select e.data ->> 'handler' from timeline_event e
  where e.body_id = i.body_id and e.case_id = i.item_id and e.stream = 'item' and e.kind in ('formed', 'content-changed', 'review-requested')
  order by e.version desc limit 1);

create index info_item_awaiting on info_item (body_id, awaiting, due_on) where awaiting is not null;
create index info_item_publish_at on info_item (publish_at, body_id, item_id) where publish_at is not null;
