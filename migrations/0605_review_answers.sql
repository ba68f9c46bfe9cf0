-- 行政复议答复书、行政诉讼答辩状：起草、送签、签发编号，此后不变。
create table dispute_letter (
  body_id     uuid not null references body (body_id),
  letter_id   uuid not null,
  case_id     uuid not null,
  type        text not null check (type in ('review-answer', 'suit-answer')),
  status      text not null check (status in ('draft', 'submitted', 'returned', 'issued')),
  content_sealed bytea not null,
  remark_sealed  bytea,
  drafted_by  text[] not null check (cardinality(drafted_by) between 1 and 50),
  doc_no      text,
  model_sealed bytea,
  model_hash  text,
  issued_by   text,
  issued_on   date,
  sent_on     date,
  drafted_at  timestamptz not null,
  version     integer not null check (version > 0),
  primary key (body_id, letter_id),
  unique (body_id, doc_no),
  check ((status = 'issued') = (num_nulls(doc_no, model_sealed, model_hash, issued_by, issued_on) = 0)),
  check (num_nulls(doc_no, model_sealed, model_hash, issued_by, issued_on) in (0, 5)),
  check (sent_on is null or sent_on >= issued_on),
  check (issued_by is null or not issued_by = any (drafted_by))
);
comment on table dispute_letter is '行政复议答复书、行政诉讼答辩状，一件一行；签发时编号、固定，起草的人不得签发';
comment on column dispute_letter.content_sealed is '起草的各段，JSON，加密：写有当事人的姓名';
comment on column dispute_letter.model_sealed is '签发的文书，JSON，加密，此后不变；model_hash 为其 SM3 摘要';
create index dispute_letter_case on dispute_letter (body_id, case_id, letter_id);
create index dispute_letter_submitted on dispute_letter (body_id, letter_id) where status = 'submitted';

create table dispute_number (
  body_id uuid not null references body (body_id),
  word    text not null check (word in ('复答', '诉答')),
  year    smallint not null check (year between 2008 and 2200),
  last    integer not null check (last > 0),
  primary key (body_id, word, year)
);
comment on table dispute_number is '复议答复书、诉讼答辩状的文号：各机构各年已编到几号，与签发同一事务，不跳号';
