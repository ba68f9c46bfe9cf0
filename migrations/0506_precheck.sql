-- 公开前预检：命中、确认与放行、词表、看过的文件。

create table item_precheck (
  body_id      uuid not null,
  item_id      uuid not null,
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  rules        text not null check (length(rules) between 1 and 100),
  checked_at   timestamptz not null,
  checked_by   text not null,
  hits         jsonb not null check (jsonb_typeof(hits) = 'array'),
  open_blocks  integer not null check (open_blocks >= 0),
  open_warnings integer not null check (open_warnings >= 0),
  primary key (body_id, item_id),
  foreign key (body_id, item_id) references info_item (body_id, item_id)
);
comment on table item_precheck is '最近一次公开前预检，针对 content_hash 那一份内容；命中的个人信息只存遮盖后的写法';
comment on column item_precheck.rules is '规则与词表的版次；词表改了的须重新预检';
create index item_precheck_blocked on item_precheck (body_id, checked_at) where open_blocks > 0;

create table item_precheck_answer (
  body_id      uuid not null,
  item_id      uuid not null,
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  hit_key      text not null check (hit_key ~ '^[0-9a-f]{16}$'),
  kind         text not null check (kind in ('acknowledged', 'released')),
  basis        text check (length(basis) between 2 and 200),
  reason       text check (length(reason) between 2 and 500),
  answered_by  text not null,
  on_behalf_of text,
  answered_at  timestamptz not null,
  primary key (body_id, item_id, content_hash, hit_key),
  foreign key (body_id, item_id) references info_item (body_id, item_id),
  check (kind = 'acknowledged' or (basis is not null and reason is not null))
);
comment on table item_precheck_answer is '对一处命中的答复：确认提醒，或者写明依据与理由放行；随内容的摘要走，改一个字即须另答';

create table watch_word (
  body_id    uuid not null references body (body_id),
  word_id    uuid not null,
  kind       text not null check (kind in ('person', 'place', 'term', 'error')),
  right_form text not null check (length(right_form) <= 100),
  wrong_form text not null check (length(wrong_form) between 2 and 100),
  severity   text not null check (severity in ('block', 'warn', 'note')),
  note       text not null check (length(note) <= 200),
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (body_id, word_id)
);
comment on table watch_word is '本机关的错敏词：领导姓名职务、地名、规范表述、常见错误；wrong_form 出现即命中，应为 right_form';
create unique index watch_word_wrong on watch_word (body_id, wrong_form);

create table file_inspection (
  body_id      uuid not null references body (body_id),
  file_key     text not null check (file_key ~ '^[0-9a-f]{64}$'),
  media_type   text not null check (length(media_type) between 1 and 100),
  hidden       text[] not null,
  failed       text check (length(failed) between 1 and 300),
  inspected_at timestamptz not null,
  primary key (body_id, file_key, media_type)
);
comment on table file_inspection is '看过的文件：看得见的之外还带着什么（修订、批注、隐藏、属性）；看不了的写明缘故。按内容的键存，内容不变不必再看';
