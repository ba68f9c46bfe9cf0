import { findByIndexNo, itemPath } from '../../catalogue/index.ts'
import type { ActionContext } from './complaint-action.ts'
import type { Complaint, Link } from './complaint.ts'
import { findDisputed } from './find-barred.ts'

/** 可以指到的记录。 */
export const LINK_KINDS = { application: '政府信息公开申请', item: '公开的信息', redo: '据以重新答复、更正的', problem: '列入的问题与改进', other: '其他记录' } as const satisfies Record<Link['kind'], string>
export const isLinkKind = (text: string): text is Link['kind'] => Object.hasOwn(LINK_KINDS, text)

/** 由号码找所指的记录；申请、公开的信息须真有，其余照所写的记。没有的为 null。 */
export async function toLink({ tx, ref }: Pick<ActionContext, 'tx' | 'ref'>, { aboutBodyId }: Pick<Complaint, 'aboutBodyId'>, kind: Link['kind'], number: string): Promise<Link | null> {
  const label = number.trim()
  switch (kind) {
    case 'application':
    case 'redo': {
      const found = await findDisputed(tx, aboutBodyId, label)
      if (found === null) return kind === 'redo' ? { kind, label, href: null } : null
      return { kind, label: found.regNo, href: aboutBodyId === ref.bodyId ? `/desk/applications/${found.caseId}` : null }
    }
    case 'item': {
      const { items } = await findByIndexNo(tx, label)
      const [item] = items
      return item === undefined ? null : { kind, label: item.indexNo, href: itemPath(item.indexNo) }
    }
    case 'problem':
    case 'other':
      return { kind, label, href: null }
  }
}
