import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'

/** 某段时间的培训，只算已办的场次；`hours` 等以学时计，可以有半学时。 */
export interface TrainingHours {
  /** 期数 */
  sessions: number
  /** 各场学时之和 */
  hours: number
  /** 人次：各场签到之和 */
  attendances: number
  /** 人时：各场学时乘以人数之和，加上试卷及格所计的 */
  personHours: number
}

/** 一个机关某段时间（两端都算）的培训期数、学时、人次、人时。 */
export async function trainingHours(tx: Tx, bodyId: string, from: PlainDate, to: PlainDate): Promise<TrainingHours> {
  return (await trainingHoursOf(tx, [bodyId], from, to)).get(bodyId) ?? { sessions: 0, hours: 0, attendances: 0, personHours: 0 }
}

/** 若干机关的；没有办过的不在其中。 */
export async function trainingHoursOf(tx: Tx, bodyIds: readonly string[], from: PlainDate, to: PlainDate): Promise<Map<string, TrainingHours>> {
  const { rows } = await sql<{ bodyId: string; sessions: number; halves: number; attendances: number; personHalves: number }>`
    select s.body_id as "bodyId", count(*) as sessions, sum(s.half_hours)::int as halves, sum(n.people)::int as attendances, sum(s.half_hours * n.people)::int as "personHalves"
    from training_session s
    cross join lateral (select count(*)::int as people from training_sign_in i where i.body_id = s.body_id and i.session_id = s.session_id) n
    where s.body_id = any(${[...bodyIds]}::uuid[]) and s.state = 'held' and s.held_on between ${from}::date and ${to}::date
    group by s.body_id`.execute(tx)
  const tests = await sql<{ bodyId: string; halves: number }>`
    select p.body_id as "bodyId", sum(p.half_hours)::int as halves
    from (select body_id, paper_id, account_id, min(submitted_on) as on_day from training_attempt where body_id = any(${[...bodyIds]}::uuid[]) and passed group by 1, 2, 3) a
    join training_paper p on p.body_id = a.body_id and p.paper_id = a.paper_id
    where a.on_day between ${from}::date and ${to}::date
    group by p.body_id`.execute(tx)
  const found = new Map(rows.map(({ bodyId, sessions, halves, attendances, personHalves }) => [bodyId, { sessions, hours: halves / 2, attendances, personHours: personHalves / 2 }]))
  for (const { bodyId, halves } of tests.rows) {
    const before = found.get(bodyId) ?? { sessions: 0, hours: 0, attendances: 0, personHours: 0 }
    found.set(bodyId, { ...before, personHours: before.personHours + halves / 2 })
  }
  return found
}

/** 某段时间的计划、场次与答卷的情况，供考核与看板。 */
export interface TrainingStats extends TrainingHours {
  /** 计划几项，其中办了几项 */
  planned: number
  plannedHeld: number
  /** 有账号签到的，几个人 */
  people: number
  /** 答过卷的几人，及格的几人 */
  takers: number
  passed: number
}

/** @param year 计划按年度，场次与答卷按其日子 */
export async function trainingStats(tx: Tx, bodyId: string, year: number): Promise<TrainingStats> {
  const [from, to] = [`${year}-01-01`, `${year}-12-31`]
  const { rows } = await sql<{ planned: number; plannedHeld: number; people: number; takers: number; passed: number }>`
    select (select count(*) from training_plan where body_id = ${bodyId} and year = ${year}) as planned,
      (select count(*) from training_plan p where p.body_id = ${bodyId} and p.year = ${year}
        and exists (select from training_session s where s.body_id = p.body_id and s.plan_id = p.plan_id and s.state = 'held')) as "plannedHeld",
      (select count(distinct i.account_id) from training_session s join training_sign_in i on i.body_id = s.body_id and i.session_id = s.session_id
        where s.body_id = ${bodyId} and s.state = 'held' and s.held_on between ${from}::date and ${to}::date) as people,
      (select count(distinct account_id) from training_attempt where body_id = ${bodyId} and submitted_on between ${from}::date and ${to}::date) as takers,
      (select count(distinct account_id) from training_attempt where body_id = ${bodyId} and passed and submitted_on between ${from}::date and ${to}::date) as passed`.execute(tx)
  const [counts] = rows
  return { ...(await trainingHours(tx, bodyId, from, to)), ...(counts ?? { planned: 0, plannedHeld: 0, people: 0, takers: 0, passed: 0 }) }
}

/** 一人某段时间的学时：签到的场次，加上及格的试卷。 */
export async function hoursOf(tx: Tx, { bodyId, accountId }: { bodyId: string; accountId: string }, from: PlainDate, to: PlainDate): Promise<{ sessions: number; hours: number; papers: number }> {
  const { rows } = await sql<{ sessions: number; halves: number; papers: number; paperHalves: number }>`
    select coalesce(s.n, 0)::int as sessions, coalesce(s.halves, 0)::int as halves, coalesce(p.n, 0)::int as papers, coalesce(p.halves, 0)::int as "paperHalves"
    from (select count(*) as n, sum(t.half_hours) as halves from training_sign_in i join training_session t on t.body_id = i.body_id and t.session_id = i.session_id
        where i.body_id = ${bodyId} and i.account_id = ${accountId} and t.state = 'held' and t.held_on between ${from}::date and ${to}::date) s,
      (select count(*) as n, sum(p.half_hours) as halves from (select paper_id, min(submitted_on) as on_day from training_attempt where body_id = ${bodyId} and account_id = ${accountId} and passed group by paper_id) a
        join training_paper p on p.body_id = ${bodyId} and p.paper_id = a.paper_id where a.on_day between ${from}::date and ${to}::date) p`.execute(tx)
  const [found] = rows
  return { sessions: found?.sessions ?? 0, hours: ((found?.halves ?? 0) + (found?.paperHalves ?? 0)) / 2, papers: found?.papers ?? 0 }
}
