-- 复议、诉讼在工作台办理：所争的申请、承办人、现在要赶的期限、下一次听证或开庭；都由时间线得出。
alter table review_case
  add column due_on date,
  add column hearing_on date,
  add column application_id uuid,
  add column handler uuid;
comment on column review_case.due_on is '本机关现在要赶的期限：待答复的为答复期限；没有的、算不出的为空';
comment on column review_case.hearing_on is '下一次听证、听取意见之日';
comment on column review_case.application_id is '所争的依申请公开申请';

alter table litigation_case
  add column due_on date,
  add column hearing_on date,
  add column application_id uuid,
  add column review_id uuid,
  add column handler uuid;
comment on column litigation_case.due_on is '本机关现在要赶的期限：待答辩的为答辩期限，一审裁判已送达而没有上诉的为上诉期限';
comment on column litigation_case.hearing_on is '下一次开庭之日';
comment on column litigation_case.application_id is '所争的依申请公开申请';
comment on column litigation_case.review_id is '复议后起诉的，那件行政复议';

update review_case set due_on = answer_due_on where status = 'received';
update litigation_case set due_on = answer_due_on where status = 'filed';

create index review_case_due on review_case (body_id, due_on) where due_on is not null;
create index review_case_hearing on review_case (body_id, hearing_on) where hearing_on is not null;
create index review_case_application on review_case (body_id, application_id) where application_id is not null;
create index litigation_case_due on litigation_case (body_id, due_on) where due_on is not null;
create index litigation_case_hearing on litigation_case (body_id, hearing_on) where hearing_on is not null;
create index litigation_case_application on litigation_case (body_id, application_id) where application_id is not null;
create index litigation_case_review on litigation_case (body_id, review_id) where review_id is not null;

-- 当事人的个人信息，另表加密；时间线里没有。
create table dispute_party (
  body_id   uuid not null references body (body_id),
  party_id  uuid not null,
  case_id   uuid not null,
  role      text not null check (role in ('claimant', 'third-party', 'agent')),
  kind      text not null check (kind in ('person', 'organisation')),
  name_sealed    bytea not null,
  id_no_sealed   bytea,
  contact_sealed bytea,
  added_by  text not null,
  added_at  timestamptz not null,
  primary key (body_id, party_id)
);
comment on table dispute_party is '复议、诉讼的当事人：复议申请人或原告、第三人、代理人；姓名、证件号、联系方式加密';
create index dispute_party_case on dispute_party (body_id, case_id, party_id);

create index review_case_case_no on review_case (body_id, case_no);
create index litigation_case_case_no on litigation_case (body_id, case_no);
