import { record } from '../../audit/index.ts'
import { actorKey, can, requirePermission, settleBehalf, standsInFor } from '../../identity/index.ts'
import type { Actor, Permit } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Tx } from '../../platform/db.ts'
import type { Deps } from '../../platform/deps.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { getApplication } from '../queries.ts'
import { lockArchive, queuePackage, saveAct } from './archive-store.ts'
import type { Archive, CaseRef } from './archive-store.ts'
import { findDispute } from './find-dispute.ts'
import type { ListDisputed } from './find-dispute.ts'
import { removeFilesLater } from './remove-files.ts'
import { isRetention, longerThan, retainUntil } from './retention.ts'

export const ARCHIVE_STEPS = {
  hold: { label: '保全', permit: 'archive.keep', done: '已保全：不去标识化、不销毁' },
  release: { label: '解除保全', permit: 'archive.keep', done: '已解除保全' },
  extend: { label: '延长保管期限', permit: 'archive.appraise', done: '已延长保管期限' },
  destroy: { label: '提出销毁', permit: 'archive.appraise', done: '已提出销毁，等另一人批准' },
  approve: { label: '批准销毁', permit: 'archive.approve', done: '已销毁，记入销毁清册' },
  return: { label: '不同意销毁', permit: 'archive.approve', done: '已退回，档案照旧保管' },
} as const satisfies Record<string, { label: string; permit: Permit; done: string }>

export type ArchiveStep = keyof typeof ARCHIVE_STEPS
export const isArchiveStep = (text: string): text is ArchiveStep => Object.hasOwn(ARCHIVE_STEPS, text)
export const ARCHIVE_STEP_NAMES = Object.keys(ARCHIVE_STEPS).filter(isArchiveStep)

const proposed = (a: Archive): boolean => a.destroy_because !== null && a.state !== 'destroyed'

const WHEN: Readonly<Record<ArchiveStep, (a: Archive, today: PlainDate, by: string) => boolean>> = {
  hold: (a) => a.state !== 'destroyed' && a.held_because === null,
  release: (a) => a.state !== 'destroyed' && a.held_because !== null,
  extend: (a) => a.state === 'kept' && a.archived_on !== null && longerThan(a.retention).length > 0 && !proposed(a),
  destroy: (a, today) => a.state === 'kept' && a.retain_until !== null && a.retain_until < today && a.held_because === null && a.deidentified_on !== null && !proposed(a),
  approve: (a, _, by) => proposed(a) && a.held_because === null && a.destroy_proposed_by !== by,
  return: (a) => proposed(a),
}

/** 此人此时可以办吗：有权、情况允许；销毁须本人的岗位提出，不能代行，免得委托的人再来批准。 */
export const isArchiveStepOffered = (step: ArchiveStep, archive: Archive, today: PlainDate, actor: Actor): boolean => {
  const { permit } = ARCHIVE_STEPS[step]
  return can(actor, permit, archive.body_id) && WHEN[step](archive, today, actorKey(actor)) && (step !== 'destroy' || standsInFor(actor, permit) === null)
}

export type ArchiveAnswer = { ok: true } | { ok: false; field: string; message: string }

/** 办鉴定、保全的一步：锁住、判断、记下、登记、留痕，同一事务。所见已落后的抛 `Conflict`。 */
export function actOnArchive(
  deps: Deps,
  actor: Actor,
  { seen, step, reason, retention, ...ref }: CaseRef & { seen: number; step: ArchiveStep; reason: string; retention: string },
  listDisputed: ListDisputed,
): Promise<ArchiveAnswer> {
  requirePermission(actor, ARCHIVE_STEPS[step].permit, ref.bodyId)
  return transaction(deps.db, async (tx): Promise<ArchiveAnswer> => {
    const archive = await lockArchive(tx, ref, seen)
    const [today, by] = [deps.clock.today(), actorKey(actor)]
    if (!isArchiveStepOffered(step, archive, today, actor)) return { ok: false, field: '', message: '这份档案现在不能办这一步' }
    const forWhom = standsInFor(actor, ARCHIVE_STEPS[step].permit, step === 'approve' && archive.destroy_proposed_by !== null ? [archive.destroy_proposed_by] : [])
    if (forWhom === undefined) return { ok: false, field: '', message: '委托您的人提出了销毁，您不能代他批准' }
    settleBehalf(actor, forWhom)
    if (reason.length < 2) return { ok: false, field: 'reason', message: '请写明理由，不少于二个字' }
    if (step === 'destroy' || step === 'approve') {
      const dispute = await findDispute(tx, ref, today, listDisputed)
      if (dispute !== null) return { ok: false, field: '', message: `${dispute}，不能销毁` }
    }
    const change = await CHANGES[step]({ tx, archive, ref, by, today, now: deps.clock.now(), reason, retention })
    if (!change.ok) return change
    await saveAct(tx, { ...ref, version: archive.version }, change.changes, { kind: change.kind, reason, by, on: today })
    await record(tx, actor, `archive.${change.kind}`, { bodyId: ref.bodyId, target: ref.caseId }, { reason })
    return { ok: true }
  })
}

interface Given {
  tx: Tx
  archive: Archive
  ref: CaseRef
  by: string
  today: PlainDate
  now: Date
  reason: string
  retention: string
}
type Change = { ok: true; kind: Parameters<typeof saveAct>[3]['kind']; changes: Parameters<typeof saveAct>[2] } | { ok: false; field: string; message: string }

const CHANGES: Readonly<Record<ArchiveStep, (given: Given) => Change | Promise<Change>>> = {
  hold: ({ reason, by }) => ({ ok: true, kind: 'held', changes: { held_because: reason, held_by: by } }),
  release: () => ({ ok: true, kind: 'released', changes: { held_because: null, held_by: null } }),
  extend: ({ archive, retention }) =>
    archive.archived_on === null || !isRetention(retention) || !longerThan(archive.retention).includes(retention)
      ? { ok: false, field: 'retention', message: '请选择比现在长的保管期限' }
      : { ok: true, kind: 'extended', changes: { retention, retain_until: retainUntil(archive.archived_on, retention) } },
  destroy: ({ reason, by }) => ({ ok: true, kind: 'destruction-proposed', changes: { destroy_because: reason, destroy_proposed_by: by } }),
  return: () => ({ ok: true, kind: 'destruction-returned', changes: { destroy_because: null, destroy_proposed_by: null } }),
  // 摘要、份数、大小留在清册里，只删文件
  approve: async ({ tx, archive, by, today, now }) => {
    await removeFilesLater(tx, archive.file_key === null ? [] : [archive.file_key], now)
    return { ok: true, kind: 'destroyed', changes: { state: 'destroyed', file_key: null, destroyed_by: by, destroyed_on: today } }
  },
}

/** 交办做、重做一件的档案包；已去标识化、已销毁的退回缘故。 */
export function requestPackage(deps: Deps, actor: Actor, ref: CaseRef): Promise<{ ok: true } | { ok: false; message: string }> {
  requirePermission(actor, 'archive.keep', ref.bodyId)
  return transaction(deps.db, async (tx) => {
    const { state } = await getApplication(tx, ref.bodyId, ref.caseId)
    const queued = await queuePackage(tx, ref, { archivedOn: state.archivedOn, by: actorKey(actor), at: deps.clock.now() })
    if (!queued) return { ok: false, message: '已去标识化或者已销毁，不能重做：工作库里已没有这一件的材料' }
    await record(tx, actor, 'archive.requested', { bodyId: ref.bodyId, target: ref.caseId })
    return { ok: true }
  })
}
