-- 账号、岗位、会话、登录失败计数。
--
-- account、account_password、session、sign_in_throttle 属全区一份：一人可在几个机构兼职，登录名全区唯一，
-- 登录之前也不知道机构。它们不随机构分布。各人在各机构的岗位在 account_role，以 body_id 起首。

create table account (
  account_id      uuid primary key,
  name            text not null unique check (name ~ '^[a-z][a-z0-9._-]{2,31}$'),
  display_name    text not null check (length(display_name) between 1 and 30),
  home_body_id    uuid not null references body (body_id),
  password_hash   text not null,
  password_set_at timestamptz not null,
  must_change     boolean not null,
  status          text not null check (status in ('active', 'disabled')),
  is_demo         boolean not null default false,
  totp_secret     bytea,
  totp_enabled_at timestamptz,
  totp_last_step  bigint,
  last_sign_in_at timestamptz,
  created_by      text not null,
  created_at      timestamptz not null,
  check (totp_enabled_at is null or totp_secret is not null)
);
comment on table account is '登录账号，一人一个，禁止共用；口令只存 argon2id 散列；totp_secret 以密钥加密；is_demo 的账号在正式环境不得存在';
create index account_home on account (home_body_id, name);

create table account_password (
  account_id uuid not null references account (account_id),
  set_at     timestamptz not null,
  hash       text not null,
  primary key (account_id, set_at)
);
comment on table account_password is '用过的口令的散列，用以禁止重复使用最近的几个；更早的删去';

create table account_role (
  body_id    uuid not null references body (body_id),
  account_id uuid not null references account (account_id),
  role       text not null check (role in (
    'handler', 'unit-head', 'disclosure-officer', 'disclosure-head', 'secrecy-reviewer', 'leader', 'publisher',
    'archivist', 'district-office', 'system-admin', 'security-admin', 'auditor')),
  granted_by text not null,
  granted_at timestamptz not null,
  primary key (body_id, account_id, role)
);
comment on table account_role is '账号在某机构的岗位；可以兼任，三种管理员两两不得兼任（由动作在锁住账号行后核对）';
create index account_role_account on account_role (account_id);

create table session (
  session_id     uuid primary key,
  token_hash     bytea not null unique check (length(token_hash) = 32),
  account_id     uuid not null references account (account_id),
  acting_body_id uuid not null references body (body_id),
  second_factor  text not null check (second_factor in ('none', 'pending', 'passed')),
  created_at     timestamptz not null,
  last_seen_at   timestamptz not null,
  address        text not null check (length(address) <= 64),
  agent          text not null check (length(agent) <= 200)
);
comment on table session is '登录会话；只存令牌的 SHA-256；结束即删行，始末见留痕';
create index session_account on session (account_id);
create index session_seen on session (last_seen_at);

create table sign_in_throttle (
  kind          text not null check (kind in ('account', 'address')),
  key           text not null check (length(key) <= 64),
  failures      integer not null check (failures >= 0),
  last_at   timestamptz not null,
  blocked_until timestamptz,
  primary key (kind, key)
);
comment on table sign_in_throttle is '登录失败计数：按登录名（不论是否存在）与来源地址；用于放慢与锁定，过期的由任务清除';
create index sign_in_throttle_last on sign_in_throttle (last_at);
