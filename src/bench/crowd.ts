/** 发一个请求；在测试里直接交给应用，在量测里经 HTTP。 */
export type Ask = (path: string, init: { method?: string; headers: Record<string, string>; body?: string }) => Promise<{ status: number; location: string; text: string }>

export interface Officer {
  cookie: string
  accountId: string
}

export interface CrowdResult {
  /** 答复「已办」的件数，各案合计 */
  acknowledged: number
  /** 被告知他人先办了的 */
  told: number
  /** 登记成的各件的案号 */
  registered: string[]
  /** 既不是办成、也没有说明的答复 */
  wrong: string[]
}

const TAKEN = '他人刚才办过这件申请'
const FORM = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }

/**
 * 许多人一齐办同一批申请：各人每轮打开一件的「分派」，照所见的版本交上去；另各登记一件新的。
 * 有人先办了的，须得到 409 与说明。
 */
export async function crowd(
  ask: Ask,
  { officers, cases, rounds, newId, today }: { officers: readonly Officer[]; cases: readonly string[]; rounds: number; newId: () => string; today: string },
): Promise<CrowdResult> {
  const result: CrowdResult = { acknowledged: 0, told: 0, registered: [], wrong: [] }
  const work = async ({ cookie, accountId }: Officer, who: number): Promise<void> => {
    for (let round = 0; round < rounds; round++) {
      const path = `/desk/applications/${cases[(who + round) % cases.length] ?? ''}/assign`
      const page = await ask(path, { headers: { cookie } })
      const version = /name="version" value="(\d+)"/.exec(page.text)?.[1]
      if (page.status !== 200 || version === undefined) {
        result.wrong.push(`GET ${page.status}`)
        continue
      }
      const answer = await ask(path, { method: 'POST', headers: { cookie, ...FORM }, body: new URLSearchParams({ version, to: accountId, on: today }).toString() })
      if (answer.status === 303) result.acknowledged += 1
      else if (answer.status === 409 && answer.text.includes(TAKEN)) result.told += 1
      else result.wrong.push(`POST ${answer.status}`)
    }
    const caseId = newId()
    const filled = { caseId, kind: 'N', channel: 'IN_PERSON', submittedOn: today, name: `演示申请人${who}`, contact: '13800000000', content: `第 ${who} 位经办人所登记的一件` }
    const answer = await ask('/desk/applications/new', { method: 'POST', headers: { cookie, ...FORM }, body: new URLSearchParams(filled).toString() })
    if (answer.status === 303) result.registered.push(caseId)
    else result.wrong.push(`登记 ${answer.status}`)
  }
  await Promise.all(officers.map(work))
  return result
}
