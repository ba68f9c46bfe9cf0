-- 文书里法律没有规定写法的各处，各机构自己的话；没有的、text 为空值的用默认。
create table letter_wording (
  body_id uuid not null,
  letter text not null check (letter ~ '^L[0-9]{2}$'),
  part text not null check (length(part) between 1 and 40),
  text text check (length(text) <= 1000),
  version integer not null check (version >= 1),
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (body_id, letter, part)
);
comment on table letter_wording is '各机构改成自己的话的文书用语；改了不影响已发出的文书';
comment on column letter_wording.text is '空值即恢复了默认；空串即不写这一句；占位写作 {you} 之类';
