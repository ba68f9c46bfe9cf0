create table report_set (
  body_id uuid not null references body (body_id),
  set_id uuid not null,
  year int not null check (year between 2008 and 2100),
  status text not null check (status in ('running', 'done', 'failed')),
  done int not null check (done >= 0),
  total int check (total >= 0),
  file_key text check (file_key ~ '^[0-9a-f]{64}$'),
  size bigint check (size >= 0),
  sm3 text check (sm3 ~ '^[0-9a-f]{64}$'),
  message text check (length(message) <= 500),
  requested_by text not null check (length(requested_by) between 1 and 200),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  finished_at timestamptz,
  primary key (body_id, set_id),
  check ((status = 'running') = (finished_at is null)),
  check ((status = 'done') = (file_key is not null))
);
comment on table report_set is '一个年度全部受理的报告打成一包：进度与结果；body_id 为交办的人所在机关，包里是全区的';
create index report_set_year on report_set (year, created_at desc);
