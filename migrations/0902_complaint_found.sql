-- 查办过没有：待办据此分给承办的人与作结论的人。由时间线得出。
alter table complaint add column found_on date;
comment on column complaint.found_on is '最近一次记查办情况之日；还没有查办的为空';
