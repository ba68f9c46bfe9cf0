-- 规范性文件：主题、连着的正文（信息条目）、由哪件废止、最近一次修改、是否列入政策文件库、清理结论。各列由时间线得出。
alter table normative_document
  add column topic       text,
  add column item_id     uuid,
  add column repealed_by uuid,
  add column amended_on  date,
  add column listed      boolean not null default true,
  add column clean_ups   text[] not null default '{}',
  add foreign key (body_id, item_id) references info_item (body_id, item_id),
  add foreign key (body_id, repealed_by) references normative_document (body_id, document_id);
comment on column normative_document.listed is '没有连正文的，名称与文号是否列入政策文件库：台账记载的列，工作台登记的须经批准';
comment on column normative_document.clean_ups is '历次清理的结论，写作「清理/结论」';
create unique index normative_document_item on normative_document (body_id, item_id) where item_id is not null;
create index normative_document_repealer on normative_document (body_id, repealed_by) where repealed_by is not null;
create index normative_document_expiring on normative_document (body_id, expires_on) where expires_on is not null;
create index normative_document_ended on normative_document (body_id, invalid_from) where invalid_from is not null;
create index normative_document_id on normative_document (document_id);
-- 按文号找可以作正文的信息
create index info_item_doc_no on info_item (body_id, doc_no) where doc_no is not null;
create index normative_document_newest on normative_document (made_on desc, document_id desc);

create table normative_clean_up (
  body_id     uuid not null references body (body_id),
  clean_up_id uuid not null,
  title       text not null check (length(title) between 1 and 200),
  basis       text not null check (length(basis) between 1 and 500),
  as_of       date not null,
  started_by  text not null,
  started_at  timestamptz not null,
  closed_on   date,
  closed_by   text,
  primary key (body_id, clean_up_id),
  check ((closed_on is null) = (closed_by is null)),
  check (closed_on is null or closed_on >= as_of)
);
comment on table normative_clean_up is '规范性文件清理，一轮一行：看 as_of 那一日现行有效的各件；逐件的结论在各件的时间线里';
