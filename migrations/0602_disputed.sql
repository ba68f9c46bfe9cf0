-- 被复议、被诉的答复文号：归档的案卷去标识化、销毁之前查一查还在不在争议之中。
create index review_case_decision_no on review_case (body_id, decision_no) where decision_no is not null;
create index litigation_case_decision_no on litigation_case (body_id, decision_no) where decision_no is not null;
