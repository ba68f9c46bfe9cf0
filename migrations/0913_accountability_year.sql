-- 线索按年处置：指南缺项、事项空白之类按取数之日数，次年可能又有，与上年的各是一条。
alter table accountability_record drop constraint accountability_record_pkey;
alter table accountability_record add primary key (body_id, year, trigger, record_id);
drop index accountability_record_year;
