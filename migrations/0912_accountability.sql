-- 责任追究（条例第四十六条、第四十七条、第五十二条、第五十三条）：线索只提出问题，不是结论；事项归所涉的机关，行由时间线得出。

create table accountability_matter (
  body_id      uuid not null references body (body_id),
  matter_id    uuid not null,
  version      integer not null check (version > 0),
  ledger_key   text check (length(ledger_key) between 1 and 200),
  status       text not null check (status in ('opened', 'told', 'replied', 'decided', 'rectified', 'closed', 'withdrawn')),
  title        text not null check (length(title) between 2 and 120),
  trigger      text,
  measures     text[] not null,
  opened_on    date not null,
  reply_by     date,
  decided_on   date,
  rectify_by   date,
  closed_on    date,
  withdrawn_on date,
  updated_at   timestamptz not null,
  primary key (body_id, matter_id)
);
comment on table accountability_matter is '一件责任追究事项，归所涉的机关；由时间线得出';
comment on column accountability_matter.trigger is '由哪一种线索提起；另行提起的为空';
comment on column accountability_matter.measures is '处理：责令改正、约谈、通报批评、移送；没有处理决定的为空数组';
create index accountability_matter_recent on accountability_matter (body_id, opened_on desc, matter_id);
create index accountability_matter_all on accountability_matter (opened_on desc, matter_id);

create table accountability_record (
  body_id   uuid not null references body (body_id),
  trigger   text not null,
  record_id text not null check (length(record_id) between 1 and 100),
  year      integer not null check (year between 2000 and 2200),
  label     text not null check (length(label) between 1 and 300),
  note      text not null check (length(note) <= 300),
  matter_id uuid,
  reason    text check (length(reason) between 2 and 300),
  handled_by text not null,
  handled_on date not null,
  primary key (body_id, trigger, record_id),
  foreign key (body_id, matter_id) references accountability_matter (body_id, matter_id),
  check ((matter_id is null) <> (reason is null))
);
comment on table accountability_record is '处置过的一条线索：列入了一件事项，或者写明理由不提起；一条只处置一次';
create index accountability_record_matter on accountability_record (body_id, matter_id) where matter_id is not null;
create index accountability_record_year on accountability_record (year, body_id, trigger);

create table accountability_file (
  body_id   uuid not null,
  file_id   uuid not null,
  matter_id uuid not null,
  step      text not null check (step in ('tell', 'reply', 'rectify')),
  file_key  text not null check (file_key ~ '^[0-9a-f]{64}$'),
  name      text not null check (length(name) between 1 and 200),
  type      text not null check (type in ('pdf', 'jpeg', 'png', 'docx', 'xlsx')),
  size      integer not null check (size > 0),
  added_by  text not null,
  added_at  timestamptz not null,
  primary key (body_id, file_id),
  foreign key (body_id, matter_id) references accountability_matter (body_id, matter_id)
);
comment on table accountability_file is '责任追究的材料：查明的、陈述申辩的、整改的；内容在文件库';
create index accountability_file_matter on accountability_file (body_id, matter_id);
