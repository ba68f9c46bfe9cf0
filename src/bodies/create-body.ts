import { record } from '../audit/index.ts'
import { requirePermission } from '../identity/index.ts'
import type { Actor } from '../identity/index.ts'
import { transaction } from '../platform/connect.ts'
import type { Deps } from '../platform/deps.ts'
import { newId } from '../platform/id.ts'
import type { PlainDate } from '../statute/plain-date.ts'
import { NO_POWERS, isUscc, orgCodeOf } from './body.ts'
import type { Body, BodyKind, Powers } from './body.ts'
import { findBodyByCode } from './queries.ts'
import { insertBody, insertName } from './store.ts'

export interface NewBody {
  code: string
  name: string
  kind: BodyKind
  uscc?: string | null
  codeWord?: string | null
  powers?: Powers
  establishedOn?: PlainDate | null
  /** 现名自何日使用；不详不写 */
  namedFrom?: PlainDate | null
  formerNames?: readonly { name: string; from?: PlainDate | null; to: PlainDate; note?: string }[]
  shortName?: string | null
  sort?: number
  demo?: boolean
}

export type BodyRefusal = 'code-taken' | 'uscc-wrong'

/** 新建机构；组织机构代码取自统一社会信用代码第 9–17 位。 */
export function createBody(
  deps: Deps,
  actor: Actor,
  input: NewBody,
): Promise<{ ok: true; body: Body } | { ok: false; refusal: BodyRefusal }> {
  requirePermission(actor, 'body.manage')
  return transaction(deps.db, async (tx) => {
    if (input.uscc && !isUscc(input.uscc)) return { ok: false, refusal: 'uscc-wrong' }
    if (await findBodyByCode(tx, input.code)) return { ok: false, refusal: 'code-taken' }
    const body = toNewBody(input)
    await insertBody(tx, body)
    for (const former of input.formerNames ?? [])
      await insertName(tx, body.bodyId, { kind: 'official', note: null, from: null, ...former })
    await insertName(tx, body.bodyId, {
      name: input.name,
      kind: 'official',
      from: input.namedFrom ?? null,
      to: null,
      note: null,
    })
    if (input.shortName)
      await insertName(tx, body.bodyId, { name: input.shortName, kind: 'short', from: null, to: null, note: null })
    await record(tx, actor, 'body.created', { bodyId: body.bodyId, target: body.code })
    return { ok: true, body }
  })
}

const toNewBody = (input: NewBody): Body => ({
  bodyId: newId(),
  code: input.code,
  name: input.name,
  kind: input.kind,
  uscc: input.uscc || null,
  orgCode9: input.uscc ? orgCodeOf(input.uscc) : null,
  codeWord: input.codeWord || null,
  powers: input.powers ?? NO_POWERS,
  status: 'active',
  establishedOn: input.establishedOn ?? null,
  abolishedOn: null,
  sort: input.sort ?? 0,
  demo: input.demo ?? false,
})
