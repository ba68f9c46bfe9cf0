-- 学时可以有半学时：核查时所见的合计照原数记，不取整。
alter table assessment_line alter column seen_good type double precision;
