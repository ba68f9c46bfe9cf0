-- 不在岗时委托他人代行：谁、把哪些岗位、委托给谁、自何日至何日、为何。
create table delegation (
  body_id       uuid not null references body (body_id),
  delegation_id uuid not null,
  from_account  uuid not null references account (account_id),
  to_account    uuid not null references account (account_id),
  roles         text[] not null check (cardinality(roles) between 1 and 8 and roles <@ array[
    'handler', 'unit-head', 'disclosure-officer', 'disclosure-head', 'secrecy-reviewer', 'leader', 'publisher', 'archivist']),
  starts_on     date not null,
  ends_on       date not null,
  reason        text not null check (length(reason) between 2 and 200),
  created_at    timestamptz not null,
  ended_by      uuid references account (account_id),
  ended_at      timestamptz,
  primary key (body_id, delegation_id),
  check (from_account <> to_account),
  check (ends_on between starts_on and starts_on + 59),
  check (num_nulls(ended_by, ended_at) in (0, 2))
);
comment on table delegation is '一次委托；期内受托人的岗位里加上所委托的（委托人自己仍在任的），到日自止；提前终止的有 ended_at，行留存备查';
create index delegation_to on delegation (body_id, to_account, ends_on);
create index delegation_from on delegation (body_id, from_account, ends_on);
create index delegation_days on delegation (body_id, ends_on, delegation_id);
create index delegation_recent on delegation (ends_on, delegation_id);
