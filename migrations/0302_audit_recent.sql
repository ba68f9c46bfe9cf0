-- 审计员不分机关、从新到旧地看留痕。
create index audit_event_recent on audit_event (event_id);
