import './tables.ts'
import { can } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import { findBody } from '../../bodies/index.ts'
import type { Deps } from '../../platform/deps.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { hrefOf, sheetHref } from './scheme-acts.ts'
import { isSettled } from './sheet.ts'
import { listSchemes, listSheets } from './store.ts'

interface ToDo {
  title: string
  href: string
  dueOn: PlainDate | null
  note: string
}

/** 此人的考核：机关的自评、答复核查；区政务公开办的核查、复核、公布，各合为一项。 */
export async function assessmentToDos({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: SignedInActor): Promise<ToDo[]> {
  const { bodyId } = actor
  const isOffice = can(actor, 'assessment.manage', bodyId)
  if (!isOffice && !can(actor, 'assessment.fill', bodyId) && !can(actor, 'assessment.answer', bodyId)) return []
  const open = (await listSchemes(db, { drafts: false })).filter(({ state }) => state === 'open')
  const toDos: ToDo[] = []
  for (const { schemeId, year, title, selfBy } of open) {
    const sheets = await listSheets(db, schemeId)
    const own = sheets.find((sheet) => sheet.bodyId === bodyId)
    const code = own === undefined ? '' : ((await findBody(db, bodyId))?.code ?? '')
    if (own?.state === 'self') toDos.push({ title: `${title}：自评`, href: sheetHref(year, code), dueOn: selfBy, note: '逐项看所数的记录，再由负责人提交' })
    if (own?.state === 'checked' && own.appealBy !== null && own.appealBy >= clock.today()) toDos.push({ title: `${title}：答复核查`, href: sheetHref(year, code), dueOn: own.appealBy, note: '没有异议的确认，有异议的申诉' })
    if (!isOffice) continue
    const submitted = sheets.filter(({ state }) => state === 'submitted').length
    const appealed = sheets.filter(({ state }) => state === 'appealed').length
    if (submitted > 0) toDos.push({ title: `${title}：${submitted} 个机关待核查`, href: `${hrefOf(year)}?state=submitted`, dueOn: null, note: '' })
    if (appealed > 0) toDos.push({ title: `${title}：${appealed} 个机关待复核`, href: `${hrefOf(year)}?state=appealed`, dueOn: null, note: '' })
    if (sheets.length > 0 && sheets.every((sheet) => isSettled(sheet, clock.today()))) toDos.push({ title: `${title}：可以公布了`, href: `${hrefOf(year)}/publish`, dueOn: null, note: '各机关都办完了' })
  }
  return toDos
}
