import type { Tx } from '../../platform/db.ts'
import { answerOf, listProblems, listRegister, measuresText } from '../../supervision/index.ts'
import type { Problem } from '../../supervision/index.ts'
import type { Safeguards } from '../tally/figures.ts'
import type { RegisteredProblem, Registers } from './narrative-fill.ts'

/** 起草正文要用的各登记；`safeguards` 为与表格同一时刻的数。 */
export async function loadRegisters(tx: Tx, bodyId: string, year: number, safeguards: Safeguards): Promise<Registers> {
  const [last, now, fields] = [await listProblems(tx, bodyId, year - 1), await listProblems(tx, bodyId, year), await listRegister(tx, bodyId, year, 'key-field')]
  return {
    safeguards,
    last: last.map(toRegistered),
    now: now.filter(({ state }) => state !== 'dropped').map(toRegistered),
    keyFields: fields.map(({ field, content }) => ({ field, content })),
  }
}

const toRegistered = (problem: Problem): RegisteredProblem => ({
  problemId: problem.problemId, problem: problem.content, answer: answerOf(problem), measure: measuresText(problem.measures), reportIndex: problem.source === 'report' ? Number(problem.sourceRef?.split('/')[1] ?? 0) || null : null,
})
