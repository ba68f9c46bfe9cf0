create table annual_report (
  body_id uuid not null references body (body_id),
  report_id uuid not null,
  year int not null check (year between 2008 and 2100),
  status text not null check (status in ('collecting', 'frozen', 'drafting', 'checked', 'reviewed', 'signed', 'released')),
  edition int not null check (edition >= 1),
  content_hash text,
  frozen_at timestamptz,
  filed_on date,
  published_on date,
  version int not null check (version >= 1),
  updated_at timestamptz not null,
  primary key (body_id, report_id),
  unique (body_id, year)
);
comment on table annual_report is '年度报告：一机关一年度一行，由时间线刷新，可随时重建';

create table annual_report_edition (
  body_id uuid not null,
  report_id uuid not null,
  edition int not null check (edition >= 1),
  year int not null,
  model jsonb not null,
  content_hash text not null,
  frozen_at timestamptz not null,
  signed_on date not null,
  filed_on date,
  published_on date,
  correction_reason text,
  primary key (body_id, report_id, edition),
  foreign key (body_id, report_id) references annual_report (body_id, report_id)
);
comment on table annual_report_edition is '签发后的各版年度报告，连同当时的数字与文字；更正另起一版，旧版照存';
create index annual_report_edition_published on annual_report_edition (body_id, year, edition) where published_on is not null;

create table annual_report_file (
  body_id uuid not null,
  report_id uuid not null,
  edition int not null,
  format text not null check (format in ('html', 'docx', 'pdf', 'xlsx', 'json')),
  file_key text not null,
  size bigint not null check (size >= 0),
  primary key (body_id, report_id, edition, format),
  foreign key (body_id, report_id, edition) references annual_report_edition (body_id, report_id, edition)
);
comment on table annual_report_file is '各版报告的文件，首次下载时生成，此后不变';

create table previous_report (
  body_id uuid not null references body (body_id),
  year int not null check (year between 2008 and 2100),
  form text not null check (form in ('2019', '2021')),
  cells jsonb not null,
  paragraphs jsonb not null,
  problems jsonb not null,
  file_key text not null,
  file_name text not null,
  imported_by text not null,
  imported_at timestamptz not null,
  primary key (body_id, year)
);
comment on table previous_report is '系统启用前的年度报告，由核查所能读的文件载入，供上年结转与上年问题对照';
