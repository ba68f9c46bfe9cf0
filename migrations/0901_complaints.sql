-- 投诉与反映（条例第四十七条、第五十一条）。行由时间线得出；反映人、所写的话、文件各在自己的表里，加密。

create table complaint (
  body_id       uuid not null references body (body_id),
  complaint_id  uuid not null,
  version       integer not null check (version > 0),
  ledger_key    text check (length(ledger_key) between 1 and 200),
  reg_no        text collate "C" not null check (length(reg_no) between 1 and 60),
  status        text not null check (status in ('registered', 'accepted', 'asked', 'decided', 'answered', 'closed', 'declined', 'transferred', 'merged', 'withdrawn')),
  channel       text not null check (channel in ('MAILBOX', 'PAGE', 'PHONE', 'LETTER', 'VISIT', 'HOTLINE', 'HANDED')),
  basis         text not null check (basis in ('A47', 'A51')),
  matter        text not null check (matter in ('not-published', 'unlawful-reply', 'wrong-content', 'broken-column', 'other')),
  anonymous     boolean not null,
  about_body_id uuid not null references body (body_id),
  received_on   date not null,
  due_on        date,
  handler       uuid,
  barred        uuid[] not null,
  merged_into   uuid,
  outcome       text check (outcome in ('founded', 'partly', 'unfounded')),
  decided_on    date,
  answered_on   date,
  rating        text check (rating in ('satisfied', 'basic', 'dissatisfied')),
  closed_on     date,
  updated_at    timestamptz not null,
  primary key (body_id, complaint_id),
  unique (body_id, reg_no),
  check ((outcome is null) = (decided_on is null)),
  check (decided_on >= received_on and answered_on >= received_on and closed_on >= received_on)
);
comment on table complaint is '投诉、反映（条例第四十七条、第五十一条），归办理的机关；由时间线得出，没有反映人、没有所写的话';
comment on column complaint.about_body_id is '所反映的机关';
comment on column complaint.due_on is '办理期限：条例没有规定，自收到次日起按机关的设置数工作日；缺该年节假日安排的为空';
comment on column complaint.barred is '须回避的账号：被反映的人、争议申请的承办与审批的人、所指科室的负责人；看不到本件';
create index complaint_received on complaint (body_id, received_on, complaint_id);
create index complaint_due on complaint (body_id, due_on, complaint_id) where status in ('registered', 'accepted', 'asked', 'decided');
create index complaint_status on complaint (body_id, status, received_on, complaint_id);
create index complaint_merged on complaint (body_id, merged_into) where merged_into is not null;
create index complaint_about on complaint (about_body_id, received_on);
create index complaint_year on complaint (received_on, about_body_id);

create table complaint_number (
  body_id uuid not null references body (body_id),
  year    smallint not null check (year between 2008 and 2200),
  last    integer not null check (last > 0),
  primary key (body_id, year)
);
comment on table complaint_number is '投诉的登记号：各机构各年已编到几号，与登记同一事务，不跳号';

create table complaint_person (
  body_id       uuid not null,
  complaint_id  uuid not null,
  person_sealed bytea not null,
  saved_at      timestamptz not null,
  primary key (body_id, complaint_id),
  foreign key (body_id, complaint_id) references complaint (body_id, complaint_id)
);
comment on table complaint_person is '反映人：姓名、电话、邮箱、地址，JSON，加密，与案件分开存；读取须有许可、有事由并留痕。匿名的没有行';

create table complaint_text (
  body_id      uuid not null,
  complaint_id uuid not null,
  text_id      uuid not null,
  kind         text not null check (kind in ('content', 'accused', 'supply', 'feedback')),
  text_sealed  bytea not null,
  saved_at     timestamptz not null,
  primary key (body_id, complaint_id, text_id),
  foreign key (body_id, complaint_id) references complaint (body_id, complaint_id)
);
comment on table complaint_text is '反映人所写：反映的内容、所指的人、补充、反馈的意见，加密；时间线里只有编号';

create table complaint_file (
  body_id        uuid not null,
  complaint_id   uuid not null,
  file_id        uuid not null,
  type           text not null check (type in ('pdf', 'jpeg', 'png', 'docx')),
  size           integer not null check (size > 0),
  name_sealed    bytea not null,
  content_sealed bytea not null,
  added_by       text,
  added_at       timestamptz not null,
  primary key (body_id, complaint_id, file_id),
  foreign key (body_id, complaint_id) references complaint (body_id, complaint_id)
);
comment on table complaint_file is '反映人交来的（added_by 为空）、查办时附上的证据，文件名与内容加密';

create table complaint_access (
  body_id      uuid not null,
  complaint_id uuid not null,
  code_hash    bytea not null,
  created_at   timestamptz not null,
  primary key (body_id, complaint_id),
  foreign key (body_id, complaint_id) references complaint (body_id, complaint_id)
);
comment on table complaint_access is '查询码的摘要；反映人凭它与登记号查询、补充、反馈';
create index complaint_access_code on complaint_access (code_hash);

create table complaint_mail (
  body_id      uuid not null,
  message_hash bytea not null,
  sender_hash  bytea not null,
  complaint_id uuid not null,
  ack_id       uuid,
  received_at  timestamptz not null,
  primary key (body_id, message_hash),
  foreign key (body_id, complaint_id) references complaint (body_id, complaint_id)
);
comment on table complaint_mail is '信箱收到的邮件：Message-ID 与发件地址的摘要，同一封不登记两次；ack_id 为回执邮件，凭它认出回信';
create index complaint_mail_message on complaint_mail (message_hash);
create index complaint_mail_sender on complaint_mail (sender_hash, received_at);
create index complaint_mail_ack on complaint_mail (ack_id) where ack_id is not null;
