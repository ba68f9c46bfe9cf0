-- 文书：起草、签批、发出；发出之后连同文件不再变动。
create table application_letter (
  body_id uuid not null,
  letter_id uuid not null,
  case_id uuid not null,
  type text not null check (type ~ '^L(0[1-9]|1[0-9]|2[0-8])$'),
  status text not null check (status in ('draft', 'signed', 'issued')),
  content_sealed bytea not null,
  drafted_by text[] not null check (cardinality(drafted_by) between 1 and 100),
  drafted_at timestamptz not null,
  signed_by text,
  signed_for date,
  signed_hash text,
  doc_no text,
  model_sealed bytea,
  content_hash text,
  issued_by text,
  issued_on date,
  version int not null check (version >= 1),
  primary key (body_id, letter_id),
  unique (body_id, doc_no),
  foreign key (body_id, case_id) references application (body_id, case_id),
  check ((status = 'draft') = (signed_by is null)),
  check (num_nulls(signed_by, signed_for, signed_hash) in (0, 3)),
  check ((status = 'issued') = (model_sealed is not null)),
  check (num_nulls(model_sealed, content_hash, issued_by, issued_on) in (0, 4)),
  check (doc_no is null or status = 'issued'),
  check (signed_by is null or not signed_by = any (drafted_by))
);
comment on table application_letter is '依申请公开的文书 L01–L28：草稿、已签批、已发出；发出的存其内容与摘要，不再变动';
comment on column application_letter.content_sealed is '主送、经办人所填各项与手改的正文，JSON，加密';
comment on column application_letter.drafted_by is '起草与修改过的人；其中任何一人都不得签批';
comment on column application_letter.signed_for is '签批时的成文之日；签批之后照此日再拟一遍，与签批时不同即案件有变，须重新签批';
comment on column application_letter.model_sealed is '发出时拟成的文书，JSON，加密';
comment on column application_letter.content_hash is '发出的文书的 SM3 摘要';
create index application_letter_case on application_letter (body_id, case_id, letter_id);

create table application_letter_file (
  body_id uuid not null,
  letter_id uuid not null,
  format text not null check (format in ('pdf', 'docx')),
  file_key text not null,
  size bigint not null check (size > 0),
  hash text not null,
  primary key (body_id, letter_id, format),
  foreign key (body_id, letter_id) references application_letter (body_id, letter_id)
);
comment on table application_letter_file is '发出的文书的文件，加密存放；hash 为明文的 SM3 摘要，size 为明文的字节数';
