create table filing (
  body_id uuid not null references body (body_id),
  filing_id uuid not null,
  year int not null check (year between 2008 and 2100),
  status text not null check (status in ('none', 'filed', 'returned', 'accepted', 'locked')),
  round int not null check (round >= 0),
  source text check (source in ('system', 'upload')),
  exception text check (exception in ('exempt', 'added')),
  exception_reason text check (length(exception_reason) <= 500),
  reviewer text check (length(reviewer) <= 80),
  errors_allowed text check (length(errors_allowed) <= 500),
  filer text check (length(filer) <= 80),
  content_hash text check (content_hash ~ '^[0-9a-f]{64}$'),
  edition int check (edition >= 1),
  filed_on date,
  last_filed_on date,
  returned_on date,
  accepted_on date,
  locked_on date,
  reminded_on date,
  published_on date,
  published_url text check (length(published_url) <= 500),
  version int not null check (version >= 1),
  updated_at timestamptz not null,
  primary key (body_id, filing_id),
  unique (body_id, year),
  check ((status = 'none') = (round = 0)),
  check ((exception is null) = (exception_reason is null))
);
comment on table filing is '一个机关一个年度的报送：报来、审核、退回、受理、锁定；由时间线刷新，可随时重建';
comment on column filing.round is '报送过几次；没有报过的为 0';
comment on column filing.source is '最近一次报送的来处：本系统签发的报告 system，上传的文件 upload';
comment on column filing.exception is '主管部门另定的：免报 exempt，加报 added';
comment on column filing.reviewer is '主管部门里审核这一份的账号';
comment on column filing.errors_allowed is '主管部门准许下一次带着错误报送的理由';
comment on column filing.filer is '最近一次报送的人';
comment on column filing.filed_on is '第一次报送之日：条例第四十九条的期限说的是它';
comment on column filing.published_on is '不经本系统公布的，机关自报的公布之日';
create index filing_year on filing (year, body_id);

create table filing_round (
  body_id uuid not null,
  filing_id uuid not null,
  round int not null check (round >= 1),
  year int not null,
  source text not null check (source in ('system', 'upload')),
  form text not null check (form in ('2019', '2021')),
  edition int check (edition >= 1),
  body_name text not null,
  cells jsonb not null check (jsonb_typeof(cells) = 'object'),
  lines jsonb not null check (jsonb_typeof(lines) = 'array'),
  typed jsonb not null check (jsonb_typeof(typed) = 'array'),
  model jsonb check (jsonb_typeof(model) = 'object'),
  findings jsonb not null check (jsonb_typeof(findings) = 'array'),
  waivers jsonb not null check (jsonb_typeof(waivers) = 'array'),
  file_key text check (file_key ~ '^[0-9a-f]{64}$'),
  file_name text check (length(file_name) <= 200),
  content_hash text not null check (content_hash ~ '^[0-9a-f]{64}$'),
  filed_on date not null,
  primary key (body_id, filing_id, round),
  foreign key (body_id, filing_id) references filing (body_id, filing_id),
  check ((source = 'system') = (edition is not null)),
  check ((source = 'upload') = (file_key is not null and file_name is not null))
);
comment on table filing_round is '每一次报送的全部内容：数、正文、当时的校核与说明；以后再报另起一行，旧的照存';
comment on column filing_round.edition is '来自本系统的，报告的版次';
comment on column filing_round.typed is '上传的文件里空白、认不出或读错，由报送人填写的格';
comment on column filing_round.model is '来自本系统的，签发的整份报告，供排成各种文件';
comment on column filing_round.content_hash is '数与正文的 SM3，十六进制，与时间线上报送之时所记的相同';

create table filing_upload (
  body_id uuid not null references body (body_id),
  upload_id uuid not null,
  year int not null check (year between 2008 and 2100),
  file_key text not null check (file_key ~ '^[0-9a-f]{64}$'),
  file_name text not null check (length(file_name) <= 200),
  read jsonb not null check (jsonb_typeof(read) = 'object'),
  typed jsonb not null check (jsonb_typeof(typed) = 'object'),
  confirmed boolean not null,
  waivers jsonb not null check (jsonb_typeof(waivers) = 'array'),
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  primary key (body_id, upload_id)
);
comment on table filing_upload is '上传而还没有报送的报告：读出的内容，报送人逐格核对、填写的数；报送即删，搁置三十日亦删';
create index filing_upload_year on filing_upload (body_id, year, uploaded_at);
create index filing_upload_age on filing_upload (uploaded_at);

create index annual_report_year on annual_report (year, body_id);
