-- 平台：案子的时间线、进来的文件。
create table timeline_event (
  body_id uuid not null,
  case_id uuid not null,
  version integer not null check (version > 0),
  stream text not null check (stream ~ '^[a-z][a-z-]{0,39}$'),
  kind text not null check (kind ~ '^[a-z][a-z0-9-]{0,59}$'),
  on_day date not null,
  at timestamptz not null,
  actor text not null check (length(actor) between 1 and 200),
  data jsonb not null check (jsonb_typeof(data) = 'object'),
  hash bytea not null check (length(hash) = 32),
  primary key (body_id, case_id, version)
);
comment on table timeline_event is '时间线：每件案子依次发生的事。只增不改；hash = SM3(前一条的 hash ‖ 本条的规范 JSON)';
comment on column timeline_event.on_day is '生效的自然日（北京时间）';
comment on column timeline_event.at is '记下的时刻';
comment on column timeline_event.actor is '记下者：账号 id，或 system:…、import:…';
