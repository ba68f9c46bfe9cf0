-- 电子归档：一件一个档案包，保管期限、保全、鉴定、去标识化；鉴定的登记簿。
create table application_archive (
  body_id uuid not null,
  case_id uuid not null,
  state text not null check (state in ('waiting', 'building', 'kept', 'failed', 'destroyed')),
  preview boolean not null,
  attempt int not null check (attempt >= 0),
  done int not null check (done >= 0),
  total int not null check (total >= 0),
  message text check (length(message) <= 500),
  requested_by text not null,
  requested_at timestamptz not null,
  archived_on date,
  retention text not null check (retention in ('PERMANENT', 'Y30', 'Y10')),
  retain_until date,
  case_version int check (case_version >= 1),
  file_key text,
  size bigint check (size > 0),
  hash text,
  files int check (files > 0),
  traces text[] not null check (cardinality(traces) <= 50),
  held_because text check (length(held_because) between 2 and 200),
  held_by text,
  deidentified_on date,
  destroy_because text check (length(destroy_because) between 2 and 200),
  destroy_proposed_by text,
  destroyed_by text,
  destroyed_on date,
  version int not null check (version >= 1),
  primary key (body_id, case_id),
  foreign key (body_id, case_id) references application (body_id, case_id),
  check (num_nulls(case_version, size, hash, files) in (0, 4)),
  check (state <> 'kept' or file_key is not null),
  check ((state = 'destroyed') = (destroyed_on is not null)),
  check (state <> 'destroyed' or (file_key is null and hash is not null and destroy_proposed_by is not null and destroyed_by <> destroy_proposed_by)),
  check (file_key is null or hash is not null),
  check (preview = (archived_on is null)),
  check ((held_because is null) = (held_by is null)),
  check ((destroy_because is null) = (destroy_proposed_by is null)),
  check (num_nulls(destroyed_by, destroyed_on) in (0, 2)),
  check (deidentified_on is null or not preview)
);
comment on table application_archive is '依申请公开案卷的档案包：状态、进度、摘要、保管期限、保全、去标识化、销毁；包加密存在文件库';
comment on column application_archive.preview is '还没有归档时做的，只供查看';
comment on column application_archive.retain_until is '保管期限届满之日；永久保管、尚未归档的为空';
comment on column application_archive.case_version is '做包时案件在时间线里的版本；其后又有更正的须重做';
comment on column application_archive.hash is '清单所记的整包摘要（SM3）';
comment on column application_archive.traces is '留在时间线里的所求内容中疑为个人信息的种类，不写内容';
comment on column application_archive.held_because is '保全：正在复议、诉讼等，不去标识化、不销毁';
create index application_archive_archived on application_archive (body_id, archived_on desc, case_id desc) where archived_on is not null;
create index application_archive_until on application_archive (body_id, retain_until, case_id) where retain_until is not null and state <> 'destroyed';
create index application_archive_busy on application_archive (body_id, case_id) where state in ('waiting', 'building', 'failed');
create index application_archive_identified on application_archive (body_id, archived_on, case_id) where deidentified_on is null and archived_on is not null;
create index application_archive_proposed on application_archive (body_id, case_id) where destroy_because is not null and destroyed_on is null;

create table application_archive_act (
  body_id uuid not null,
  act_id uuid not null,
  case_id uuid not null,
  kind text not null check (kind in ('extended', 'held', 'released', 'destruction-proposed', 'destruction-returned', 'destroyed', 'deidentified')),
  reason text not null check (length(reason) <= 200),
  done_by text not null,
  done_on date not null,
  primary key (body_id, act_id),
  foreign key (body_id, case_id) references application_archive (body_id, case_id)
);
comment on table application_archive_act is '档案的鉴定、保全、去标识化、销毁，逐次登记，不删不改';
create index application_archive_act_case on application_archive_act (body_id, case_id, act_id);

-- 待归档的、归档了的，按登记的先后
create index application_to_archive on application (body_id, case_id) include (served_on, decided_on) where status in ('served', 'closed', 'withdrawn');
create index application_archived on application (body_id, case_id) where status = 'archived';
