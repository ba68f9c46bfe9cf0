-- 去标识化之后的文书：文号、日期、摘要留着，内容只在档案包里。被诉文号的查找。
alter table application_letter add column stripped boolean not null default false;
comment on column application_letter.stripped is '已去标识化：内容与文件只在档案包里';
do $$
declare name text;
begin
  for name in select conname from pg_constraint where conrelid = 'application_letter'::regclass and contype = 'c'
    and (pg_get_constraintdef(oid) like '%(status = ''issued''::text) = (model_sealed IS NOT NULL)%' or pg_get_constraintdef(oid) like '%num_nulls(model_sealed,%')
  loop
    execute format('alter table application_letter drop constraint %I', name);
  end loop;
end $$;
alter table application_letter add constraint application_letter_issued_model check ((status = 'issued') = (stripped or model_sealed is not null));
alter table application_letter add constraint application_letter_stripped check (not (stripped and model_sealed is not null));
alter table application_letter add constraint application_letter_issued_check check ((status = 'issued') = (content_hash is not null) and num_nulls(content_hash, issued_by, issued_on) in (0, 3));
