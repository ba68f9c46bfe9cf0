-- 申请之前提示已经公开的信息，帮上了多少：只有数，没有谁、写了什么、看了哪一条。
create table suggestion_count (
  body_id uuid not null references body (body_id),
  day     date not null,
  shown   integer not null default 0 check (shown >= 0),
  opened  integer not null default 0 check (opened >= 0),
  helped  integer not null default 0 check (helped >= 0),
  primary key (body_id, day)
);
comment on table suggestion_count is '申请前的提示，一机构一日一行：提示过几份草稿、点开几次、几份因此不用申请';
