-- 问题与改进措施：年度报告第五部分的来源，逐年凭编号相接。
create table problem (
  body_id      uuid not null references body (body_id),
  problem_id   uuid not null,
  version      integer not null check (version > 0),
  year         integer not null check (year between 2000 and 2200),
  content      text not null check (length(content) between 4 and 1000),
  source       text not null check (source in ('own', 'report', 'carried', 'complaint', 'accountability', 'filing-return', 'review')),
  source_ref   text check (length(source_ref) between 1 and 100),
  source_href  text check (length(source_href) between 1 and 300),
  carried_from uuid,
  state        text not null check (state in ('open', 'solved', 'dropped')),
  ended_on     date,
  answer       text not null check (length(answer) <= 2000),
  raised_by    text not null,
  raised_at    timestamptz not null,
  primary key (body_id, problem_id),
  foreign key (body_id, carried_from) references problem (body_id, problem_id),
  check ((state = 'open') = (ended_on is null))
);
comment on table problem is '写进某年报告的一个问题；来自上年报告、投诉、责任追究、报告退回等，source_ref 为其编号；结转的指向上年的那一个';
create unique index problem_source on problem (body_id, source, source_ref) where source_ref is not null;
create unique index problem_carried on problem (body_id, carried_from) where carried_from is not null;
create index problem_year on problem (body_id, year desc, problem_id);

create table problem_measure (
  body_id    uuid not null references body (body_id),
  measure_id uuid not null,
  problem_id uuid not null,
  version    integer not null check (version > 0),
  content    text not null check (length(content) between 4 and 1000),
  unit       text not null check (length(unit) between 2 and 80),
  owner      uuid,
  due_on     date not null,
  state      text not null check (state in ('open', 'done', 'dropped')),
  ended_on   date,
  made_by    text not null,
  made_at    timestamptz not null,
  primary key (body_id, measure_id),
  foreign key (body_id, problem_id) references problem (body_id, problem_id),
  check ((state = 'open') = (ended_on is null))
);
comment on table problem_measure is '问题的一项改进措施：由谁办、何时办结；进展与佐证见 progress_note';
create index problem_measure_problem on problem_measure (body_id, problem_id, measure_id);
create index problem_measure_open on problem_measure (body_id, due_on, measure_id) where state = 'open';
