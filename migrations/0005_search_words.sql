-- 平台：检索的第二版——筛选、失效、标题另存，与由标题得来的词表（拼音、错字、边写边提示都靠它）。
-- 原有的各行由 mingchuang reindex（每夜也办一遍）补齐。
alter table search_document
  add column facets       text[] not null default '{}',
  add column invalid_from date,
  add column title_tokens tsvector not null default '';
comment on column search_document.facets is '可筛选的，「名:值」一项；连同种类、机构、年份也各作一词（前加 =）写在 tokens 里，故筛选与检索是同一个索引的交';
comment on column search_document.invalid_from is '自此日起不再有效（失效、废止、期满），仍可查阅；没有期限的为空';
comment on column search_document.title_tokens is '标题的词、相邻二字与文号、索引号：排序只看它，不必取出全文的词';
comment on column search_document.tokens is '标题与正文的词；标题的词另加 $，相邻二字加 ~，文号、索引号加 #，筛选项加 =';
-- 排序、数数只看标题、日子与筛选项：正文与全文的词一律另放，一页上就多得几倍的行
alter table search_document set (toast_tuple_target = 256, parallel_workers = 0);
alter table search_document alter column title_tokens set statistics 0;
-- 走哪条路由查询自己定（由近及远），不再靠精细的统计；统计大了，每次打算都要取出来
alter table search_document alter column tokens set statistics 100;
-- 待并入的不攒：攒着的每次检索都要从头看一遍
alter index search_document_tokens set (fastupdate = off);

create table search_word (
  word     text primary key check (length(word) between 2 and 40),
  spelling text not null,
  initials text not null,
  sound    text not null,
  near     text[] not null
);
comment on table search_word is '公开着的标题里的词，随索引增删；不属某一机关，不含撤回的。拼音 spelling、首字母 initials、读音 sound（前后鼻音、平翘舌、n 与 l 不分）、缺一字的写法 near';
create index search_word_prefix on search_word (word text_pattern_ops);
create index search_word_spelling on search_word (spelling text_pattern_ops);
create index search_word_initials on search_word (initials text_pattern_ops);
create index search_word_sound on search_word (sound);
create index search_word_near on search_word using gin (near);
