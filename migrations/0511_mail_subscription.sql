-- 公众的邮件订阅：地址加密，退订即删；没有点确认的四十八小时后删。
create table mail_subscription (
  subscription_id uuid primary key,
  mail_sealed     bytea not null check (length(mail_sealed) <= 1024),
  mail_mark       bytea not null check (length(mail_mark) = 32),
  body_id         uuid references body (body_id),
  topic           text check (length(topic) between 1 and 40),
  words           text not null default '' check (length(words) <= 60),
  state           text not null check (state in ('waiting', 'active')),
  created_at      timestamptz not null,
  confirmed_at    timestamptz,
  told_to         timestamptz not null,
  check ((state = 'active') = (confirmed_at is not null))
);
comment on table mail_subscription is '公众的邮件订阅，可以跨机关；地址加密，mail_mark 为带钥匙的摘要，只用来认出同一地址；told_to 为已经告知到的时刻';
create index mail_subscription_mark on mail_subscription (mail_mark);
create index mail_subscription_waiting on mail_subscription (created_at) where state = 'waiting';
create index mail_subscription_active on mail_subscription (subscription_id) where state = 'active';

-- 所说的事可能在发出之前就变了的邮件，发出之时才写
alter table mail_out
  add column composer text check (length(composer) between 1 and 60),
  add column about    jsonb check (jsonb_typeof(about) = 'object'),
  add check ((composer is null) = (about is null));
comment on column mail_out.composer is '发出之时由谁写标题与正文；为空的，标题与正文是写好的';

-- 不属某一机关的邮件（全区的订阅），body_id 为全零，与留痕同
alter table mail_out drop constraint mail_out_body_id_fkey;
