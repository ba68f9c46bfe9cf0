-- 待发的邮件：与要发的事在同一事务里写下，由任务发出；任务丢了，每分钟的一次还会来取。
create table mail_out (
  body_id uuid not null references body (body_id),
  mail_id uuid not null,
  to_sealed bytea check (length(to_sealed) <= 1024),
  subject text not null check (length(subject) between 1 and 200),
  text_body text not null check (length(text_body) between 1 and 20000),
  state text not null check (state in ('waiting', 'sent', 'failed')),
  attempts integer not null check (attempts >= 0),
  next_at timestamptz not null,
  fault text check (length(fault) <= 60),
  created_at timestamptz not null,
  done_at timestamptz,
  primary key (body_id, mail_id),
  check ((state = 'waiting') = (done_at is null)),
  check (state <> 'sent' or to_sealed is null)
);
comment on table mail_out is '待发、发出与发不出的邮件；收件地址加密，发出即清去；不写申请人的个人信息';
comment on column mail_out.next_at is '不早于此刻发（再发）；取去发的先把它推后，进程中途没了也会再发';
comment on column mail_out.fault is '最近一次没有发成的缘故，只写代码，不写对方的话（其中可能有地址）';
create index mail_out_waiting on mail_out (next_at) where state = 'waiting';
create index mail_out_failed on mail_out (done_at) where state = 'failed';
create index mail_out_done on mail_out (done_at) where done_at is not null;
