-- 政务公开领导小组：成员、会议、议定事项。
create table leading_group_member (
  body_id   uuid not null references body (body_id),
  member_id uuid not null,
  duty      text not null check (duty in ('head', 'deputy', 'member', 'office')),
  name      text not null check (length(name) between 1 and 50),
  post      text not null check (length(post) between 1 and 100),
  from_on   date not null,
  to_on     date,
  version   integer not null check (version > 0),
  added_at  timestamptz not null,
  primary key (body_id, member_id),
  check (to_on is null or to_on >= from_on)
);
comment on table leading_group_member is '领导小组的成员：在组里任什么、职务、起止；离任的写止于何日，不删';

create table leading_group_meeting (
  body_id      uuid not null references body (body_id),
  meeting_id   uuid not null,
  version      integer not null check (version > 0),
  held_on      date not null,
  title        text not null check (length(title) between 2 and 120),
  place        text not null check (length(place) <= 120),
  chair        text not null check (length(chair) <= 50),
  agenda       text not null check (length(agenda) between 1 and 2000),
  summary      text not null check (length(summary) <= 10000),
  present      jsonb not null,
  absent       jsonb not null,
  guests       jsonb not null,
  file_key     text,
  file_name    text check (length(file_name) between 1 and 200),
  file_type    text,
  file_size    integer check (file_size > 0),
  made_by      text not null,
  made_at      timestamptz not null,
  primary key (body_id, meeting_id)
);
comment on table leading_group_meeting is '领导小组的一次会议：议题、纪要、到会、请假、列席；盖章的纪要扫描件为 file_key';
create index leading_group_meeting_day on leading_group_meeting (body_id, held_on desc, meeting_id);

create table leading_group_task (
  body_id    uuid not null references body (body_id),
  task_id    uuid not null,
  meeting_id uuid not null,
  version    integer not null check (version > 0),
  content    text not null check (length(content) between 4 and 500),
  unit       text not null check (length(unit) between 2 and 80),
  owner      uuid,
  due_on     date not null,
  state      text not null check (state in ('open', 'done', 'dropped')),
  ended_on   date,
  made_by    text not null,
  made_at    timestamptz not null,
  primary key (body_id, task_id),
  foreign key (body_id, meeting_id) references leading_group_meeting (body_id, meeting_id),
  check ((state = 'open') = (ended_on is null))
);
comment on table leading_group_task is '会议议定的一件事：由哪个科室、谁办，何时办结；owner 为账号，可以空着';
create index leading_group_task_meeting on leading_group_task (body_id, meeting_id);
create index leading_group_task_open on leading_group_task (body_id, due_on, task_id) where state = 'open';
create index leading_group_task_due on leading_group_task (body_id, due_on desc, task_id);
