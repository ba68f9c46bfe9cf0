import type { SignedInActor } from '../../src/identity/index.ts'
import type { Deps } from '../../src/platform/deps.ts'
import { cellsOf } from '../../src/statute/report-form.ts'
import { getFiling } from '../../src/annual-report/collection/filing-store.ts'
import { sentencesIn } from '../../src/annual-report/collection/marks.ts'
import { loadFiling } from '../../src/annual-report/collection/load-filing.ts'
import { openCollection } from '../../src/annual-report/collection/handle-many.ts'
import { returnFiling } from '../../src/annual-report/collection/review-filing.ts'
import { aFiledReport } from '../../src/annual-report/collection/testing.ts'
import { aReportFile } from '../../src/annual-report/collection/testing-desk.ts'
import { confirmUpload, uploadReport } from '../../src/annual-report/collection/upload-report.ts'

/** 可以去看的报送：2023 退回着（本系统报来），2022 有一份待核对、一份待报送的上传，2020 由文件报来两次，待审核。 */
export interface FilingsToVisit {
  /** 待逐格核对、待报送的上传 */
  uploads: { fresh: string; confirmed: string }
}

/** 给逐页的测试：示例街道的报送各在一步。 */
export async function filingsToVisit(deps: Deps, { bodyId, bodyName, officer, office }: { bodyId: string; bodyName: string; officer: SignedInActor; office: SignedInActor }): Promise<FilingsToVisit> {
  await openCollection(deps, office, 2025)
  const view = await loadFiling(deps.db, bodyId, 2023, deps.clock.today())
  if (view.current === null) throw new Error('2023 年度没有报来')
  const [sentence] = sentencesIn(view.current)
  const remarks = [{ cell: 'R1.T', sentence: null, text: '与台账核对' }, ...(sentence === undefined ? [] : [{ cell: null, sentence: sentence.text, text: '写明日期' }])]
  const returned = await returnFiling(deps, office, { bodyId, year: 2023, round: view.found.state.round, words: '请照标出之处修改', remarks })
  if (!returned.ok) throw new Error(`退回不成：${returned.refusal}`)
  await aFiledReport(deps, { bodyId, year: 2020, cells: { 'R1.N': 1, 'R3.1.N': 1 } })
  const { state } = await getFiling(deps.db, bodyId, 2020)
  await returnFiling(deps, office, { bodyId, year: 2020, round: state.round, words: '新收的件数请核', remarks: [] })
  await aFiledReport(deps, { bodyId, year: 2020, cells: { 'R1.N': 2, 'R3.1.N': 2 }, reply: '已核' })
  const zero = Object.fromEntries(cellsOf('2021').map((code) => [code, code === 'R1.N' ? null : 0]))
  const file = { name: '2022年度报告.json', bytes: await aReportFile({ bodyName, year: 2022, cells: zero }) }
  const ids: string[] = []
  for (let i = 0; i < 2; i++) {
    const sent = await uploadReport(deps, officer, { bodyId, year: 2022, file })
    if (!sent.ok) throw new Error(`上传不成：${sent.refusal}`)
    ids.push(sent.uploadId)
  }
  const [fresh = '', confirmed = ''] = ids
  await confirmUpload(deps, officer, { bodyId, year: 2022, uploadId: confirmed, entries: new Map(cellsOf('2021').map((code) => [code, '0'])) })
  return { uploads: { fresh, confirmed } }
}
