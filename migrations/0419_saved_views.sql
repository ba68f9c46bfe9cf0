-- 申请列表上存下的筛选：各人自己的，负责人可以给全机关用。
create table saved_view (
  body_id    uuid not null references body (body_id),
  account_id uuid not null references account (account_id),
  view_id    uuid not null,
  list       text not null check (list in ('open', 'unconfirmed', 'closed', 'uncounted')),
  name       text not null check (length(name) between 1 and 20),
  query      text not null check (length(query) <= 4000),
  is_default boolean not null,
  shared     boolean not null,
  created_at timestamptz not null,
  primary key (body_id, account_id, view_id),
  unique (body_id, account_id, name)
);
comment on table saved_view is '存下的筛选与排序；query 为地址里的查询串，用时照地址一样重新解析，认不得的当作没写';
create unique index saved_view_default on saved_view (body_id, account_id, list) where is_default;
create index saved_view_shared on saved_view (body_id, created_at) where shared;
