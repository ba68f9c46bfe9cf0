-- 依申请公开：申请人（个人信息，加密）与申请（列表行，由时间线刷新）。
create table applicant (
  body_id uuid not null references body (body_id),
  applicant_id uuid not null,
  kind text not null check (kind in ('N', 'B', 'R', 'P', 'L', 'O')),
  name_sealed bytea,
  id_no_sealed bytea,
  contact_sealed bytea,
  name_hash bytea check (length(name_hash) = 32),
  id_hash bytea check (length(id_hash) = 32),
  created_at timestamptz not null,
  primary key (body_id, applicant_id),
  check ((name_sealed is null) = (name_hash is null)),
  check ((id_no_sealed is null) = (id_hash is null))
);
comment on table applicant is '申请人的个人信息，与案子分开存放。*_sealed 为 SM4-CTR 加 HMAC-SM3 的密文，*_hash 为带钥匙的摘要，用来查重复申请而不存明文';
create index applicant_name on applicant (body_id, name_hash) where name_hash is not null;
create index applicant_id_no on applicant (body_id, id_hash) where id_hash is not null;

create table application (
  body_id uuid not null references body (body_id),
  case_id uuid not null,
  reg_no text collate "C" not null check (length(reg_no) between 1 and 60),
  status text not null check (status in (
    'draft', 'received-unconfirmed', 'registered', 'examining', 'correction-requested', 'consulting', 'reason-requested',
    'deferred', 'fee-noticed', 'deciding', 'approved', 'dispatched', 'served', 'closed', 'withdrawn', 'split', 'archived')),
  channel text check (channel in ('IN_PERSON', 'ORAL', 'POST_SIGNED', 'POST_PLAIN', 'ONLINE', 'EMAIL', 'FAX')),
  applicant_kind text not null check (applicant_kind in ('N', 'B', 'R', 'P', 'L', 'O')),
  applicant_id uuid,
  content text not null check (length(content) between 1 and 10000),
  split_from uuid,
  submitted_on date,
  received_on date,
  counted boolean not null,
  clock text check (clock in ('running', 'consulting', 'stopped', 'no-calendar')),
  due_on date,
  outcome text,
  report_row text check (report_row ~ '^R3\.[1-6](\.[1-8])?$'),
  decided_on date,
  doc_no text check (length(doc_no) between 1 and 100),
  dispatched_on date,
  served_on date,
  fee_amount bigint not null check (fee_amount >= 0),
  fee_on date,
  source_hash bytea check (length(source_hash) = 32),
  version integer not null check (version > 0),
  updated_at timestamptz not null,
  primary key (body_id, case_id),
  unique (body_id, reg_no),
  foreign key (body_id, applicant_id) references applicant (body_id, applicant_id),
  foreign key (body_id, split_from) references application (body_id, case_id),
  check (counted = (received_on is not null and status <> 'split')),
  check ((decided_on is null) = (outcome is null) and (decided_on is null) = (report_row is null)),
  check (decided_on is null or decided_on >= received_on),
  check (served_on is null or decided_on is null or served_on >= decided_on),
  check ((fee_amount > 0) or fee_on is null)
);
comment on table application is '政府信息公开申请，一件一行，由时间线（流 application）在同一事务里刷新，可随时重建。年度报告表三逐格由此数出';
comment on column application.counted is '是否计入报告：已收到且未拆分（拆分的按拆出的各件计）';
comment on column application.due_on is '答复到期日，由事实算出，从不手填；clock 为其状态，no-calendar 即尚无该年节假日数据';
comment on column application.source_hash is '最近一次导入的台账行的带钥匙摘要，用来认出没有变化的行';
comment on column application.fee_amount is '信息处理费，分';
-- 报告的计数只读索引（不读表）：各年的新收、结转、办结、未结；列表按收到、答复日期翻页亦走这两个
create index application_received on application (body_id, received_on, case_id) include (counted, decided_on, report_row, applicant_kind);
create index application_decided on application (body_id, decided_on, case_id) include (counted, received_on, report_row, applicant_kind) where decided_on is not null;
create index application_open on application (body_id, received_on, case_id) include (applicant_kind) where counted and decided_on is null;
create index application_due on application (body_id, due_on, case_id) where decided_on is null and due_on is not null;
create index application_fee on application (body_id, fee_on) where fee_amount > 0;
create index application_split on application (body_id, split_from) where split_from is not null;
create index application_applicant on application (body_id, applicant_id) where applicant_id is not null;
create index application_doc_no on application (body_id, doc_no) where doc_no is not null;
