-- 文书：签批人退回、起草人改后再送；发出的文书与案件经过里它所告知的那一步相连。
alter table application_letter drop constraint application_letter_status_check;
alter table application_letter add constraint application_letter_status_check check (status in ('draft', 'returned', 'signed', 'issued'));
alter table application_letter drop constraint application_letter_check;
alter table application_letter add constraint application_letter_unsigned_check check ((status in ('draft', 'returned')) = (signed_by is null));
alter table application_letter add column step_version integer check (step_version >= 1);
alter table application_letter add constraint application_letter_step_check check (step_version is null or status = 'issued');
comment on column application_letter.status is 'draft 等签批、returned 退回起草人、signed 待发出、issued 已发出';
comment on column application_letter.step_version is '所告知的那一步在案件时间线里的版本；还没有记那一步的为空';
-- 待办：等签批的、退回的、签批而未发的
create index application_letter_open on application_letter (body_id, status, letter_id) where status <> 'issued';

create table application_letter_remark (
  body_id uuid not null,
  remark_id uuid not null,
  letter_id uuid not null,
  kind text not null check (kind in ('returned', 'resubmitted')),
  remark_sealed bytea not null,
  made_by text not null,
  made_at timestamptz not null,
  primary key (body_id, remark_id),
  foreign key (body_id, letter_id) references application_letter (body_id, letter_id)
);
comment on table application_letter_remark is '文书往返的意见：退回的理由、再送时的说明；加密，留存';
create index application_letter_remark_letter on application_letter_remark (body_id, letter_id, remark_id);
