-- 复议、诉讼决定重新答复的，另立一件，连着原来的申请；默认不作为新收的申请计入年度报告。
alter table application
  add column redo_of uuid,
  add column redo_dispute uuid,
  add column redo_uncounted boolean not null default false,
  add constraint application_redo check ((redo_of is null) = (redo_dispute is null) and (not redo_uncounted or redo_of is not null));
comment on column application.redo_of is '照复议决定、裁判重新答复的，原来的申请';
comment on column application.redo_dispute is '凭哪一件复议、诉讼重新答复';
comment on column application.redo_uncounted is '重新答复而不计入年度报告的（设置 redoCounting，登记时定下）；期限、提醒照走';
comment on column application.counted is '已收到、未拆分（拆分的按拆出的各件计）、未作废；其中重新答复而不计的见 redo_uncounted';

create index application_redo on application (body_id, redo_of, case_id) where redo_of is not null;

-- 报告的计数只读索引：多带一列
drop index application_received;
create index application_received on application (body_id, received_on, case_id) include (counted, decided_on, report_row, applicant_kind, redo_uncounted);
drop index application_decided;
create index application_decided on application (body_id, decided_on, case_id)
  include (counted, received_on, report_row, applicant_kind, due_on, dispatched_on, served_on, redo_uncounted) where decided_on is not null;
drop index application_open;
create index application_open on application (body_id, received_on, case_id) include (applicant_kind, redo_uncounted) where counted and decided_on is null;
