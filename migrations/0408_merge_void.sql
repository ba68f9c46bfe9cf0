-- 并案、作废、协办：状态多两种；作废的不计；并入哪一件；协办最早何日到期。
alter table application drop constraint application_status_check;
alter table application add constraint application_status_check check (status in (
  'draft', 'received-unconfirmed', 'registered', 'examining', 'correction-requested', 'consulting', 'reason-requested',
  'deferred', 'fee-noticed', 'merged', 'deciding', 'approved', 'dispatched', 'served', 'closed', 'withdrawn', 'split', 'voided', 'archived'));
alter table application drop constraint application_check;
alter table application add constraint application_counted check (counted = (received_on is not null and status not in ('split', 'voided')));
comment on column application.counted is '是否计入报告：已收到、未拆分（拆分的按拆出的各件计）、未作废';

alter table application add column merged_into uuid;
alter table application add foreign key (body_id, merged_into) references application (body_id, case_id);
alter table application add constraint application_not_into_itself check (merged_into <> case_id);
comment on column application.merged_into is '并案：并入先收到的哪一件；两件各计一件，一并答复';
create index application_merged on application (body_id, merged_into) where merged_into is not null;

alter table application add column co_handling_due date;
comment on column application.co_handling_due is '在办而尚未回的协办，其中最早的到期日；没有该年节假日数据、算不出的为 9999-12-31';
create index application_co_handling on application (body_id, co_handling_due, case_id) where co_handling_due is not null;

-- 不计件的：作废的、确认收到之前撤回的、拆分了的原件，件数少，留着可查
create index application_uncounted on application (body_id, reg_no, case_id) where not counted;
