-- 结论两人：一人拟，另一人审定；不满意的再办一次。由时间线得出。
alter table complaint
  add column drafted_on date,
  add column drafted_by uuid,
  add column reopened_on date;
comment on column complaint.drafted_on is '结论拟就之日，等另一人审定；没有拟的、已审定的为空';
comment on column complaint.drafted_by is '拟结论的账号：他自己不得审定';
comment on column complaint.reopened_on is '反映人不满意、再办一次之日，期限自此另起；没有的为空';
