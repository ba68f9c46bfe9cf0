-- 政务公开责任考核（条例第四十六条）：一年一份方案，各机关一份考核表，公布时连同所据的数一并冻结。

create table assessment_scheme (
  body_id      uuid not null references body (body_id),
  scheme_id    uuid not null,
  version      integer not null check (version > 0),
  year         integer not null check (year between 2008 and 2200),
  title        text not null check (length(title) between 1 and 100),
  basis        text not null check (length(basis) <= 500),
  state        text not null check (state in ('draft', 'open', 'published')),
  indicators   jsonb not null,
  last_code    integer not null check (last_code >= 0),
  ranking      boolean not null,
  self_by      date,
  appeal_days  integer not null check (appeal_days between 1 and 60),
  opened_on    date,
  published_on date,
  updated_at   timestamptz not null,
  primary key (body_id, scheme_id),
  unique (body_id, year),
  check ((state = 'draft') = (opened_on is null)),
  check ((state = 'published') = (published_on is not null))
);
comment on table assessment_scheme is '一年的考核方案，属区政务公开办；启用之后指标不再改';
comment on column assessment_scheme.indicators is '各项指标：代码、名称、满分、种类、取数、计分办法、依据';
comment on column assessment_scheme.ranking is '公布名次；样本不足三十的无论如何不排';

create table assessment_sheet (
  body_id       uuid not null references body (body_id),
  scheme_id     uuid not null,
  version       integer not null check (version > 0),
  year          integer not null,
  position      integer not null,
  state         text not null check (state in ('self', 'submitted', 'checked', 'accepted', 'appealed', 'decided', 'excused')),
  submitted_by  text,
  submitted_on  date,
  checked_by    text,
  checked_on    date,
  appeal_by     date,
  answered_by   text,
  answered_on   date,
  decided_by    text,
  decided_on    date,
  excused       text check (length(excused) between 2 and 300),
  primary key (body_id, scheme_id),
  check ((state = 'excused') = (excused is not null))
);
comment on table assessment_sheet is '一机关一年的考核表：自评、核查、申诉（一次）、复核';
comment on column assessment_sheet.excused is '不参加这一年考核的理由，如年内撤并';
create index assessment_sheet_of_scheme on assessment_sheet (scheme_id, position, body_id);

create table assessment_line (
  body_id    uuid not null,
  scheme_id  uuid not null,
  code       text not null check (code ~ '^[0-9]{2}$'),
  self       integer check (self >= 0),
  self_note  text check (length(self_note) <= 1000),
  exempted   text check (length(exempted) between 2 and 500),
  checked    integer check (checked >= 0),
  check_note text check (length(check_note) <= 500),
  seen_total integer,
  seen_good  integer,
  appeal     text check (length(appeal) between 4 and 1000),
  decided    integer check (decided >= 0),
  decision   text check (length(decision) between 2 and 500),
  primary key (body_id, scheme_id, code),
  foreign key (body_id, scheme_id) references assessment_sheet (body_id, scheme_id)
);
comment on table assessment_line is '考核表的一项：自评、核查、申诉、复核各怎么说；分值为百分之一分';
comment on column assessment_line.seen_total is '核查完成时所见的数，与公布时的数比对';

create table assessment_evidence (
  body_id     uuid not null,
  evidence_id uuid not null,
  scheme_id   uuid not null,
  code        text not null,
  stage       text not null check (stage in ('self', 'check', 'appeal', 'decide')),
  file_key    text not null check (file_key ~ '^[0-9a-f]{64}$'),
  name        text not null check (length(name) between 1 and 200),
  type        text not null check (type in ('pdf', 'jpeg', 'png', 'docx', 'xlsx')),
  size        integer not null check (size > 0),
  added_by    text not null,
  added_at    timestamptz not null,
  primary key (body_id, evidence_id),
  foreign key (body_id, scheme_id) references assessment_sheet (body_id, scheme_id)
);
comment on table assessment_evidence is '考核的佐证材料；内容在文件库';
create index assessment_evidence_of_line on assessment_evidence (body_id, scheme_id, code);

create table assessment_result (
  body_id      uuid not null,
  scheme_id    uuid not null,
  content      text not null,
  hash         text not null check (hash ~ '^[0-9a-f]{64}$'),
  published_by text not null,
  published_on date not null,
  primary key (body_id, scheme_id),
  foreign key (body_id, scheme_id) references assessment_scheme (body_id, scheme_id)
);
comment on table assessment_result is '公布的结果：方案、各机关所据的数与记录清单的摘要、得分，合成一份规范 JSON 与其 SM3；不再改';

create index info_item_assessed on info_item (body_id, due_on) where attribute = 'proactive';
