-- 等着答复、答辩、上诉的各件，供节假日通知载入之后重算期限：件数不多，不必逐行看全表。
create index review_case_open on review_case (body_id, review_id) where status = 'received';
create index litigation_case_open on litigation_case (body_id, litigation_id) where status in ('filed', 'first-instance');
