import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readReport } from '../reading/read-bytes.ts'
import type { ReadReport } from '../reading/read-report.ts'
import { checkReport } from './check-report.ts'
import type { CheckContext } from './rule.ts'

export type FixtureName = 'wuchang-2024' | 'hongze-2023' | 'huaian-2024' | 'shuyang-fgj-2023'

/** 已公布的报告的文字，原样。 */
export const fixtureText = (name: FixtureName): string =>
  readFileSync(fileURLToPath(new URL(`./fixtures/${name}.txt`, import.meta.url)), 'utf8')

/** 由文字读出，走真的读取器。 */
export const readText = (text: string): Promise<ReadReport> => readReport(new TextEncoder().encode(text), 'report.txt')

export async function checkText(text: string, previous: string | null = null, context: CheckContext = {}) {
  return checkReport(await readText(text), previous === null ? null : await readText(previous), context)
}

/** 改文字的一处再核查；找不到要改的文字即错，免得测试落空。 */
export function edited(text: string, ...changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`原文没有「${from}」`)
    return before.replace(from, to)
  }, text)
}
