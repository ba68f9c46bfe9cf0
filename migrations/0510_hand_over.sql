-- 交门户：静态网站的导出；旧网站的导入。
create index published_item_topic on published_item (topic, first_published_on desc, item_id desc) where withdrawn_on is null;

create table site_export (
  body_id      uuid not null references body (body_id),
  export_id    uuid not null,
  status       text not null check (status in ('running', 'done', 'failed')),
  is_full      boolean not null,
  done         integer not null default 0 check (done >= 0),
  total        integer check (total >= 0),
  counts       jsonb check (jsonb_typeof(counts) = 'object'),
  message      text check (length(message) <= 500),
  requested_by text not null check (length(requested_by) between 1 and 200),
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  finished_at  timestamptz,
  primary key (body_id, export_id),
  check ((status = 'running') = (finished_at is null)),
  check (status <> 'done' or counts is not null)
);
comment on table site_export is '静态网站的每次导出：进度与结果；body_id 为经办人所在机关，导出的是全区的';
create index site_export_recent on site_export (created_at desc);

create table site_import (
  body_id      uuid not null references body (body_id),
  import_id    uuid not null,
  status       text not null check (status in ('reading', 'read', 'running', 'done', 'failed')),
  file_key     text check (file_key ~ '^[0-9a-f]{64}$'),
  file_name    text not null check (length(file_name) between 1 and 200),
  file_size    bigint not null check (file_size >= 0),
  profile      jsonb not null check (jsonb_typeof(profile) = 'object'),
  done         integer not null default 0 check (done >= 0),
  total        integer check (total >= 0),
  counts       jsonb not null default '{}' check (jsonb_typeof(counts) = 'object'),
  with_doubt   boolean not null default false,
  created      integer not null default 0 check (created >= 0),
  changed      integer not null default 0 check (changed >= 0),
  unchanged    integer not null default 0 check (unchanged >= 0),
  message      text check (length(message) <= 500),
  requested_by text not null check (length(requested_by) between 1 and 200),
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  finished_at  timestamptz,
  primary key (body_id, import_id),
  check ((status in ('done', 'failed')) = (finished_at is not null))
);
comment on table site_import is '旧网站的导入：一个压缩包（命令行另可为目录，没有 file_key）一次；profile 为怎样认标题、日期与正文，counts 为逐页账各种结果的页数';
create index site_import_recent on site_import (body_id, created_at desc);

create table site_import_page (
  body_id   uuid not null,
  import_id uuid not null,
  page      integer not null check (page > 0),
  path      text not null check (length(path) between 1 and 1000),
  url       text not null check (length(url) <= 1000),
  result    text not null check (result in ('ok', 'doubtful', 'refused', 'skipped')),
  title     text not null check (length(title) <= 500),
  on_day    date,
  notes     text[] not null,
  found     jsonb check (jsonb_typeof(found) = 'object'),
  primary key (body_id, import_id, page),
  foreign key (body_id, import_id) references site_import (body_id, import_id)
);
comment on table site_import_page is '逐页账：从哪个文件读出了什么、能不能导入、为什么；found 为读出的内容，导入之后清去';
create index site_import_page_result on site_import_page (body_id, import_id, result, page);
