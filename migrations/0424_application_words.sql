-- 案件列表按登记号、文号、所求内容里的任何一段查找：相邻二字一词（先偶数位，再奇数位），写法与 applications/said-in.ts 的一致。
-- 只用这三栏：姓名、证件号码、联系方式另存而加密，不在索引里。
create index application_said on application using gin (string_to_array(
  regexp_replace(regexp_replace(lower(normalize(reg_no || '|' || coalesce(doc_no, '') || '|' || content, NFKC)), '[[:space:]〔〕()【】\[\]]', '', 'g'), '(..)', '\1 ', 'g')
  || ' ' ||
  regexp_replace(substr(regexp_replace(lower(normalize(reg_no || '|' || coalesce(doc_no, '') || '|' || content, NFKC)), '[[:space:]〔〕()【】\[\]]', '', 'g'), 2), '(..)', '\1 ', 'g'), ' '));
comment on index application_said is '登记号、文号、所求的相邻二字，供列表检索';
