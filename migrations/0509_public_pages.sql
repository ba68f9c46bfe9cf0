-- 公众的信息页面所用：从被指的一条找到指它的（解读、修订、废止）；旧网址转到新地址。
create index published_item_relations on published_item using gin ((details -> 'relations') jsonb_path_ops) where withdrawn_on is null;

-- 文件的地址里只有条目的编号，没有机构
create index published_item_item on published_item (item_id);

create table old_address (
  body_id  uuid not null references body (body_id),
  path     text not null check (length(path) between 2 and 500 and path like '/%'),
  item_id  uuid not null,
  added_at timestamptz not null,
  primary key (body_id, path),
  foreign key (body_id, item_id) references info_item (body_id, item_id)
);
comment on table old_address is '原来的网站上的路径（含查询串）→ 信息条目；没有这个页面时据此转到现在的地址';
create index old_address_path on old_address (path);
