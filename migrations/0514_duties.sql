-- 公开职责：哪些事项适用于本机关、外链与附件查得怎样、每周的自查。

create table duty_scope (
  body_id uuid not null references body (body_id),
  code    text not null check (code ~ '^A2[01]_[0-9]{2}$'),
  applies boolean not null,
  reason  text not null check (length(reason) between 1 and 300),
  set_by  text not null,
  set_at  timestamptz not null,
  primary key (body_id, code)
);
comment on table duty_scope is '条例第二十条、第二十一条的各项是否适用于本机关及理由；没有行的尚未确定';

create table outbound_link (
  body_id    uuid not null references body (body_id),
  link_key   text not null check (link_key ~ '^[0-9a-f]{64}$'),
  url        text not null check (length(url) between 1 and 2000),
  failures   integer not null default 0 check (failures >= 0),
  answer     text check (length(answer) <= 40),
  checked_at timestamptz,
  broken_on  date,
  seen_at    timestamptz not null,
  primary key (body_id, link_key),
  check (broken_on is null or failures >= 2)
);
comment on table outbound_link is '公开着的信息与渠道里指向外站的地址；接连两次不通的为失效，broken_on 为认定之日';
create index outbound_link_broken on outbound_link (body_id, broken_on) where broken_on is not null;
create index outbound_link_suspect on outbound_link (body_id) where failures > 0 and broken_on is null;
create index outbound_link_unchecked on outbound_link (body_id, checked_at nulls first);

create table outbound_link_place (
  body_id  uuid not null references body (body_id),
  link_key text not null,
  place    text not null check (length(place) between 1 and 80),
  primary key (body_id, link_key, place),
  foreign key (body_id, link_key) references outbound_link (body_id, link_key) on delete cascade
);
comment on table outbound_link_place is '一个地址写在何处：item:<id> 为信息，channel:<名> 为渠道；一处信息可有几个地址';
create index outbound_link_place_of on outbound_link_place (body_id, place);

create table file_fault (
  body_id  uuid not null references body (body_id),
  item_id  uuid not null,
  file_key text not null check (file_key ~ '^[0-9a-f]{64}$'),
  name     text not null check (length(name) between 1 and 200),
  kind     text not null check (kind in ('missing', 'wrong-type', 'empty', 'unreadable')),
  note     text check (length(note) <= 300),
  found_on date not null,
  primary key (body_id, item_id, file_key),
  foreign key (body_id, item_id) references info_item (body_id, item_id)
);
comment on table file_fault is '公开着的信息里打不开的附件：文件库里没有、与所称的种类不符、空的、读不出文字的；每次查过重写';

create table duty_inspection (
  body_id  uuid not null references body (body_id),
  day      date not null,
  facts    jsonb not null,
  open     integer not null check (open >= 0),
  fixed    integer not null check (fixed >= 0),
  made_at  timestamptz not null,
  primary key (body_id, day)
);
comment on table duty_inspection is '一机关一次自查：当日的数（facts）与发现几处、整改几处；做成之后不再改';
create index duty_inspection_day on duty_inspection (day desc, body_id);

create table duty_inspection_finding (
  body_id     uuid not null references body (body_id),
  day         date not null,
  finding_key text not null check (length(finding_key) between 1 and 200),
  kind        text not null,
  state       text not null check (state in ('open', 'fixed')),
  title       text not null check (length(title) between 1 and 500),
  note        text not null check (length(note) <= 500),
  href        text not null check (length(href) between 1 and 300),
  since       date not null,
  primary key (body_id, day, finding_key),
  foreign key (body_id, day) references duty_inspection (body_id, day)
);
comment on table duty_inspection_finding is '自查发现的各处；上一次有而这一次没有的，记为已整改（fixed）；since 为最早发现之日';

create index info_item_pending on info_item (body_id, due_on, item_id) where attribute = 'proactive' and status not in ('published', 'withdrawn', 'expired');
