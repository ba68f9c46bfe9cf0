-- 接口：办过的请求（防重复）、回调的订阅与发送；按改动先后列申请。
create table api_request (
  body_id         uuid not null,
  system_id       uuid not null,
  key             text not null check (length(key) between 8 and 100),
  request_hash    bytea not null check (length(request_hash) = 32),
  response_sealed bytea,
  at              timestamptz not null,
  primary key (body_id, system_id, key),
  foreign key (body_id, system_id) references api_system (body_id, system_id)
);
comment on table api_request is '接入系统办成的请求，凭 Idempotency-Key 认出重发的，原样答复；留七日';
comment on column api_request.request_hash is '方法、路径与内容的带钥匙摘要：同一键而内容不同的，不当作重发';
comment on column api_request.response_sealed is '答复，JSON，加密：登记的答复里有查询码；与所办的事同一事务写入';
create index api_request_at on api_request (at);

create table api_webhook (
  body_id       uuid not null,
  webhook_id    uuid not null,
  system_id     uuid not null,
  url           text not null check (length(url) <= 500),
  events        text[] not null check (cardinality(events) between 1 and 20),
  secret_sealed bytea not null,
  status        text not null check (status in ('active', 'paused', 'disabled')),
  failures      integer not null default 0 check (failures >= 0),
  retry_at      timestamptz,
  created_by    text not null,
  created_at    timestamptz not null,
  primary key (body_id, webhook_id),
  foreign key (body_id, system_id) references api_system (body_id, system_id)
);
comment on table api_webhook is '回调的订阅：何事发生时通知何地址；密钥加密，只在订时显示一次。failures 为接连不成的次数，多了自动停用';
create index api_webhook_system on api_webhook (body_id, system_id, webhook_id);
create index api_webhook_disabled on api_webhook (body_id) where status = 'disabled';

create table api_delivery (
  body_id      uuid not null,
  delivery_id  uuid not null,
  webhook_id   uuid not null,
  event_id     uuid not null,
  event        text not null,
  payload      jsonb not null,
  status       text not null check (status in ('waiting', 'delivered', 'failed')),
  attempts     integer not null default 0,
  next_at      timestamptz not null,
  give_up_at   timestamptz not null,
  last_answer  text check (length(last_answer) <= 60),
  created_at   timestamptz not null,
  settled_at   timestamptz,
  primary key (body_id, delivery_id),
  foreign key (body_id, webhook_id) references api_webhook (body_id, webhook_id) on delete cascade
);
comment on table api_delivery is '一次回调：与所报的改动同一事务写下，由任务发出，不成的隔些时候再发，至多一日；只有代码、状态与日期，没有个人信息；留三十日';
create index api_delivery_webhook on api_delivery (body_id, webhook_id, delivery_id);
create index api_delivery_next on api_delivery (next_at) where status = 'waiting';
create index api_delivery_created on api_delivery (created_at);

create index application_updated on application (body_id, updated_at, case_id);
create index application_status_updated on application (body_id, status, updated_at, case_id);
