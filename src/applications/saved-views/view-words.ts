import { listHolders } from '../../identity/index.ts'
import type { ListQuery } from '../../platform/html/index.ts'
import type { Tx } from '../../platform/db.ts'
import { APPLICANT_KINDS } from '../events.ts'
import { HANDLER_ROLES } from '../handlers-of.ts'
import { DUE_RANGES, STATUS_OPTIONS } from '../desk/list-spec.ts'

const SORTS: Readonly<Record<string, string>> = { dueOn: '应当答复之日', receivedOn: '收到之日', decidedOn: '作出决定之日', regNo: '登记号' }

/** 筛选的条件用中文说，如「办到：征求意见；承办：李某；按收到之日倒序」。 */
export function viewWords({ q, filters, sort, descending }: ListQuery, handlers: ReadonlyMap<string, string>): string {
  const words: readonly (readonly [string, string | undefined])[] = [
    ['登记号', q === '' ? undefined : q],
    ['办到', named(STATUS_OPTIONS, filters['status'])],
    ['申请人', named(APPLICANT_KINDS, filters['kind'])],
    ['期限', named(DUE_RANGES, filters['due'])],
    ['承办', filters['handler'] === undefined ? undefined : filters['handler'] === 'none' ? '还没有分派' : (handlers.get(filters['handler']) ?? '已不在本机关')],
    ['收到自', filters['from']],
    ['收到至', filters['to']],
  ]
  const conditions = words.flatMap(([label, text]) => (text === undefined ? [] : [`${label}：${text}`]))
  return [...(conditions.length > 0 ? conditions : ['全部']), `按${SORTS[sort] ?? ''}${descending ? '，后的在前' : '，先的在前'}`].join('；')
}

const named = (words: Readonly<Record<string, string>>, key: string | undefined): string | undefined => (key === undefined ? undefined : words[key])

export const handlersHere = (tx: Tx, bodyId: string) => listHolders(tx, bodyId, HANDLER_ROLES)
