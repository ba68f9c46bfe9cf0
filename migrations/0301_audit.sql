-- 留痕：谁在何时对什么做了什么。先如实记下，另由任务按机构封成前后相接的块。
create table audit_event (
  body_id uuid not null,
  event_id uuid not null,
  at timestamptz not null,
  actor text not null check (length(actor) between 1 and 200),
  action text not null check (action ~ '^[a-z][a-z-]*(\.[a-z][a-z-]*)+$' and length(action) <= 80),
  target text not null check (length(target) <= 200),
  detail jsonb not null check (jsonb_typeof(detail) = 'object' and length(detail::text) <= 4000),
  block integer check (block > 0),
  primary key (body_id, event_id)
);
comment on table audit_event is '留痕：登录、导出、查阅个人信息和各项办理。只增；block 为封存它的块，空即尚未封存';
comment on column audit_event.body_id is '所涉机关；不属某一机关的（如全区设置）为全零';
create index audit_event_unsealed on audit_event (body_id, event_id) where block is null;
create index audit_event_block on audit_event (body_id, block, event_id);
create index audit_event_actor on audit_event (body_id, actor, event_id);
create index audit_event_target on audit_event (body_id, target, event_id);

create table audit_seal (
  body_id uuid not null,
  block integer not null check (block > 0),
  sealed_at timestamptz not null,
  rows integer not null check (rows > 0),
  hash bytea not null check (length(hash) = 32),
  primary key (body_id, block)
);
comment on table audit_seal is '留痕的封：hash = SM3(上一块的 hash ‖ 本块各条的规范 JSON，依次)。改动、增删已封的任何一条都会使其对不上';
