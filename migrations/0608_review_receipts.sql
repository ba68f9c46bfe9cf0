-- 邮寄的答复书、答辩状，等对方签收的回执；有了决定、裁判之后，没有开的听证、开庭不再列为下一次。
alter table review_case add column posted_on date;
alter table litigation_case add column posted_on date;
comment on column review_case.posted_on is '行政复议答复书邮寄而还没有记签收的，交邮之日；由时间线得出';
comment on column litigation_case.posted_on is '答辩状邮寄而还没有记签收的，交邮之日；由时间线得出';
create index review_case_posted on review_case (body_id, posted_on) where posted_on is not null;
create index litigation_case_posted on litigation_case (body_id, posted_on) where posted_on is not null;

update review_case set hearing_on = null where decided_on is not null and hearing_on is not null;
update litigation_case set hearing_on = null where effective_on is not null and hearing_on is not null;

-- 答复发出了、没有记送达的，供待办。
create index application_dispatched on application (body_id, dispatched_on, case_id) where status = 'dispatched';
