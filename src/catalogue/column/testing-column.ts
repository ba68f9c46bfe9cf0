import type { Actor } from '../../identity/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { checkChannel, publishPart, savePart } from './column-acts.ts'
import { hashPart, hashRow } from './column-content.ts'
import { listOf } from './column-parts.ts'
import type { PartContent, PartName } from './column-parts.ts'
import { findOpenVersion } from './column-store.ts'

/** 一份写全了的指南，供测试与演示；各栏可换。 */
export const aGuide = (fields: Record<string, string> = {}): PartContent => ({
  fields: {
    classes: '分为主动公开的和依申请公开的。',
    arrangement: '每条信息有一个索引号。',
    access: '在本网站查阅、下载。',
    office: '综合办公室',
    address: '示例路 1 号 301 室',
    hours: '工作日上午 9:00—12:00，下午 2:00—5:00',
    phone: '027-00000000',
    fax: '无',
    online: 'xxgk@example.gov.cn',
    intake: '网上、当面、邮寄都可以。',
    steps: '提出申请：写明所需信息\n答复：二十个工作日内',
    fees: '不收取费用。',
    remedies: '可以向主管部门投诉、举报。',
    ...fields,
  },
  lists: {},
})

export const anInstitution = (fields: Record<string, string> = {}, head = '示例甲'): PartContent => ({
  fields: { duties: '负责示例事务。', address: '示例路 1 号', postcode: '430000', hours: '工作日 9:00—17:00', phone: '027-00000001', fax: '', online: '', ...fields },
  lists: { leaders: [{ name: head, post: '主任', charge: '主持全面工作' }], departments: [{ name: '综合科', duties: '综合协调', phone: '' }] },
})

export const aChannel = (row: Record<string, string> = {}): Record<string, string> => ({ name: '武汉市民热线', use: '咨询、求助、投诉、举报、建议', phone: '12345', url: '', qr: '', address: '', hours: '', ...row })
export const channelsOf = (...rows: Record<string, string>[]): PartContent => ({ fields: {}, lists: { channels: rows } })

/** 两个人各办各的，直到公布。 */
export async function aShownPart(deps: Deps, { officer, head }: { officer: Actor; head: Actor }, input: { bodyId: string; part: PartName; content: PartContent }): Promise<void> {
  const { bodyId, part, content } = input
  const open = await findOpenVersion(deps.db, bodyId, part)
  const saved = await savePart(deps, officer, { bodyId, part, content, seen: open?.version ?? 0, submit: true })
  if (!saved.ok) throw new Error(`专栏送不了批：${JSON.stringify(saved)}`)
  const published = await publishPart(deps, head, { bodyId, part, hash: hashPart(part, content) })
  if (!published.ok) throw new Error(`专栏公布不了：${JSON.stringify(published)}`)
}

/** 各条渠道都核实一遍。 */
export async function checkChannels(deps: Deps, officer: Actor, bodyId: string, content: PartContent): Promise<void> {
  for (const row of listOf(content, 'channels')) {
    const answer = await checkChannel(deps, officer, { bodyId, hash: hashRow(row) })
    if (!answer.ok) throw new Error('渠道核实不了')
  }
}
