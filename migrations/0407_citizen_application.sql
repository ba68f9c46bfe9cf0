-- 公众网上申请：填写中的草稿、随附的材料、查询码。
create table application_draft (
  body_id uuid not null references body (body_id),
  token_hash bytea not null check (length(token_hash) = 32),
  case_id uuid not null,
  answers_sealed bytea check (length(answers_sealed) <= 131072),
  expires_at timestamptz not null,
  primary key (body_id, token_hash)
);
comment on table application_draft is '公众填写中的申请，凭浏览器里的随机令牌取回，七日不续即删；其中的个人信息加密';
comment on column application_draft.token_hash is '令牌的带钥匙摘要；令牌只在申请人的浏览器里';
comment on column application_draft.case_id is '提交后所成的案件；同一草稿至多成一件';
comment on column application_draft.answers_sealed is '各栏，JSON，加密；已提交的清空';
create index application_draft_expires on application_draft (expires_at);
create unique index application_draft_case on application_draft (body_id, case_id);

create table application_paper (
  body_id uuid not null references body (body_id),
  paper_id uuid not null,
  case_id uuid not null,
  kind text not null check (kind in ('identity', 'mandate', 'other', 'supplement')),
  type text not null check (type in ('pdf', 'jpeg', 'png', 'docx', 'txt')),
  size integer not null check (size > 0),
  name_sealed bytea not null,
  content_sealed bytea not null,
  is_draft boolean not null,
  given_on date not null,
  given_at timestamptz not null,
  primary key (body_id, paper_id)
);
comment on table application_paper is '申请人交来的材料：身份证明、委托书、其他、补正；文件名与内容都加密。is_draft 为草稿所附，草稿过期即删';
comment on column application_paper.case_id is '所属案件；草稿所附的，案件尚未成';
create index application_paper_case on application_paper (body_id, case_id, paper_id);
create index application_paper_supplement on application_paper (body_id, case_id) where kind = 'supplement';
create index application_paper_draft on application_paper (body_id, case_id) include (size) where is_draft;

create table application_access (
  body_id uuid not null,
  case_id uuid not null,
  code_hash bytea not null check (length(code_hash) = 32),
  created_at timestamptz not null,
  primary key (body_id, case_id),
  foreign key (body_id, case_id) references application (body_id, case_id)
);
comment on table application_access is '申请人的查询码，只存带钥匙的摘要；凭登记号与查询码查询办理进度';
create index application_access_code on application_access (code_hash);
