-- 平台：本区自定的同义说法；只在查询时用，改了即生效，不必重建索引。
create table search_synonym (
  synonym_id uuid primary key,
  words      text[] not null check (cardinality(words) between 2 and 20),
  changed_at timestamptz not null
);
comment on table search_synonym is '本区的同义说法，一组一行，如「市民之家、政务服务中心」：查其一亦得其余；全区一份';
