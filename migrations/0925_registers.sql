-- 年度报告第六部分的登记：建议提案的办理结果公开、重点领域政府信息公开。
create table proposal (
  body_id     uuid not null references body (body_id),
  proposal_id uuid not null,
  version     integer not null check (version > 0),
  year        integer not null check (year between 2000 and 2200),
  kind        text not null check (kind in ('people', 'cppcc')),
  number      text not null check (length(number) between 1 and 60),
  title       text not null check (length(title) between 2 and 300),
  unit        text not null check (length(unit) <= 100),
  answered_on date,
  publication text not null check (publication in ('published', 'pending', 'exempt')),
  index_no    text check (length(index_no) between 1 and 80),
  published_on date,
  changed_by  text not null,
  changed_at  timestamptz not null,
  primary key (body_id, proposal_id),
  check ((publication = 'published') = (published_on is not null))
);
comment on table proposal is '人大代表建议、政协提案：编号、谁答复、答复公开了没有、公开在哪一条信息';
create unique index proposal_number on proposal (body_id, year, kind, number);

create table key_field (
  body_id    uuid not null references body (body_id),
  entry_id   uuid not null,
  version    integer not null check (version > 0),
  year       integer not null check (year between 2000 and 2200),
  field      text not null check (length(field) between 2 and 60),
  content    text not null check (length(content) between 2 and 1000),
  index_nos  jsonb not null,
  count      integer not null check (count >= 0),
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (body_id, entry_id)
);
comment on table key_field is '重点领域政府信息公开：哪个领域、公开了什么、几条、在哪几条信息';
create unique index key_field_name on key_field (body_id, year, field);
