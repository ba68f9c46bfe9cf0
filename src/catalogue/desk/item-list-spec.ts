import { parseListQuery } from '../../platform/html/index.ts'
import type { ListQuery, ListSpec } from '../../platform/html/index.ts'
import { addCalendarDays } from '../../statute/plain-date.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { ATTRIBUTES, ITEM_STATUSES } from '../item.ts'
import type { Attribute, ItemStatus } from '../item.ts'
import { isPublicationCode, PUBLICATION_CODES } from '../publication-codes.ts'
import type { ItemFilter, ItemSort } from './list-items.ts'

export const DUE_RANGES = { late: '过了期限没有公开', week: '七天之内到期' } as const
export const ATTRIBUTE_OPTIONS: Readonly<Record<string, string>> = { ...ATTRIBUTES, none: '还没有定' }

const SPEC = {
  sorts: ['updated', 'formedOn', 'dueOn'],
  defaultSort: '-updated',
  filters: { status: Object.keys(ITEM_STATUSES), attribute: Object.keys(ATTRIBUTE_OPTIONS), code: Object.keys(PUBLICATION_CODES), year: 'year', due: Object.keys(DUE_RANGES) },
} as const satisfies ListSpec

export const parseItemList = (url: string): ListQuery => parseListQuery(url, SPEC)
export const sortOf = ({ sort }: ListQuery): ItemSort => (sort === 'formedOn' || sort === 'dueOn' ? sort : 'updated')

const isStatus = (text: string | undefined): text is ItemStatus => text !== undefined && Object.hasOwn(ITEM_STATUSES, text)
const isAttribute = (text: string | undefined): text is Attribute => text !== undefined && Object.hasOwn(ATTRIBUTES, text)

const WEEK = 7

/** 地址里的条件所指的信息。 */
export function itemFilterOf({ q, filters }: ListQuery, { bodyId, today }: { bodyId: string; today: PlainDate }): ItemFilter {
  const { status, attribute, code, year, due } = filters
  return {
    bodyId,
    ...(q === '' ? {} : { text: q }),
    ...(isStatus(status) ? { status } : {}),
    ...(isAttribute(attribute) || attribute === 'none' ? { attribute } : {}),
    ...(code !== undefined && isPublicationCode(code) ? { code } : {}),
    ...(year === undefined ? {} : { year: Number(year) }),
    ...(due === 'late' ? { lateOn: today } : due === 'week' ? { dueBy: addCalendarDays(today, WEEK) } : {}),
  }
}
