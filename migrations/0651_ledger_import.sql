-- 台账导入：每次上传一行，记明文件、列怎样对、逐行账、进度与结果。
create table ledger_import (
  body_id      uuid not null references body (body_id),
  import_id    uuid not null,
  kind         text not null check (length(kind) between 1 and 60),
  status       text not null check (status in ('previewed', 'running', 'done', 'failed')),
  file_key     text not null check (file_key ~ '^[0-9a-f]{64}$'),
  file_name    text not null check (length(file_name) between 1 and 200),
  file_size    bigint not null check (file_size >= 0),
  sheet        text check (length(sheet) <= 200),
  chosen       jsonb not null check (jsonb_typeof(chosen) = 'object'),
  preview      jsonb check (jsonb_typeof(preview) = 'object'),
  total_rows   integer not null default 0 check (total_rows >= 0),
  done_rows    integer not null default 0 check (done_rows >= 0),
  created      integer not null default 0 check (created >= 0),
  changed      integer not null default 0 check (changed >= 0),
  unchanged    integer not null default 0 check (unchanged >= 0),
  message      text check (length(message) <= 500),
  attempt      integer not null default 0 check (attempt >= 0),
  requested_by text not null check (length(requested_by) between 1 and 200),
  created_at   timestamptz not null,
  confirmed_at timestamptz,
  finished_at  timestamptz,
  primary key (body_id, import_id),
  check (status <> 'done' or created + changed + unchanged = total_rows),
  check ((status in ('done', 'failed')) = (finished_at is not null))
);
comment on table ledger_import is '台账导入的经过；preview 为列的对应与逐行账，不含个人信息；attempt 为任务的第几次，只有最后一次能写下结果';
create index ledger_import_recent on ledger_import (body_id, created_at desc);
