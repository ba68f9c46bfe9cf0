-- 公众看得到的信息，一条一行：门户、订阅、导出、文件下载都只问这张表。由时间线得出，同一事务里刷新。
-- 已公开而内容正在改的，这里仍是上一版；撤回的只留索引号、日子与说明，名称与内容一概不留。
create table published_item (
  body_id            uuid not null references body (body_id),
  item_id            uuid not null,
  index_no           text not null check (length(index_no) between 1 and 80),
  title              text check (length(title) between 1 and 500),
  doc_no             text check (length(doc_no) between 1 and 100),
  summary            text,
  codes              text[] not null,
  summary_kind       text,
  issuer             text,
  topic              text,
  genre              text,
  block              text not null check (block in ('statutory', 'rules')),
  keywords           text[] not null,
  formed_on          date,
  effective_on       date,
  first_published_on date not null,
  published_on       date not null,
  expired_on         date,
  withdrawn_on       date,
  withdraw_notice    text,
  edition            integer not null check (edition > 0),
  url                text check (length(url) <= 1000),
  details            jsonb,
  changed_at         timestamptz not null,
  primary key (body_id, item_id),
  foreign key (body_id, item_id) references info_item (body_id, item_id),
  check ((withdrawn_on is null) = (title is not null)),
  check (withdrawn_on is null or (details is null and summary is null and doc_no is null and url is null and issuer is null and keywords = '{}'))
);
comment on table published_item is '门户唯一的门：公开着的信息的现行版本，与撤回的说明；verify 与时间线比对';
comment on column published_item.changed_at is '公众所见最近一次变动之时：公开、改版、失效、撤回；导出与订阅凭它知道变了哪些';
create index published_item_newest on published_item (first_published_on desc, item_id desc) where withdrawn_on is null;
create index published_item_of_body on published_item (body_id, first_published_on desc, item_id desc) where withdrawn_on is null;
create index published_item_index_no on published_item (index_no);
create index published_item_codes on published_item using gin (codes) where withdrawn_on is null;
create index published_item_changed on published_item (changed_at, body_id, item_id);

-- 交来的文件：图片、附件与存好的正文。内容在文件库；读出的文字供审查与检索。
create table item_file (
  body_id     uuid not null references body (body_id),
  item_id     uuid not null,
  file_key    text not null check (file_key ~ '^[0-9a-f]{64}$'),
  role        text not null check (role in ('body', 'picture', 'attachment')),
  name        text not null check (length(name) between 1 and 200),
  media_type  text not null check (length(media_type) between 1 and 100),
  bytes       bigint not null check (bytes >= 0),
  text_state  text not null check (text_state in ('read', 'no-text', 'unreadable')),
  text        text not null default '' check (length(text) <= 400000),
  text_note   text check (length(text_note) <= 300),
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  primary key (body_id, item_id, file_key)
);
comment on table item_file is '信息条目的文件及其文字；text_state：读出了、没有文字（图片）、读不出（text_note 说明）';
create index item_file_key on item_file (body_id, file_key);

insert into published_item (body_id, item_id, index_no, title, doc_no, codes, summary_kind, block, keywords, formed_on,
                            first_published_on, published_on, expired_on, withdrawn_on, edition, url, changed_at)
select body_id, item_id, index_no,
       case when withdrawn_on is null then title end, case when withdrawn_on is null then doc_no end, codes, summary_kind, 'statutory', '{}',
       case when withdrawn_on is null then formed_on end, first_published_on, coalesce(published_on, first_published_on), expired_on, withdrawn_on, 1,
       case when withdrawn_on is null then url end, updated_at
from info_item where first_published_on is not null;
