-- 答复之后：同一信息的申请归为一组（条例第四十四条），答复过的申请公布为目录。
create table same_information (
  body_id uuid not null references body (body_id),
  group_id uuid not null,
  applicants integer not null check (applicants >= 0),
  item_id uuid,
  declined_reason text check (length(declined_reason) between 2 and 500),
  settled_by text,
  settled_on date,
  updated_at timestamptz not null,
  primary key (body_id, group_id),
  check (num_nulls(settled_by, settled_on) in (0, 2)),
  check ((settled_on is not null) = (num_nonnulls(item_id, declined_reason) = 1))
);
comment on table same_information is '申请同一信息的各件为一组：不同的申请人几位，转为主动公开的条目或者不转的理由';
comment on column same_information.applicants is '不同的申请人数，按证件号码的带钥匙摘要认人，没有号码的按姓名〔待核〕；随归组更新';
create unique index same_information_item on same_information (body_id, item_id) where item_id is not null;
create index same_information_waiting on same_information (body_id, group_id) where settled_on is null;

create table same_information_case (
  body_id uuid not null,
  case_id uuid not null,
  group_id uuid not null,
  linked_by text not null,
  linked_at timestamptz not null,
  suggested_on date,
  suggested_because text check (suggested_because in ('interest', 'awareness', 'participation')),
  primary key (body_id, case_id),
  check (num_nulls(suggested_on, suggested_because) in (0, 2)),
  foreign key (body_id, case_id) references application (body_id, case_id),
  foreign key (body_id, group_id) references same_information (body_id, group_id)
);
comment on table same_information_case is '一件申请归在哪一组，由经办人认定；suggested_* 为申请人建议主动公开，自成一组';
create index same_information_case_group on same_information_case (body_id, group_id);

create table answered_request (
  body_id uuid not null references body (body_id),
  entry_id uuid not null,
  case_id uuid not null,
  status text not null check (status in ('draft', 'published', 'withdrawn')),
  title text not null check (length(title) between 1 and 100),
  asked text not null check (length(asked) between 1 and 1000),
  answer text not null check (length(answer) between 1 and 5000),
  attachments jsonb not null default '[]' check (jsonb_typeof(attachments) = 'array'),
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  drafted_by text[] not null check (cardinality(drafted_by) between 1 and 100),
  changed_at timestamptz not null,
  returned_reason text check (length(returned_reason) between 2 and 500),
  approved_by text,
  published_on date,
  withdrawn_by text,
  withdrawn_on date,
  withdraw_reason text check (length(withdraw_reason) between 2 and 500),
  version integer not null check (version > 0),
  primary key (body_id, entry_id),
  foreign key (body_id, case_id) references application (body_id, case_id),
  check ((status = 'draft') = (published_on is null)),
  check (num_nulls(approved_by, published_on) in (0, 2)),
  check ((status = 'withdrawn') = (withdrawn_on is not null)),
  check (num_nulls(withdrawn_by, withdrawn_on, withdraw_reason) in (0, 3)),
  check (approved_by is null or not approved_by = any (drafted_by))
);
comment on table answered_request is '公布的答复：去掉个人信息的申请与答复，起草与批准两人；撤下的留其记载';
comment on column answered_request.content_hash is '题目、申请、答复、附件的 SM3 摘要；批准的是这一份，改一字即须重新批准';
create unique index answered_request_case on answered_request (body_id, case_id) where status <> 'withdrawn';
create index answered_request_published on answered_request (body_id, published_on desc, entry_id desc) where status = 'published';
create index answered_request_draft on answered_request (body_id, entry_id) where status = 'draft';
