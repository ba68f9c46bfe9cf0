-- 接口：外接的系统（政务服务大厅、省级平台等）与其令牌。
create table api_system (
  body_id    uuid not null references body (body_id),
  system_id  uuid not null,
  name       text not null check (length(name) between 1 and 60),
  scopes     text[] not null default '{}' check (cardinality(scopes) <= 20),
  created_by text not null,
  created_at timestamptz not null,
  granted_by text,
  granted_at timestamptz,
  revoked_by text,
  revoked_at timestamptz,
  primary key (body_id, system_id),
  check (num_nulls(granted_by, granted_at) in (0, 2)),
  check (num_nulls(revoked_by, revoked_at) in (0, 2))
);
comment on table api_system is '某机关接入的外部系统；系统管理员建，安全管理员定其权限（scopes），两者不由一人兼任；停用后不能再启用';
create index api_system_id on api_system (system_id);

create table api_token (
  body_id      uuid not null,
  token_id     uuid not null,
  system_id    uuid not null,
  token_hash   bytea not null check (length(token_hash) = 32),
  created_by   text not null,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  revoked_at   timestamptz,
  last_used_at timestamptz,
  primary key (body_id, token_id),
  foreign key (body_id, system_id) references api_system (body_id, system_id)
);
comment on table api_token is '接入系统的令牌，只存带钥匙的摘要（HMAC-SM3）；换发时新旧并用几日，旧的自行失效';
create index api_token_system on api_token (body_id, system_id, token_id);
