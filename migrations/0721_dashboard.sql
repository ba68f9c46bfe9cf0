create table application_tally (
  body_id uuid not null references body (body_id),
  on_day date not null,
  what text not null check (what in ('R1', 'late') or what like 'R3.%'),
  tally_id uuid not null,
  n int not null,
  primary key (body_id, on_day, what, tally_id) include (n)
);
comment on table application_tally is '逐日的件数：收到的 R1、办结归报告哪一行 R3.…、答复逾期的 late。只增不改：申请办一步，变了的记一笔正或负，同一事务；夜里并成一笔。相加即得，不锁别人';
comment on column application_tally.on_day is '收到之日，或者办结之日';
comment on column application_tally.tally_id is '一笔；并成的一笔全为零';
comment on column application_tally.n is '加几件，负的为减';
create index application_tally_open on application_tally (body_id) where tally_id <> '00000000-0000-0000-0000-000000000000'::uuid;

insert into application_tally (body_id, on_day, what, tally_id, n)
select body_id, on_day, what, '00000000-0000-0000-0000-000000000000'::uuid, count(*)
from (
  select body_id, received_on as on_day, 'R1' as what from application where counted and not redo_uncounted and received_on is not null
  union all
  select body_id, decided_on, report_row from application where counted and not redo_uncounted and decided_on is not null and report_row is not null
  union all
  select body_id, decided_on, 'late' from application where counted and not redo_uncounted and decided_on is not null and report_row not like 'R3.6%'
    and due_on is not null and coalesce(dispatched_on, served_on, decided_on) > due_on
) counted
group by 1, 2, 3;

create index info_item_counted on info_item (body_id, first_published_on) include (withdrawn_on) where attribute = 'proactive' and first_published_on is not null;
