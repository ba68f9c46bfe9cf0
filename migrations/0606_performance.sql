-- 复议决定、裁判、意见书、建议书要办的：重新答复、责令履行、反馈。各行由案件的时间线得出，同一事务里刷新。
create table dispute_duty (
  body_id   uuid not null references body (body_id),
  case_id   uuid not null,
  duty_id   uuid not null,
  kind      text not null check (kind in ('new-answer', 'act', 'opinion', 'suggestion')),
  from_on   date not null,
  due_on    date,
  application_id uuid,
  done_on   date,
  dropped_on date,
  primary key (body_id, duty_id),
  check (num_nonnulls(done_on, dropped_on) <= 1)
);
comment on table dispute_duty is '复议决定、裁判要办的（重新答复、责令履行），意见书、建议书要反馈的；办的期限、办了之日';
comment on column dispute_duty.from_on is '期限起算之日：收到决定书、裁判生效、收到意见书，当日不计';
comment on column dispute_duty.due_on is '期限届满之日；没有定期限的、算不出的为空。重新答复立了的，以那一件申请的期限为准';
comment on column dispute_duty.application_id is '重新答复的那一件申请；原来没有答复的即原件';
comment on column dispute_duty.dropped_on is '不再履行之日：改判、登记错了等';
create index dispute_duty_case on dispute_duty (body_id, case_id, duty_id);
create index dispute_duty_open on dispute_duty (body_id, due_on, duty_id) where done_on is null and dropped_on is null;
create index dispute_duty_application on dispute_duty (body_id, application_id) where application_id is not null;

-- 意见书的落实情况报告、司法建议书的复函，与答复书、答辩状一样起草、送签、签发编号。
alter table dispute_letter drop constraint dispute_letter_type_check;
alter table dispute_letter add constraint dispute_letter_type_check check (type in ('review-answer', 'suit-answer', 'opinion-report', 'suggestion-reply'));
alter table dispute_letter add column duty_id uuid;
alter table dispute_letter add constraint dispute_letter_duty check ((duty_id is not null) = (type in ('opinion-report', 'suggestion-reply')));
comment on column dispute_letter.duty_id is '报告、复函所答的意见书、建议书';
alter table dispute_number drop constraint dispute_number_word_check;
alter table dispute_number add constraint dispute_number_word_check check (word in ('复答', '诉答', '复馈', '诉馈'));
