create table roll_up_explanation (
  body_id uuid not null references body (body_id),
  year int not null check (year between 2008 and 2100),
  reason text not null check (length(reason) between 1 and 500),
  person text not null check (length(person) between 1 and 80),
  explained_by text not null check (length(explained_by) between 1 and 200),
  explained_on date not null,
  updated_at timestamptz not null,
  primary key (body_id, year)
);
comment on table roll_up_explanation is '全区汇总里缺的一家：为何缺，谁说明的；body_id 为缺报的机关。后来受理了的，不再用到';
comment on column roll_up_explanation.person is '说明的人当时的姓名';
create index roll_up_explanation_year on roll_up_explanation (year, body_id);
create index roll_up_edition_year on annual_report_edition (year, body_id, edition) where filed_on is not null or published_on is not null;
create index roll_up_previous_year on previous_report (year, body_id);
