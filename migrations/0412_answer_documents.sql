-- 答复所附的文件：上传的原件、遮盖之处、生成的遮盖件与其核对。
create table application_document (
  body_id uuid not null,
  document_id uuid not null,
  case_id uuid not null,
  type text not null check (type in ('pdf', 'docx', 'xlsx', 'png', 'jpeg', 'letter')),
  shape text not null check (shape in ('pages', 'blocks')),
  name_sealed bytea not null,
  hash text not null,
  parts int not null check (parts between 1 and 1000),
  hidden text[] not null,
  status text not null check (status in ('open', 'producing', 'refused', 'failed', 'ready', 'confirmed')),
  whole boolean not null,
  marks_sealed bytea not null check (length(marks_sealed) <= 4194304),
  mark_count int not null check (mark_count between 0 and 2000),
  edited_by text[] not null check (cardinality(edited_by) between 1 and 100),
  stage text not null check (stage in ('waiting', 'redacting', 'verifying')),
  attempt int not null check (attempt >= 0),
  message text check (length(message) <= 500),
  findings_sealed bytea,
  result_type text check (result_type in ('pdf', 'docx', 'xlsx', 'png', 'jpeg')),
  result_hash text,
  result_parts int check (result_parts between 1 and 1000),
  confirmed_by text,
  confirmed_at timestamptz,
  confirmed_hash text,
  added_at timestamptz not null,
  version int not null check (version >= 1),
  primary key (body_id, document_id),
  foreign key (body_id, case_id) references application (body_id, case_id),
  check (num_nulls(result_type, result_hash, result_parts) in (0, 3)),
  check (num_nulls(confirmed_by, confirmed_at, confirmed_hash) in (0, 3)),
  check ((status = 'confirmed') = (confirmed_by is not null)),
  check (status not in ('ready', 'confirmed') or whole or result_hash is not null),
  check (not whole or (mark_count = 0 and type <> 'letter')),
  check (confirmed_hash is null or confirmed_hash = case when whole then hash else result_hash end),
  check (confirmed_by is null or not confirmed_by = any (edited_by))
);
comment on table application_document is '依申请公开答复所附的文件：原件、遮盖之处、生成与核对；遮盖之处一改，生成的与核对的都作废';
comment on column application_document.type is '原件的种类；letter 为本系统发出的文书，在数据里遮盖';
comment on column application_document.hash is '原件的 SM3 摘要';
comment on column application_document.parts is '分几处看：一页一处，或者一百段一处';
comment on column application_document.hidden is '原件除正面之外还带着的：修订、批注、属性等，只记种类与数目';
comment on column application_document.whole is '不遮盖，照原件提供';
comment on column application_document.marks_sealed is '遮盖之处，各有依据与理由，JSON，加密';
comment on column application_document.edited_by is '上传、标记过的人；其中任何一人都不得核对';
comment on column application_document.findings_sealed is '复核发现的、因而没有生成的缘故，JSON，加密';
comment on column application_document.confirmed_hash is '核对的是哪一份：所提供的文件的 SM3 摘要';
create index application_document_case on application_document (body_id, case_id, document_id);
create index application_document_ready on application_document (body_id, case_id) where status = 'ready';

create table application_document_file (
  body_id uuid not null,
  document_id uuid not null,
  role text not null check (role in ('original', 'result')),
  file_key text not null,
  size bigint not null check (size > 0),
  primary key (body_id, document_id, role),
  foreign key (body_id, document_id) references application_document (body_id, document_id) on delete cascade
);
comment on table application_document_file is '答复所附文件的原件与遮盖件，加密存放；size 为明文的字节数';

create table application_document_part (
  body_id uuid not null,
  document_id uuid not null,
  role text not null check (role in ('original', 'result')),
  part int not null check (part between 1 and 1000),
  content_sealed bytea not null,
  primary key (body_id, document_id, role, part),
  foreign key (body_id, document_id) references application_document (body_id, document_id) on delete cascade
);
comment on table application_document_part is '读出的一页的大小与文字，或者一百段的文字，JSON，加密；标记与核对时看';
