-- 平台：检索。各模块的记录一变，同一事务里随之增删；词由应用切好，数据库只管查找，故换哪一种服务器结果都一样。
create table search_document (
  body_id      uuid not null,
  doc_kind     text not null check (doc_kind ~ '^[a-z][a-z-]{0,39}$'),
  doc_id       uuid not null,
  title        text not null check (length(title) between 1 and 500),
  text         text not null check (length(text) <= 20000),
  published_on date not null,
  tokens       tsvector not null,
  primary key (body_id, doc_kind, doc_id)
);
comment on table search_document is '可检索的，一条记录一行：只有公众看得到的；可由记录重建（mingchuang reindex），与记录是否相符由 verify 核对';
comment on column search_document.tokens is '标题的词带权 A，正文的词不带位置；文号、索引号前加 #，标题相邻二字前加 ~';
-- 缺省的统计以为罕见的词也占千分之五，于是不走索引而倒着翻全表
alter table search_document alter column tokens set statistics 2000;
create index search_document_tokens on search_document using gin (tokens);
create index search_document_newest on search_document (published_on desc, doc_id desc);
