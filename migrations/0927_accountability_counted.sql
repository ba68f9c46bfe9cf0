-- 一年作出的处理，按处理计数：全区的一句查询，走这个索引。
create index accountability_matter_decided on accountability_matter (decided_on) where withdrawn_on is null and decided_on is not null;
