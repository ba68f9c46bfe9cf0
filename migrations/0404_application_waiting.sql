-- 待确认收到的、等审批的，件数少而常看，不必翻遍全机构的申请。
create index application_unconfirmed on application (body_id, reg_no, case_id) where status = 'received-unconfirmed';
create index application_deciding on application (body_id, due_on, case_id) where status = 'deciding';
