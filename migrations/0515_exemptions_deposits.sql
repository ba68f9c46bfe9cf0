-- 不予公开与依申请公开的登记及其定期评估（条例第十八条）；向档案馆、图书馆等查阅点移送（第二十五条）。

create table exemption_register (
  body_id       uuid not null references body (body_id),
  item_id       uuid not null,
  attribute     text not null check (attribute in ('on-request', 'exempt')),
  exemption     text,
  reason        text,
  determined_on date not null,
  reassessed_on date,
  assessed_from date not null,
  primary key (body_id, item_id),
  foreign key (body_id, item_id) references info_item (body_id, item_id)
);
comment on table exemption_register is '没有主动公开的信息，一条一行，由时间线得出；assessed_from 为定属性或上次评估之日，加上评估的周期即下次评估之日';
create index exemption_register_due on exemption_register (body_id, assessed_from, item_id);

create table exemption_assessment (
  body_id       uuid not null references body (body_id),
  assessment_id uuid not null,
  item_id       uuid not null,
  due_on        date not null,
  state         text not null check (state in ('proposed', 'approved', 'returned')),
  result        text not null check (result in ('keep', 'open')),
  reason        text not null check (length(reason) between 1 and 1000),
  proposed_by   text not null,
  proposed_on   date not null,
  on_behalf_of  text,
  decided_by    text,
  decided_on    date,
  remark        text check (length(remark) <= 500),
  primary key (body_id, assessment_id),
  foreign key (body_id, item_id) references info_item (body_id, item_id),
  check ((state = 'proposed') = (decided_on is null)),
  check (decided_by is null or decided_by <> proposed_by)
);
comment on table exemption_assessment is '一次评估：一人提出、另一人审定；审定的同时记入信息的时间线';
create unique index exemption_assessment_open on exemption_assessment (body_id, item_id) where state = 'proposed';
create index exemption_assessment_item on exemption_assessment (body_id, item_id, assessment_id);
create index exemption_assessment_decided on exemption_assessment (body_id, decided_on) where state = 'approved';

create table deposit_recipient (
  body_id      uuid not null references body (body_id),
  recipient_id uuid not null,
  kind         text not null check (kind in ('archive', 'library', 'service-point')),
  name         text not null check (length(name) between 1 and 100),
  copies       integer not null check (copies between 1 and 100),
  active       boolean not null default true,
  added_at     timestamptz not null,
  primary key (body_id, recipient_id),
  unique (body_id, name)
);
comment on table deposit_recipient is '接收主动公开的政府信息的单位：档案馆、公共图书馆、政务服务场所等查阅点；copies 为通常的份数';

create table deposit (
  body_id      uuid not null references body (body_id),
  deposit_id   uuid not null,
  version      integer not null check (version > 0),
  recipient_id uuid not null,
  number       integer not null check (number > 0),
  year         integer not null check (year between 2000 and 2200),
  from_on      date not null,
  to_on        date not null check (to_on >= from_on),
  state        text not null check (state in ('draft', 'handed', 'cancelled')),
  made_by      text not null,
  made_on      date not null,
  handed_by    text,
  handed_on    date,
  receiver     text check (length(receiver) between 1 and 50),
  primary key (body_id, deposit_id),
  unique (body_id, year, number),
  foreign key (body_id, recipient_id) references deposit_recipient (body_id, recipient_id),
  check ((state = 'handed') = (handed_on is not null and receiver is not null))
);
comment on table deposit is '一份移送清单：某时期公开的信息，移送给一个单位；签收之后不再改';
create index deposit_recent on deposit (body_id, made_on desc, deposit_id desc);

create table deposit_line (
  body_id      uuid not null references body (body_id),
  deposit_id   uuid not null,
  item_id      uuid not null,
  position     integer not null check (position > 0),
  edition      integer not null check (edition > 0),
  index_no     text not null check (length(index_no) between 1 and 80),
  title        text not null check (length(title) between 1 and 500),
  doc_no       text,
  formed_on    date not null,
  published_on date not null,
  copies       integer not null check (copies between 1 and 100),
  recalled_on  date,
  recalled_by  text,
  recall_note  text check (length(recall_note) between 1 and 300),
  primary key (body_id, deposit_id, item_id),
  foreign key (body_id, deposit_id) references deposit (body_id, deposit_id),
  foreign key (body_id, item_id) references info_item (body_id, item_id),
  check ((recalled_on is null) = (recall_note is null))
);
comment on table deposit_line is '清单的一行，记下移送的是第几版；移送之后撤回的，通知接收单位之日为 recalled_on';
create index deposit_line_item on deposit_line (body_id, item_id);

-- 此前由台账记下的：形成之日即为定属性之日。定下属性而不在台账的，取其时间线上最近一次定属性之日。
insert into exemption_register (body_id, item_id, attribute, exemption, reason, determined_on, reassessed_on, assessed_from)
select i.body_id, i.item_id, i.attribute, said.classification #>> '{exemption,code}', said.classification #>> '{exemption,reason}', said.determined_on, null, said.determined_on
from info_item i
cross join lateral (
  select coalesce(e.data -> 'classification', e.data #> '{record,classification}') as classification,
         case when e.kind = 'attribute-determined' then e.on_day else i.formed_on end as determined_on
  from timeline_event e
  where e.body_id = i.body_id and e.case_id = i.item_id and e.stream = 'item' and e.kind in ('recorded', 'corrected', 'attribute-determined')
  order by e.version desc limit 1
) said
where i.attribute in ('on-request', 'exempt');
