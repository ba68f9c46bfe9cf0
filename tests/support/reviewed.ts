import { getItem } from '../../src/catalogue/index.ts'
import { actOnItem, aDraftItem, runPrecheck, saveWords } from '../../src/catalogue/testing-drafts.ts'
import type { ItemStep } from '../../src/catalogue/testing-drafts.ts'
import type { Deps } from '../../src/platform/deps.ts'
import { newId } from '../../src/platform/id.ts'
import type { Street } from './street.ts'

type Given = Readonly<Record<string, string>>
const WAY: readonly (readonly [ItemStep, keyof Street['staff'], Given])[] = [
  ['submit', 'officer', {}],
  ['check', 'unitHead', { opinion: '属实' }],
  ['secrecy-review', 'secrecy', { result: 'pass', opinion: '' }],
  ['approve', 'head', {}],
  ['publish', 'publisher', {}],
]

/** 去公开的路上各处各有一条：预检不过的、等审查的、等批准的、等发布的、公开了的；一个词。 */
export async function reviewed(deps: Deps, { bodyId, staff }: Street) {
  const draft = (title: string, html?: string) => aDraftItem(deps, staff.officer, bodyId, { title, ...(html === undefined ? {} : { html }) })
  async function advance(title: string, steps: number): Promise<string> {
    const { itemId } = await draft(title)
    for (const [step, post, given] of WAY.slice(0, steps)) {
      const { version } = await getItem(deps.db, bodyId, itemId)
      const answer = await actOnItem(deps, staff[post], { bodyId, itemId, seen: version, step, given: (name) => given[name] ?? '' })
      if (!answer.ok) throw new Error(`${step}：${answer.refusal}`)
    }
    return itemId
  }
  const blocked = await draft('社会救助对象名单公示', '<p>联系人证件号 11010519491231002X；截止目前，内部资料</p>')
  await runPrecheck(deps, staff.officer, { bodyId, itemId: blocked.itemId })
  const wordId = newId()
  await saveWords(deps, staff.head, { bodyId, words: [{ wordId, kind: 'person', wrong: '主任张三', right: '主任李四', severity: 'warn', note: '' }] })
  return {
    blocked: blocked.itemId, wordId,
    secrecy: await advance('便民服务事项目录', 2), approve: await advance('临时救助标准', 3), publish: await advance('防汛应急预案', 4), published: await advance('机构职能', 5),
  }
}
export type Reviewed = Awaited<ReturnType<typeof reviewed>>
