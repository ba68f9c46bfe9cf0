import { appParts } from '../../src/app-parts.ts'
import { createApp } from '../../src/app.tsx'
import { aBody, aDistrict } from '../../src/bodies/testing.ts'
import { cookieFor, createAccount } from '../../src/identity/testing.ts'
import type { Role } from '../../src/identity/index.ts'
import { testDb } from '../../src/platform/testing.ts'

const PEOPLE = {
  officer: ['own', 'disclosure-officer'],
  head: ['own', 'disclosure-head'],
  reviewer: ['own', 'secrecy-reviewer'],
  leader: ['own', 'leader'],
  publisher: ['own', 'publisher'],
  stranger: ['other', 'disclosure-officer'],
  district: ['office', 'district-office'],
  system: ['office', 'system-admin'],
  auditor: ['office', 'auditor'],
} as const satisfies Record<string, readonly [string, Role]>

export type Who = keyof typeof PEOPLE
export type Fields = Readonly<Record<string, string>>

/** 攻击者所见的整个应用：三个机构、各种岗位的人；在文件开头调用，再在 beforeAll 里 settle。 */
export function attackGround() {
  const { db, deps, setToday } = testDb()
  const app = createApp(deps, appParts(deps))
  const cookies = new Map<Who, string>()
  const bodies = new Map<string, string>()

  const settle = async (): Promise<void> => {
    await aDistrict(deps)
    for (const code of ['own', 'other', 'office']) bodies.set(code, (await aBody(deps, { code, name: `示例${code}局`, codeWord: '示' })).bodyId)
    for (const [who, [code, role]] of Object.entries(PEOPLE)) {
      const person = await createAccount(db, { name: `atk.${who}`, displayName: `示例${who}`, bodyId: bodies.get(code) ?? '', roles: [role] })
      cookies.set(who as Who, await cookieFor(db, person, deps.clock.now()))
    }
  }
  const headers = (who?: Who): Record<string, string> => ({
    'sec-fetch-site': 'same-origin',
    ...(who === undefined ? {} : { cookie: cookies.get(who) ?? '' }),
  })
  return {
    db,
    deps,
    app,
    setToday,
    settle,
    headers,
    bodyId: (code: 'own' | 'other' | 'office') => bodies.get(code) ?? '',
    get: async (path: string, who?: Who) => app.request(path, { headers: headers(who) }),
    post: async (path: string, fields: Fields | FormData, who?: Who) =>
      app.request(path, { method: 'POST', headers: headers(who), body: fields instanceof FormData ? fields : new URLSearchParams(fields) }),
  }
}
