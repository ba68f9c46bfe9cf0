import type { Hono } from 'hono'

let address = 0
/** 一位公众：记得 Cookie，各在各的地址。 */
export function aCitizen(app: Hono) {
  const jar = new Map<string, string>()
  const own = `203.0.113.${(address += 1)}`
  const keep = (response: Response): Response => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const [name = '', value = ''] = pair.split('=')
      if (/max-age=0/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }
  const headers = (): Record<string, string> => ({ cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '), 'sec-fetch-site': 'same-origin', 'x-forwarded-for': own })
  return {
    jar,
    get: async (path: string) => keep(await app.request(path, { headers: headers() })),
    post: async (path: string, fields: Record<string, string> = {}) =>
      keep(await app.request(path, { method: 'POST', headers: { ...headers(), 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields).toString() })),
    upload: async (path: string, files: readonly (readonly [string, string, Uint8Array<ArrayBuffer>])[], fields: Record<string, string> = {}) => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      for (const [field, name, bytes] of files) form.append(field, new Blob([bytes]), name)
      return keep(await app.request(path, { method: 'POST', headers: headers(), body: form }))
    },
  }
}
export type Citizen = ReturnType<typeof aCitizen>

export const PERSON = { name: '张三丰', idKind: '居民身份证', idNo: '11010519491231002X', contact: '138 0000 1234', postalAddress: '某市某区某路 1 号' }

/** 填完到「需要的帮助」一步，还没有附材料、没有提交。 */
export async function fillDraft(citizen: Citizen, base: string, content = '某小区加装电梯的批复'): Promise<void> {
  await citizen.post(`${base}/start`)
  const steps: [string, Record<string, string>][] = [
    ['who', { kind: 'N' }],
    ['person', PERSON],
    ['agent', { hasAgent: 'no' }],
    ['content', { content }],
    ['delivery', { way: '邮寄', carrier: '纸质' }],
    ['help', { assistance: 'reading' }],
  ]
  for (const [step, fields] of steps) {
    const response = await citizen.post(`${base}/${step}`, fields)
    if (response.status !== 303) throw new Error(`${step}：${response.status}`)
  }
}

/** 提交填好的草稿；返回登记号与查询码。 */
export async function submitDraft(citizen: Citizen, base: string): Promise<{ regNo: string; code: string }> {
  await citizen.post(`${base}/submit`)
  return receiptOf(await (await citizen.get(`${base}/done`)).text())
}

/** 凭条页上的登记号与查询码。 */
export const receiptOf = (html: string) => ({ regNo: /登记号<\/dt><dd><strong>([^<]+)/.exec(html)?.[1] ?? '', code: /查询码<\/dt><dd><strong>([^<]+)/.exec(html)?.[1] ?? '' })

export const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
