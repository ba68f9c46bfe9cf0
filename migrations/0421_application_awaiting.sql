-- 提醒要看的：在等着谁的、已决定未发出的，件数少，不必翻遍全机构的申请
create index application_awaiting on application (body_id, case_id)
  where status in ('received-unconfirmed', 'correction-requested', 'consulting', 'reason-requested', 'fee-noticed', 'approved');
