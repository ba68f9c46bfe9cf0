-- 反映人的资料保存期满的去标识化：一人提出，另一人批准。
alter table complaint add column stripped_on date;
comment on column complaint.stripped_on is '去标识化之日：反映人、所写的话、文件已删去；没有的为空。由时间线得出';
create index complaint_kept on complaint (body_id, closed_on, complaint_id) where closed_on is not null and stripped_on is null;

create table complaint_strip (
  body_id     uuid not null references body (body_id),
  strip_id    uuid not null,
  before_on   date not null,
  cases       integer not null check (cases > 0),
  state       text not null check (state in ('proposed', 'approved', 'returned')),
  proposed_by uuid[] not null check (cardinality(proposed_by) between 1 and 2),
  proposed_on date not null,
  decided_by  uuid,
  decided_on  date,
  reason      text not null check (length(reason) <= 300),
  primary key (body_id, strip_id),
  check ((state = 'proposed') = (decided_on is null))
);
comment on table complaint_strip is '保存期满的投诉去标识化的提出与批准';
comment on column complaint_strip.before_on is '此日及以前办结的';
comment on column complaint_strip.cases is '提出时几件；批准之后为实际去标识化的几件';
comment on column complaint_strip.proposed_by is '提出的人与其所代的人，都不得批准';
create unique index complaint_strip_waiting on complaint_strip (body_id) where state = 'proposed';
