-- 更正（条例第四十一条）：公民、组织要求更正与其自身相关的政府信息记录。不是政府信息公开申请，不入表三。
create table record_correction (
  body_id uuid not null references body (body_id),
  correction_id uuid not null,
  reg_no text collate "C" not null check (length(reg_no) between 1 and 60),
  status text not null check (status in ('open', 'proposed', 'decided', 'told', 'withdrawn')),
  applicant_id uuid not null,
  applicant_kind text not null check (applicant_kind in ('N', 'B', 'R', 'P', 'L', 'O')),
  channel text not null check (channel in ('IN_PERSON', 'ORAL', 'POST_SIGNED', 'POST_PLAIN', 'ONLINE', 'EMAIL', 'FAX')),
  received_on date not null,
  request_sealed bytea not null,
  result text check (result in ('CORRECTED', 'REFUSED', 'TRANSFERRED', 'ADVISED')),
  answer_sealed bytea,
  proposed_on date,
  proposed_by text,
  returned_reason text check (length(returned_reason) <= 500),
  decided_on date,
  decided_by text,
  doc_no text,
  letter_sealed bytea,
  letter_hash text,
  told_on date,
  withdrawn_on date,
  registered_by text not null,
  registered_at timestamptz not null,
  version integer not null check (version > 0),
  primary key (body_id, correction_id),
  unique (body_id, reg_no),
  unique (body_id, doc_no),
  foreign key (body_id, applicant_id) references applicant (body_id, applicant_id),
  check (num_nulls(result, answer_sealed, proposed_on, proposed_by) in (0, 4)),
  check (num_nulls(decided_on, decided_by, doc_no, letter_sealed, letter_hash) in (0, 5)),
  check ((status in ('decided', 'told')) = (decided_on is not null)),
  check (status not in ('proposed', 'decided', 'told') or proposed_on is not null),
  check ((status = 'told') = (told_on is not null)),
  check ((status = 'withdrawn') = (withdrawn_on is not null)),
  check (decided_by <> proposed_by),
  check (decided_on >= received_on and told_on >= decided_on and withdrawn_on >= received_on)
);
comment on table record_correction is '更正申请（条例第四十一条），一件一行；没有法定期限，到期日由收到之日与机关的设置算出，不存';
comment on column record_correction.request_sealed is '要求更正的记录与理由、证据，JSON，加密：都与其自身相关';
comment on column record_correction.answer_sealed is '核实的情况与处理，JSON，加密';
comment on column record_correction.letter_sealed is '作出处理时拟成的更正告知书（L28），JSON，加密，此后不变；letter_hash 为其 SM3 摘要';
create index record_correction_received on record_correction (body_id, received_on, correction_id);
create index record_correction_waiting on record_correction (body_id, received_on, correction_id) where status in ('open', 'proposed');

create table record_correction_number (
  body_id uuid not null references body (body_id),
  year smallint not null check (year between 2008 and 2200),
  last integer not null check (last > 0),
  primary key (body_id, year)
);
comment on table record_correction_number is '更正申请的登记号：各机构各年已编到几号，与登记同一事务，不跳号';
