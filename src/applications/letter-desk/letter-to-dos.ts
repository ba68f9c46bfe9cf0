import '../tables.ts'
import { sql } from 'kysely'
import { actorKey, can, ownRoles } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import type { Tx } from '../../platform/db.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { signableLetters } from '../letters/letter-signers.ts'
import { LETTER_IDS, letterRule } from '../letters/letters.ts'
import type { LetterId } from '../letters/letters.ts'
import type { SignOffChain } from '../sign-off.ts'
import type { LetterStatus } from './letter-store.ts'
import { typeOf } from './letter-store.ts'

export interface LetterToDo {
  title: string
  href: string
  dueOn: PlainDate | null
  note: string
}

const MOST = 30
// 答复文书须先作出决定才签批
const ANSWERS: readonly LetterId[] = LETTER_IDS.filter((type) => letterRule(type).outcomes !== undefined)

/** 此人名下的文书：等他签批的、退回给他的、他起草而签批了待发出的；每类至多三十件，先起草的在前。 */
export async function letterToDos(tx: Tx, actor: SignedInActor, chain: SignOffChain): Promise<LetterToDo[]> {
  const { bodyId } = actor
  const me = actorKey(actor)
  const toSign = can(actor, 'application.endorse', bodyId) ? signable(actor, chain) : null
  const signing = toSign === null ? [] : await list(tx, bodyId, 'draft', sql`not (${me} = any(l.drafted_by)) and (${toSign}) and (a.decided_on is not null or l.type <> all(${[...ANSWERS]}))`)
  if (!can(actor, 'application.handle', bodyId)) return signing.map((row) => toToDo(row, '等您签批'))
  const mine = sql`${me} = any(l.drafted_by)`
  const returned = await list(tx, bodyId, 'returned', mine)
  const signed = await list(tx, bodyId, 'signed', mine)
  return [...signing.map((row) => toToDo(row, '等您签批')), ...returned.map((row) => toToDo(row, '退回给您，改后再送签')), ...signed.map((row) => toToDo(row, '已签批，待发出'))]
}

// 凭自己的岗位可签的各种，与代行而委托人没有起草过的
function signable(actor: SignedInActor, chain: SignOffChain): ReturnType<typeof sql> {
  const own = sql`l.type = any(${signableLetters(chain, ownRoles(actor))})`
  const acting = (actor.acting ?? []).map(({ from, roles }) => sql`(l.type = any(${signableLetters(chain, roles)}) and not (${from} = any(l.drafted_by)))`)
  return sql.join([own, ...acting], sql` or `)
}

interface Row {
  letterId: string
  caseId: string
  type: string
  regNo: string
  dueOn: PlainDate | null
}

async function list(tx: Tx, bodyId: string, status: LetterStatus, where: ReturnType<typeof sql>): Promise<Row[]> {
  // 状态写成字面：只有如此，通用计划才用得上部分索引
  const { rows } = await sql<Row>`
    select l.letter_id as "letterId", l.case_id as "caseId", l.type, a.reg_no as "regNo", case when a.decided_on is null or a.status = 'approved' then a.due_on end as "dueOn"
    from application_letter l join application a on a.body_id = l.body_id and a.case_id = l.case_id
    where l.body_id = ${bodyId} and l.status = ${sql.lit(status)} and ${where} order by l.letter_id limit ${MOST}`.execute(tx)
  return rows
}

const toToDo = ({ letterId, caseId, type, regNo, dueOn }: Row, note: string): LetterToDo => ({
  title: `${regNo}《${letterRule(typeOf(type)).title}》`,
  href: `/desk/applications/${caseId}/letters/${letterId}`,
  dueOn,
  note,
})
