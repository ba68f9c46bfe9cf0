-- 政府信息公开工作培训（条例第四十八条）：计划、场次、签到、题库、试卷、答卷。
create table training_plan (
  body_id    uuid not null references body (body_id),
  plan_id    uuid not null,
  year       integer not null check (year between 2000 and 2200),
  month      integer not null check (month between 1 and 12),
  topic      text not null check (length(topic) between 2 and 120),
  audience   text not null check (length(audience) between 2 and 120),
  half_hours integer not null check (half_hours between 1 and 200),
  note       text not null check (length(note) <= 300),
  added_by   text not null,
  added_at   timestamptz not null,
  primary key (body_id, plan_id)
);
comment on table training_plan is '年度培训计划的一项；half_hours 以半学时计';
create index training_plan_year on training_plan (body_id, year, month);

create table training_session (
  body_id    uuid not null references body (body_id),
  session_id uuid not null,
  version    integer not null check (version > 0),
  plan_id    uuid,
  state      text not null check (state in ('planned', 'held', 'cancelled')),
  held_on    date not null,
  starts_at  text not null check (starts_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  online     boolean not null,
  place      text not null check (length(place) between 2 and 200),
  topic      text not null check (length(topic) between 2 and 120),
  audience   text not null check (length(audience) between 2 and 120),
  lecturer   text not null check (length(lecturer) <= 80),
  half_hours integer not null check (half_hours between 1 and 200),
  sign_code  text check (length(sign_code) = 10),
  sign_until timestamptz,
  made_by    text not null,
  made_at    timestamptz not null,
  primary key (body_id, session_id),
  foreign key (body_id, plan_id) references training_plan (body_id, plan_id),
  check ((sign_code is null) = (sign_until is null))
);
comment on table training_session is '一场培训；sign_code 为签到码，到 sign_until 为止有效';
create index training_session_day on training_session (body_id, held_on desc, session_id);
create index training_session_plan on training_session (body_id, plan_id) where plan_id is not null;
create index training_session_code on training_session (body_id, sign_code) where sign_code is not null;

create table training_sign_in (
  body_id    uuid not null references body (body_id),
  session_id uuid not null,
  sign_in_id uuid not null,
  account_id uuid,
  name       text not null check (length(name) between 2 and 50),
  unit       text not null check (length(unit) <= 80),
  way        text not null check (way in ('officer', 'code')),
  signed_at  timestamptz not null,
  primary key (body_id, session_id, sign_in_id),
  foreign key (body_id, session_id) references training_session (body_id, session_id)
);
comment on table training_sign_in is '签到一人一行：账号，或者只写了姓名的；way 为经办人勾的、凭签到码签的';
create unique index training_sign_in_account on training_sign_in (body_id, session_id, account_id) where account_id is not null;
create unique index training_sign_in_name on training_sign_in (body_id, session_id, name, unit) where account_id is null;
create index training_sign_in_person on training_sign_in (body_id, account_id) where account_id is not null;

create table training_question (
  body_id     uuid not null references body (body_id),
  question_id uuid not null,
  kind        text not null check (kind in ('single', 'multiple', 'judge')),
  topic       text not null,
  stem        text not null check (length(stem) between 4 and 400),
  options     jsonb not null,
  answer      text not null check (length(answer) between 1 and 10),
  article     text not null check (length(article) between 2 and 100),
  explanation text not null check (length(explanation) <= 600),
  active      boolean not null,
  changed_by  text not null,
  changed_at  timestamptz not null,
  primary key (body_id, question_id)
);
comment on table training_question is '本机关自己的题；题干与随系统带来的相同的，以本机关的为准，active 为假即不用';
create unique index training_question_stem on training_question (body_id, stem);

create table training_paper (
  body_id    uuid not null references body (body_id),
  paper_id   uuid not null,
  version    integer not null check (version > 0),
  title      text not null check (length(title) between 2 and 120),
  seed       text not null check (length(seed) between 1 and 40),
  counts     jsonb not null,
  pass_score integer not null check (pass_score between 1 and 100),
  attempts   integer not null check (attempts between 1 and 20),
  half_hours integer not null check (half_hours between 0 and 40),
  opens_on   date not null,
  closes_on  date not null check (closes_on >= opens_on),
  made_by    text not null,
  made_at    timestamptz not null,
  primary key (body_id, paper_id)
);
comment on table training_paper is '一份试卷：各课题抽几题（counts）、随机的种子、及格分、可答几次；及格的计学时 half_hours';
create index training_paper_open on training_paper (body_id, opens_on desc, paper_id);

create table training_attempt (
  body_id      uuid not null references body (body_id),
  attempt_id   uuid not null,
  paper_id     uuid not null,
  account_id   uuid not null,
  number       integer not null check (number > 0),
  questions    jsonb not null,
  answers      jsonb,
  score        integer check (score between 0 and 100),
  passed       boolean,
  started_at   timestamptz not null,
  submitted_on date,
  primary key (body_id, attempt_id),
  unique (body_id, paper_id, account_id, number),
  foreign key (body_id, paper_id) references training_paper (body_id, paper_id),
  check ((score is null) = (answers is null) and (score is null) = (passed is null) and (score is null) = (submitted_on is null))
);
comment on table training_attempt is '一人一次答卷：抽到的题照当时的样子存下，交了即评分，不再改';
create index training_attempt_person on training_attempt (body_id, account_id, started_at);
create index training_attempt_passed on training_attempt (body_id, submitted_on) where passed;
