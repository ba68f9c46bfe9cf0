-- 登记：登记号逐年不断号；申请人的其余资料（加密）；待办按到期日、按内容查重的索引。
create table application_number (
  body_id uuid not null references body (body_id),
  year smallint not null check (year between 2008 and 2200),
  last integer not null check (last > 0),
  primary key (body_id, year)
);
comment on table application_number is '申请的登记号：各机构各年已编到几号。取号与登记在同一事务，登记不成则号退回，故不跳号';

alter table applicant add column details_sealed bytea;
comment on column applicant.details_sealed is '申请表的其余各栏（住址、邮箱、法定代表人、代理人、所需协助等），JSON，加密';

-- 在办的按到期日排，到期日未定的在后
create index application_inbox on application (body_id, (coalesce(due_on, date '9999-12-31')), case_id) where decided_on is null;
-- 不计空白的同一内容
create index application_content on application (body_id, md5(regexp_replace(content, '\s+', '', 'g')));
