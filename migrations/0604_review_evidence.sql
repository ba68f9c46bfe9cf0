-- 证据目录：各份的名称、证明什么、几页加密存放；文件或者是案卷里的材料、文书，或者另行上传。
create table dispute_evidence (
  body_id     uuid not null references body (body_id),
  evidence_id uuid not null,
  case_id     uuid not null,
  position    integer not null check (position between 1 and 1000),
  source      text not null check (source in ('paper', 'letter', 'upload', 'listed')),
  source_id   uuid,
  content_sealed bytea not null,
  file_key    text,
  file_type   text,
  file_size   integer,
  submitted_on date,
  added_by    text not null,
  added_at    timestamptz not null,
  primary key (body_id, evidence_id),
  check ((source in ('paper', 'letter')) = (source_id is not null)),
  check ((source = 'upload') = (file_key is not null)),
  check (num_nulls(file_key, file_type, file_size) in (0, 3))
);
comment on table dispute_evidence is '复议、诉讼的证据目录；随答复、答辩提交之后不再改动，另行补充的另有提交之日';
comment on column dispute_evidence.source is 'paper 申请的材料，letter 发出的文书，upload 另行上传，listed 只列名目（原件在别处）';
comment on column dispute_evidence.content_sealed is '名称、证明什么、几页，JSON，加密：名称里可能有当事人';
create index dispute_evidence_case on dispute_evidence (body_id, case_id, position, evidence_id);
create unique index dispute_evidence_source on dispute_evidence (body_id, case_id, source_id) where source_id is not null;
