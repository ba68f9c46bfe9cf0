-- 提交之后：同意电子送达、文书的首次打开、评价；缴费凭证也是材料的一种。
alter table application_paper drop constraint if exists application_paper_kind_check;
alter table application_paper add constraint application_paper_kind_check check (kind ~ '^[a-z][a-z-]{1,39}$');
comment on column application_paper.kind is '材料的种类，所列见应用里的 PAPER_KINDS';
create index application_paper_payment on application_paper (body_id, case_id) where kind = 'payment';
create index application_fee_noticed on application (body_id, case_id) where status = 'fee-noticed';

create table application_consent (
  body_id uuid not null,
  consent_id uuid not null,
  case_id uuid not null,
  agreed boolean not null,
  source text not null check (source in ('applicant', 'paper')),
  proof text check (length(proof) between 2 and 200),
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (body_id, consent_id),
  foreign key (body_id, case_id) references application (body_id, case_id),
  check ((source = 'paper') = (proof is not null))
);
comment on table application_consent is '申请人是否同意电子送达，逐次记下，最近一次为准；paper 为经办人依书面凭据所记';
create index application_consent_case on application_consent (body_id, case_id, consent_id);

create table application_letter_opening (
  body_id uuid not null,
  letter_id uuid not null,
  first_on date not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  times integer not null check (times > 0),
  primary key (body_id, letter_id),
  foreign key (body_id, letter_id) references application_letter (body_id, letter_id)
);
comment on table application_letter_opening is '申请人在查询页打开文书：首次之日与时刻是电子送达的佐证；逐次另有留痕';

create table application_rating (
  body_id uuid not null,
  case_id uuid not null,
  score text not null check (score in ('satisfied', 'basic', 'dissatisfied')),
  words_sealed bytea check (length(words_sealed) <= 8192),
  rated_on date not null,
  changed_at timestamptz not null,
  primary key (body_id, case_id),
  foreign key (body_id, case_id) references application (body_id, case_id)
);
comment on table application_rating is '申请人对办理的评价，一件一次，三十日内可改；文字加密，从不公开';
create index application_rating_on on application_rating (body_id, rated_on desc, case_id desc);
