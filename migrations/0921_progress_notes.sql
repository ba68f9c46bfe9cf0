-- 议定事项、改进措施的进展与佐证：一次进展一行，附文件或者指向记录的链接。
create table progress_note (
  body_id    uuid not null references body (body_id),
  note_id    uuid not null,
  subject_id uuid not null,
  on_day     date not null,
  said       text not null check (length(said) between 2 and 1000),
  href       text check (length(href) between 1 and 300),
  file_key   text,
  file_name  text check (length(file_name) between 1 and 200),
  file_type  text,
  file_size  integer check (file_size > 0),
  said_by    text not null,
  said_at    timestamptz not null,
  primary key (body_id, note_id),
  check ((file_key is null) = (file_name is null) and (file_key is null) = (file_type is null) and (file_key is null) = (file_size is null))
);
comment on table progress_note is '领导小组议定事项、改进措施的一次进展；subject_id 为事项或者措施，佐证是文件或者链接';
create index progress_note_subject on progress_note (body_id, subject_id, note_id);
