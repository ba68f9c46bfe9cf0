-- 站内通知，以及每人怎样收邮件。
alter table account add column mail text check (length(mail) between 3 and 254 and mail !~ '[[:cntrl:][:space:]<>,;]');
alter table account add column mail_mode text not null default 'immediate' check (mail_mode in ('immediate', 'daily', 'none'));
comment on column account.mail is '工作邮箱；没有填的只收站内通知';
comment on column account.mail_mode is '通知怎样发邮件：随即、每日一封、不发';

create table notice (
  body_id uuid not null references body (body_id),
  notice_id uuid not null,
  account_id uuid not null references account (account_id),
  key text collate "C" not null check (length(key) between 1 and 200),
  title text not null check (length(title) between 1 and 120),
  note text not null check (length(note) <= 300),
  href text not null check (href ~ '^/desk(/[A-Za-z0-9._~?=&%/-]*)?$' and length(href) <= 300),
  at timestamptz not null,
  read_at timestamptz,
  mail text not null check (mail in ('immediate', 'daily', 'done')),
  primary key (body_id, notice_id),
  unique (body_id, account_id, key)
);
comment on table notice is '站内通知，一人一条；只写登记号、日期与去处，不写申请人的个人信息';
comment on column notice.key is '同一件事的同一次通知；重复通知不另成一条';
comment on column notice.mail is '邮件：随即发、并入每日一封、已发或不必发';
create index notice_listed on notice (body_id, account_id, notice_id);
create index notice_unread on notice (body_id, account_id, notice_id) where read_at is null;
create index notice_to_mail on notice (body_id, account_id, notice_id) where mail = 'immediate';
create index notice_to_digest on notice (body_id, account_id, notice_id) where mail = 'daily';
create index notice_old on notice (at);
