-- 承办人：由分派而来，工作量按人数。
alter table application add column handler uuid;
comment on column application.handler is '承办人的账号；没有分派的为空';
create index application_handler on application (body_id, handler, due_on) where decided_on is null and handler is not null;
