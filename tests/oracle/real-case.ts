import type { aDesk, Post } from '../../src/applications/testing-desk.ts'
import { newId } from '../../src/platform/id.ts'
import type { Day } from './days.ts'

export type Desk = Awaited<ReturnType<typeof aDesk>>

/** 案件页上看到的。 */
export interface Seen {
  status: string
  /** 大字的日期，或「期限暂停」；没有的为 null */
  due: Day | null
  /** 大字之下的一句 */
  words: string
  paused: number
  /** 可以点的各步 */
  offered: string[]
}

/** 打开案件页，读出来。 */
export async function openCase(desk: Desk, caseId: string, as: Post): Promise<Seen> {
  const html = await desk.pageOf(caseId, as)
  const due = /class="due-on">(?:<time dateTime="([\d-]+)"|期限暂停)/.exec(html)
  return {
    status: /class="head-status"><span class="tag[^"]*">([^<]+)</.exec(html)?.[1] ?? '',
    due: due === null ? null : (due[1] ?? '期限暂停'),
    words: /class="due-on">.*?<\/p>(?:<p>([^<]*)<\/p>)?/s.exec(html)?.[1] ?? '',
    paused: html.match(/<li class="paused/g)?.length ?? 0,
    offered: [...new Set([...html.matchAll(new RegExp(`href="/desk/applications/${caseId}/([a-z-]+)"`, 'g'))].map(([, name = '']) => name))],
  }
}

/** 拟一件文书，返回全文；拟不成的返回页上所写的缘故。 */
export async function draftLetter(desk: Desk, caseId: string, type: string, fields: Readonly<Record<string, string>>): Promise<{ ok: boolean; text: string }> {
  const letterId = newId()
  const form = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key === 'recipient' ? key : `fields.${key}`, value]))
  const drafted = await desk.post(`/desk/applications/${caseId}/letters/new/${type}`, { letterId, ...form })
  if (drafted.status !== 303) return { ok: false, text: await drafted.text() }
  const text = await (await desk.get(`/desk/applications/${caseId}/letters/${letterId}`)).text()
  return { ok: true, text: text.replaceAll(/<[^>]+>/g, '').replaceAll('&quot;', '"') }
}
