import { getBody } from '../../bodies/index.ts'
import type { Actor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { owesReport } from '../owes-report.ts'
import { changeFiling, type FilingChanged, type FilingKey } from './change-filing.ts'
import { allowErrors as decideAllow, endException as decideEnd, except as decideExcept, tellPublication as decideTell, unlockFiling as decideUnlock, type Exception } from './filing.ts'
import { tellBody } from './tell.ts'

/** 准许下一次带错报送，写明理由。 */
export const allowErrors = (deps: Deps, actor: Actor, { reason, ...key }: FilingKey & { reason: string }): Promise<FilingChanged> =>
  changeFiling(
    deps,
    actor,
    'filing.review',
    key,
    (_, { state }) => decideAllow(state, { on: deps.clock.today(), reason }),
    (tx, { version }) => tellBody(tx, key, { what: `allowed/${version}`, title: `${key.year} 年度报告可以带错报送一次`, note: reason.trim() }, deps.clock.now()),
  )

/** 解锁，写明理由；此后机关可以报更正版。 */
export const unlockFiling = (deps: Deps, actor: Actor, { reason, ...key }: FilingKey & { reason: string }): Promise<FilingChanged> =>
  changeFiling(
    deps,
    actor,
    'filing.review',
    key,
    (_, { state }) => decideUnlock(state, { on: deps.clock.today(), reason }),
    (tx, { version }) => tellBody(tx, key, { what: `unlocked/${version}`, title: `${key.year} 年度报告已解锁`, note: reason.trim() }, deps.clock.now()),
  )

/** 免报、加报，写明理由；公开的登记簿上也写。 */
export const exceptFiling = (deps: Deps, actor: Actor, { kind, reason, ...key }: FilingKey & { kind: Exception; reason: string }): Promise<FilingChanged> =>
  changeFiling(
    deps,
    actor,
    'filing.review',
    key,
    async (tx, { state }) => decideExcept(state, { on: deps.clock.today(), kind, reason, owes: owesReport(await getBody(tx, key.bodyId), key.year) }),
    (tx, { version }) =>
      tellBody(tx, key, { what: `excepted/${version}`, title: kind === 'exempt' ? `${key.year} 年度报告免报` : `${key.year} 年度报告须报送`, note: reason.trim() }, deps.clock.now()),
  )

export const endException = (deps: Deps, actor: Actor, { reason, ...key }: FilingKey & { reason: string }): Promise<FilingChanged> =>
  changeFiling(
    deps,
    actor,
    'filing.review',
    key,
    (_, { state }) => decideEnd(state, { on: deps.clock.today(), reason }),
    (tx, { version }) => tellBody(tx, key, { what: `unexcepted/${version}`, title: `${key.year} 年度报告：撤销免报、加报`, note: reason.trim() }, deps.clock.now()),
  )

/** 机关补记在别处公布的网址与日期。 */
export const tellPublication = (deps: Deps, actor: Actor, { publishedOn, url, ...key }: FilingKey & { publishedOn: PlainDate; url: string }): Promise<FilingChanged> =>
  changeFiling(deps, actor, 'report.file', key, (_, { state }) => decideTell(state, { on: deps.clock.today(), publishedOn, url }))
