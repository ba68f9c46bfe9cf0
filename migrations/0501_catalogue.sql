-- 主动公开：信息条目、规范性文件、年度数据。各行由时间线得出，同一事务里刷新。

create table info_item (
  body_id            uuid not null references body (body_id),
  item_id            uuid not null,
  version            integer not null check (version > 0),
  index_no           text not null check (length(index_no) between 1 and 80),
  ledger_key         text check (length(ledger_key) between 1 and 700),
  status             text not null check (status in ('formed', 'attribute-determined', 'secrecy-review', 'approved',
                       'exported', 'published', 'updated', 'withdrawn', 'expired', 'exempt')),
  title              text not null check (length(title) between 1 and 500),
  doc_no             text check (length(doc_no) between 1 and 100),
  attribute          text check (attribute in ('proactive', 'on-request', 'exempt')),
  codes              text[] not null default '{}',
  summary_kind       text,
  formed_on          date not null,
  changed_on         date,
  due_on             date,
  first_published_on date,
  published_on       date,
  withdrawn_on       date,
  expired_on         date,
  url                text check (length(url) <= 1000),
  updated_at         timestamptz not null,
  primary key (body_id, item_id),
  unique (body_id, index_no),
  check (published_on is null or first_published_on is not null),
  check (first_published_on is null or first_published_on >= formed_on),
  check (attribute is distinct from 'exempt' or first_published_on is null)
);
comment on table info_item is '主动公开的信息条目（含依申请公开、不予公开的登记）；按首次公开之日计入年度';
create unique index info_item_ledger on info_item (body_id, ledger_key) where ledger_key is not null;
create index info_item_published on info_item (body_id, first_published_on) where first_published_on is not null;
create index info_item_due on info_item (body_id, due_on) where first_published_on is null;
create index info_item_public on info_item (first_published_on desc, item_id desc) where first_published_on is not null and withdrawn_on is null;

create table index_number (
  body_id uuid not null references body (body_id),
  year    integer not null check (year between 1949 and 2200),
  last    integer not null check (last >= 0),
  primary key (body_id, year)
);
comment on table index_number is '索引号的流水：每机构每年用到了第几号；只增不退';

create table normative_document (
  body_id         uuid not null references body (body_id),
  document_id     uuid not null,
  version         integer not null check (version > 0),
  ledger_key      text not null check (length(ledger_key) between 1 and 300),
  kind            text not null check (kind in ('reg', 'norm')),
  title           text not null check (length(title) between 1 and 500),
  doc_no          text not null check (length(doc_no) between 1 and 100),
  registration_no text check (length(registration_no) <= 100),
  made_on         date not null,
  effective_on    date,
  expires_on      date,
  repealed_on     date,
  invalid_from    date,
  url             text check (length(url) <= 1000),
  updated_at      timestamptz not null,
  primary key (body_id, document_id),
  unique (body_id, ledger_key),
  check (invalid_from is null or invalid_from >= made_on)
);
comment on table normative_document is '规章与行政规范性文件；invalid_from 为不再有效的首日（废止或有效期届满之次日），表二由此计数';
create index normative_document_made on normative_document (body_id, made_on);

create table yearly_count (
  body_id    uuid not null references body (body_id),
  count_id   uuid not null,
  version    integer not null check (version > 0),
  year       integer not null check (year between 1949 and 2200),
  matter     text not null,
  source     text not null check (length(source) between 1 and 200),
  amount     bigint not null check (amount >= 0),
  evidence   text check (length(evidence) <= 1000),
  withdrawn  boolean not null default false,
  updated_at timestamptz not null,
  primary key (body_id, count_id),
  unique (body_id, year, matter, source)
);
comment on table yearly_count is '逐年报数的事项：行政许可、处罚、强制决定数与收费金额（分）等，记明来源；更正另记一事，不改旧的';
