import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { aBody, aDistrict } from '../../bodies/testing.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import { testDb } from '../../platform/testing.ts'
import { OUTCOMES } from '../../statute/outcomes.ts'
import type { Outcome } from '../../statute/outcomes.ts'
import { CHANNELS } from '../../statute/receipt.ts'
import type { Channel } from '../../statute/receipt.ts'
import { APPLICANT_KINDS } from '../events.ts'
import type { ApplicantKind } from '../events.ts'
import { anApplication, buildPackage, requestPackage } from '../testing.ts'
import { findArchive } from './archive-store.ts'
import { checkPackage } from './package/index.ts'
import { openPackage } from './package-file.ts'

const { db, deps } = testDb()
let bodyId = ''
beforeAll(async () => {
  await aDistrict(deps)
  bodyId = (await aBody(deps, { code: 'sljd', name: '示例街道办事处', kind: 'street', codeWord: '示街办' })).bodyId
})

const keysOf = <T extends string>(table: Readonly<Record<T, unknown>>): T[] => Object.keys(table) as T[]
const days = fc.integer({ min: 1, max: 28 }).map((day) => `2025-03-${String(day).padStart(2, '0')}`)
/** 从登记到答复的一件：各种渠道、申请人、结果，或有补正、征求、延期、收费。 */
const aCase = fc.record({
  receivedOn: days,
  channel: fc.constantFrom<Channel | null>(null, ...keysOf<Channel>(CHANNELS)),
  applicantKind: fc.constantFrom(...keysOf<ApplicantKind>(APPLICANT_KINDS)),
  content: fc.string({ unit: fc.constantFrom('申', '请', 'A', ' ', '<', '&', '"', '😀', '\n'), minLength: 1, maxLength: 40 }).map((text) => `关于${text}的文件`),
  note: fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((text) => text.replaceAll(/\p{Cc}/gu, ''))),
  supplementAskedOn: fc.option(fc.constant('2025-04-01')),
  consultSentOn: fc.option(fc.constant('2025-04-08')),
  extensionDays: fc.constantFrom(0, 20),
  feeAmount: fc.constantFrom(0, 12300),
  outcome: fc.option(fc.constantFrom(...keysOf<Outcome>(OUTCOMES))),
})

test('the package of any case verifies, and is the same when made again', async () => {
  await fc.assert(
    fc.asyncProperty(aCase, async ({ outcome, supplementAskedOn, consultSentOn, note, ...rest }) => {
      const caseId = await anApplication(deps, bodyId, {
        ...rest,
        note: note === '' ? null : note,
        supplementAskedOn,
        supplementedOn: supplementAskedOn === null ? null : '2025-04-07',
        consultWith: consultSentOn === null ? null : 'THIRD_PARTY',
        consultSentOn,
        consultReturnedOn: consultSentOn === null ? null : '2025-04-20',
        ...(outcome === null ? {} : { outcome, decidedOn: '2025-05-06', servedOn: '2025-05-08', docNo: null }),
      })
      const hashes: (string | null)[] = []
      for (const _ of [1, 2]) {
        await requestPackage(deps, { kind: 'system', name: 'testing' }, { bodyId, caseId })
        await buildPackage(deps, { bodyId, caseId })
        const archive = await findArchive(db, { bodyId, caseId })
        expect([archive?.state, archive?.message]).toEqual(['kept', null])
        const checked = await checkPackage(openPackage(deps.files, fieldKeys(deps.config.secretKey), { bodyId, caseId }, archive?.file_key ?? ''))
        expect(checked).toMatchObject({ ok: true, manifest: { packageHash: archive?.hash } })
        hashes.push(archive?.hash ?? null)
      }
      expect(hashes[0]).toBe(hashes[1])
    }),
    { numRuns: 12 },
  )
})
