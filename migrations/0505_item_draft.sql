-- 正在填写的信息表单：每人每条一份，没有交的也不丢；交成了即删，久不动的定期清理。
create table item_draft (
  body_id      uuid not null references body (body_id),
  account_id   uuid not null,
  item_id      uuid not null,
  seen_version integer not null check (seen_version >= 0),
  fields       jsonb not null,
  body_html    text not null default '' check (length(body_html) <= 1100000),
  attachments  jsonb not null default '[]',
  saved_at     timestamptz not null,
  primary key (body_id, account_id, item_id)
);
comment on table item_draft is '没有交的表单；seen_version 为打开时条目的版本，新的为 0';
create index item_draft_saved on item_draft (body_id, account_id, saved_at desc);
create index item_draft_stale on item_draft (saved_at);
