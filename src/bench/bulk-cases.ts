import { sql } from 'kysely'
import { recountTallies } from '../applications/testing.ts'
import { transaction } from '../platform/connect.ts'
import type { Db } from '../platform/db.ts'
import { OUTCOMES } from '../statute/outcomes.ts'

/**
 * 给一个机关灌入许多案子：n 件申请（都计入 year 年的报告）、n/10 条主动公开信息、n/100 件复议、n/100 件诉讼。
 * 直接写列表行，不经时间线：量的是从行数出报告，百万件逐件办理要几个小时。约束照查，外键不逐行查；写完 ANALYZE。
 */
export async function loadCases(db: Db, bodyId: string, year: number, n: number): Promise<void> {
  // 后台清理若正好在跑，随后的 vacuum 就不能把整表标为可见，量出的便不是安定之后的样子
  for (const table of TABLES) await sql`alter table ${sql.table(table)} set (autovacuum_enabled = false)`.execute(db)
  await transaction(db, async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx)
    await sql`
      insert into application (body_id, case_id, reg_no, status, channel, applicant_kind, content, submitted_on, received_on,
        counted, clock, due_on, outcome, report_row, decided_on, doc_no, dispatched_on, served_on, fee_amount, fee_on, version, updated_at)
      select ${bodyId}, uuidv7(), ${`${year}-`} || lpad(i::text, 8, '0'), case when open then 'examining' else 'closed' end, 'ONLINE',
        (array['N','N','N','N','N','N','B','R','P','L','O'])[1 + i % 11], '申请公开第' || (i * 31 % 700001) || '号小区加装电梯的批复文件', received, received,
        true, case when open then 'running' else 'stopped' end, received + 28,
        case when not open then rule ->> 'outcome' end, case when not open then rule ->> 'row' end,
        case when not open then decided end, case when not open then '武昌信复〔' || i || '〕号' end,
        case when not open then decided end, case when not open then decided + 2 end,
        case when i % 500 = 0 then 2000 else 0 end, case when i % 500 = 0 then decided end, 2, now()
      from (
        select i, received, received + 15 + (i * 7919 % 28)::int as decided, i % 100 = 0 as open,
          rules -> ((i * 31) % jsonb_array_length(rules))::int as rule
        from (
          select i, ${`${year - 1}-12-20`}::date + (i * 104729 % 378)::int as received,
            ${JSON.stringify(RULES)}::jsonb as rules
          from generate_series(1, ${n}::bigint) as i
        ) numbered
      ) drawn`.execute(tx)
    await sql`
      insert into info_item (body_id, item_id, version, index_no, status, title, attribute, codes, summary_kind, formed_on,
        first_published_on, published_on, updated_at)
      select ${bodyId}, uuidv7(), 2, 'B' || i, 'published', '某项目环境影响评价文件批复公告', 'proactive',
        array[(array['A20_02','A20_05','A20_07'])[1 + i % 3]], (array['overview','fiscal','service'])[1 + i % 3],
        on_day, on_day, on_day, now()
      from (select i, ${`${year}-01-01`}::date + (i % 365)::int as on_day from generate_series(1, ${Math.ceil(n / 10)}::int) as i) drawn`.execute(tx)
    await sql`
      insert into review_case (body_id, review_id, version, status, case_no, procedure, received_on, result, decided_on, updated_at)
      select ${bodyId}, uuidv7(), 2, case when open then 'received' else 'decided' end, '复议' || i, 'ordinary', received,
        case when not open then 'upheld' end, case when not open then received + 50 end, now()
      from (select i, ${`${year}-01-01`}::date + (i % 300)::int as received, i % 20 = 0 as open
        from generate_series(1, ${Math.ceil(n / 100)}::int) as i) drawn`.execute(tx)
    await sql`
      insert into litigation_case (body_id, litigation_id, version, status, case_no, after_review, role, received_on, result, effective_on, updated_at)
      select ${bodyId}, uuidv7(), 2, case when open then 'filed' else 'final' end, '行初' || i, i % 2 = 0, 'original', received,
        case when not open then 'claims-dismissed' end, case when not open then received + 60 end, now()
      from (select i, ${`${year}-01-01`}::date + (i % 300)::int as received, i % 20 = 0 as open
        from generate_series(1, ${Math.ceil(n / 100)}::int) as i) drawn`.execute(tx)
  })
  await transaction(db, (tx) => recountTallies(tx, bodyId))
  for (const table of TABLES) await sql`vacuum (analyze) ${sql.table(table)}`.execute(db)
}

const TABLES = ['application', 'application_tally', 'info_item', 'review_case', 'litigation_case']

const RULES = Object.entries(OUTCOMES).map(([outcome, { row }]) => ({ outcome, row }))
