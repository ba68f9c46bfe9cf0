-- 专栏里由机关自己写的各部分：公开指南、机构信息、办事渠道、没有公开过的各项的说明。
-- 一部分一版一行：草稿一份、公布着的一份、从前公布过的各份；公布须另一人批准，批准的是某一摘要的内容。
create table column_version (
  body_id         uuid not null references body (body_id),
  version_id      uuid not null,
  part            text not null check (part in ('guide', 'institution', 'channels', 'headings')),
  status          text not null check (status in ('draft', 'submitted', 'published', 'past')),
  number          integer check (number > 0),
  content         jsonb not null check (jsonb_typeof(content) = 'object'),
  content_hash    text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  facts           jsonb not null default '{}',
  drafted_by      text[] not null check (cardinality(drafted_by) between 1 and 100),
  changed_at      timestamptz not null,
  returned_reason text check (length(returned_reason) between 2 and 500),
  approved_by     text,
  published_on    date,
  version         integer not null check (version > 0),
  primary key (body_id, version_id),
  check ((status in ('draft', 'submitted')) = (published_on is null)),
  check (num_nulls(number, approved_by, published_on) in (0, 3)),
  check (approved_by is null or not approved_by = any (drafted_by))
);
comment on table column_version is '专栏各部分的各版：草稿、送批、公布着的、从前的；公众只看 published 的一份';
comment on column column_version.facts is '公布指南时的机构名称、地址、负责人；此后变了的，须更新指南（条例第十二条）';
comment on column column_version.number is '公布的第几版，自 1 起';
create unique index column_version_open on column_version (body_id, part) where status in ('draft', 'submitted');
create unique index column_version_shown on column_version (body_id, part) where status = 'published';
create unique index column_version_number on column_version (body_id, part, number) where number is not null;

create table column_channel_check (
  body_id    uuid not null references body (body_id),
  row_hash   text not null check (row_hash ~ '^[0-9a-f]{64}$'),
  checked_on date not null,
  checked_by text not null,
  primary key (body_id, row_hash)
);
comment on table column_channel_check is '办事渠道最近一次核实；row_hash 为这一条内容的摘要，改了一个字即须重新核实';
