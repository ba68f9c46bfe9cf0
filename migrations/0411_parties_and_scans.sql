-- 征求意见的对方；登记时与登记后附上的扫描件。
create table consultation_party (
  body_id uuid not null,
  case_id uuid not null,
  consultation_id text not null check (length(consultation_id) between 1 and 64),
  name_sealed bytea not null,
  contact_sealed bytea,
  saved_by text not null,
  saved_at timestamptz not null,
  primary key (body_id, case_id, consultation_id),
  foreign key (body_id, case_id) references application (body_id, case_id)
);
comment on table consultation_party is '一次征求意见征求的是谁：第三方、其他机关的名称与联系方式，加密；时间线里只有其编号';
comment on column consultation_party.consultation_id is '时间线里那一次征求的编号';

alter table application_paper drop constraint application_paper_kind_check;
alter table application_paper add constraint application_paper_kind_check check (kind in ('identity', 'mandate', 'envelope', 'search', 'other', 'supplement'));
alter table application_paper add column added_by text;
comment on column application_paper.added_by is '经办人附上的，其账号；申请人在网上交来的为空';
comment on table application_paper is '案件的材料：身份证明、委托书、收件凭据、检索记录、其他、补正；文件名与内容都加密。is_draft 为草稿、登记表单所附，过期即删';
