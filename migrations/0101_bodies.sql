-- 机构、名称沿革、设置与节假日。
--
-- 本文件中 district、body、calendar_year 属全区一份的小表（分布时作为参考表复制到各节点），
-- 因此允许不以 body_id 起首的主键；body.code 是全系统唯一允许的跨机构唯一键：
-- 它写在公开网址（/bodies/:code）和命令行（--body CODE）里，必须全区唯一。

create table district (
  id          smallint primary key default 1 check (id = 1),
  code        text not null check (code ~ '^[0-9]{6}$'),
  name        text not null check (length(name) between 1 and 40),
  government  text not null check (length(government) between 1 and 60),
  supervisor  text not null check (length(supervisor) between 1 and 60)
);
comment on table district is '本系统所服务的区：区划代码、名称、区人民政府、政府信息公开工作主管部门（条例第三条）；只有一行';

create table body (
  body_id        uuid primary key,
  code           text not null unique check (code ~ '^[a-z][a-z0-9-]{1,31}$'),
  name           text not null check (length(name) between 2 and 60),
  kind           text not null check (kind in ('organ', 'authorized-org', 'street', 'district-office', 'government')),
  uscc           text check (uscc ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
  org_code9      text check (org_code9 ~ '^[0-9A-Z]{9}$'),
  code_word      text check (length(code_word) between 1 and 20),
  has_license    boolean not null default false,
  has_penalty    boolean not null default false,
  has_coercion   boolean not null default false,
  has_fee        boolean not null default false,
  status         text not null check (status in ('active', 'abolished')),
  established_on date,
  abolished_on   date,
  sort           integer not null default 0,
  demo           boolean not null default false,
  check (established_on is null or abolished_on is null or established_on <= abolished_on),
  check ((status = 'abolished') = (abolished_on is not null))
);
comment on table body is '机构（行政机关与法律、法规授权的组织）；name 为现名，沿革见 body_name';
create index body_list on body (status, sort, code);

create table body_name (
  body_id uuid not null references body (body_id),
  name_id uuid not null,
  name    text not null check (length(name) between 2 and 60),
  kind    text not null check (kind in ('official', 'short')),
  from_on date,
  to_on   date,
  note    text check (length(note) <= 200),
  primary key (body_id, name_id),
  check (from_on is null or to_on is null or from_on <= to_on)
);
comment on table body_name is '机构名称沿革：现名的 to_on 为空；曾用名自 from_on（不详为空）用至 to_on 当日；简称另列';
create unique index body_name_current on body_name (body_id) where kind = 'official' and to_on is null;
create index body_name_lookup on body_name (name);

create table body_relation (
  body_id      uuid not null references body (body_id),
  successor_id uuid not null references body (body_id),
  on_day       date not null,
  basis        text not null check (length(basis) between 1 and 200),
  primary key (body_id, successor_id),
  check (body_id <> successor_id)
);
comment on table body_relation is '机构合并、更替：body_id 的职责自 on_day 起由 successor_id 承担';
create index body_relation_successor on body_relation (successor_id);

create table body_setting (
  body_id    uuid not null references body (body_id),
  key        text not null check (length(key) between 1 and 60),
  value      jsonb not null,
  basis      text not null check (length(basis) between 1 and 200),
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (body_id, key)
);
comment on table body_setting is '机构的设置；没有行的取 src/bodies/settings.ts 的默认值；basis 为所依据的条文，没有取得原文的记「待核」';

create table calendar_year (
  year      integer not null check (year between 2000 and 2100),
  revision  integer not null check (revision >= 1),
  doc_no    text check (length(doc_no) between 1 and 60),
  title     text not null check (length(title) between 1 and 120),
  issued_on date,
  off_days  jsonb not null check (jsonb_typeof(off_days) = 'array'),
  work_days jsonb not null check (jsonb_typeof(work_days) = 'array'),
  notice    text not null check (length(notice) <= 20000),
  loaded_by text not null,
  loaded_at timestamptz not null,
  primary key (year, revision)
);
comment on table calendar_year is '工作人员载入的国务院办公厅节假日安排通知，全区一份；同一年以最大的 revision 为准，旧的留存';
