-- 行政复议、行政诉讼案件。各行由时间线得出，同一事务里刷新；不记申请人、原告。

create table review_case (
  body_id     uuid not null references body (body_id),
  review_id   uuid not null,
  version     integer not null check (version > 0),
  ledger_key  text check (length(ledger_key) between 1 and 200),
  status      text not null check (status in ('received', 'answered', 'decided', 'sued', 'closed')),
  case_no     text not null check (length(case_no) between 1 and 100),
  authority   text check (length(authority) <= 100),
  decision_no text check (length(decision_no) <= 100),
  procedure   text not null check (procedure in ('ordinary', 'summary')),
  received_on date not null,
  answer_due_on date,
  answered_on date,
  result      text,
  decided_on  date,
  updated_at  timestamptz not null,
  primary key (body_id, review_id),
  check ((result is null) = (decided_on is null)),
  check (decided_on is null or decided_on >= received_on)
);
comment on table review_case is '行政复议案件（本机关为被申请人）；按作出决定之日计入年度，年末没有决定的为尚未审结';
create unique index review_case_ledger on review_case (body_id, ledger_key) where ledger_key is not null;
create index review_case_received on review_case (body_id, received_on);

create table litigation_case (
  body_id       uuid not null references body (body_id),
  litigation_id uuid not null,
  version       integer not null check (version > 0),
  ledger_key    text check (length(ledger_key) between 1 and 200),
  status        text not null check (status in ('filed', 'answered', 'first-instance', 'appeal', 'final')),
  case_no       text not null check (length(case_no) between 1 and 100),
  court         text check (length(court) <= 100),
  decision_no   text check (length(decision_no) <= 100),
  after_review  boolean not null,
  role          text not null check (role in ('original', 'review-organ')),
  received_on   date not null,
  answer_due_on date,
  answered_on   date,
  first_result  text,
  first_on      date,
  appealed_on   date,
  result        text,
  effective_on  date,
  updated_at    timestamptz not null,
  primary key (body_id, litigation_id),
  check ((result is null) = (effective_on is null)),
  check (effective_on is null or effective_on >= received_on)
);
comment on table litigation_case is '行政诉讼案件；按裁判生效之日计入年度，年末没有生效裁判的为尚未审结；复议机关作共同被告的（review-organ）不计';
create unique index litigation_case_ledger on litigation_case (body_id, ledger_key) where ledger_key is not null;
create index litigation_case_received on litigation_case (body_id, received_on);
