-- 某一时刻之后改过哪些记录：年度报告冻结之后的出入由此而知。
create index timeline_event_recorded on timeline_event (body_id, at);
