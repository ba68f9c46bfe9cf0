-- 「该讲什么」与答卷的统计所走的索引。
create index application_letter_remark_returned on application_letter_remark (body_id, made_at) where kind = 'returned';
create index item_precheck_checked on item_precheck (body_id, checked_at);
create index training_attempt_submitted on training_attempt (body_id, submitted_on) where submitted_on is not null;
