import { DeskPage, Notice, Sheet, Tag } from '../../platform/html/index.ts'
import { HOME, hrefOf } from '../desk/hrefs.ts'
import { CARRIED_GROUPS } from './list-carried.ts'
import type { CarryOver } from './list-carried.ts'

/** 上年年末没有审结的，本年的去向；上年报告计了而记录里没有的，指名道数。 */
export function CarryOverPage({ year, thisYear, groups }: { year: number; thisYear: number; groups: readonly CarryOver[] }) {
  const none = groups.every(({ cases, filed }) => cases.length === 0 && (filed ?? 0) === 0)
  const reported = groups.some(({ filed }) => filed !== null)
  return (
    <DeskPage title={`${year - 1} 年未结案件的去向`} crumbs={[{ label: '复议诉讼', href: HOME }]} lead={`${year - 1} 年年末没有审结的复议、诉讼，${year} 年或者有了结果，或者仍未审结，都应当在记录里。`}>
      <div className="chips">
        <p>
          <a href={`${HOME}/carry-over?year=${year - 1}`}>看 {year - 1} 年的</a>
          {year < thisYear && <a href={`${HOME}/carry-over?year=${year + 1}`}>看 {year + 1} 年的</a>}
        </p>
      </div>
      {!reported && <Notice tone="info" title={`没有 ${year - 1} 年的年度报告可比，只列记录里的`} />}
      {none ? <Notice tone="ok" title={`${year - 1} 年年末没有未审结的案件`} /> : <div className="stack">{groups.map((group) => <GroupSheet key={group.group} {...group} year={year} />)}</div>}
    </DeskPage>
  )
}

function GroupSheet({ group, filed, cases, missing, year }: CarryOver & { year: number }) {
  if (cases.length === 0 && (filed ?? 0) === 0) return null
  return (
    <Sheet title={CARRIED_GROUPS[group]}>
      {missing > 0 && (
        <Notice tone="warn" title={`${year - 1} 年的报告写着尚未审结 ${filed ?? 0} 件，记录里只有 ${cases.length} 件，${missing} 件没有去向`}>
          补登这些案件与其结果；上年报告写错了的，更正上年的报告。<a href={`${HOME}/new`}>登记案件</a>
        </Notice>
      )}
      {missing < 0 && (
        <Notice tone="warn" title={`${year - 1} 年的报告写着尚未审结 ${filed ?? 0} 件，记录里有 ${cases.length} 件，多出 ${-missing} 件`}>
          报告之后补登、更正过的；核对收到与审结的日子，确是上年漏计的，更正上年的报告。
        </Notice>
      )}
      {missing === 0 && filed !== null && <p>与 {year - 1} 年的报告相符，{filed} 件都有去向。</p>}
      {cases.length > 0 && (
        <div className="datatable">
          <table className="list">
            <caption className="vh">{CARRIED_GROUPS[group]}，各件的去向</caption>
            <thead>
              <tr>
                <th scope="col">案号</th>
                <th scope="col">收到</th>
                <th scope="col">{year} 年的去向</th>
              </tr>
            </thead>
            <tbody>
              {cases.map(({ id, caseNo, receivedOn, endedOn, result }) => (
                <tr key={id}>
                  <th scope="row">
                    <a href={hrefOf(id)}>{caseNo}</a>
                  </th>
                  <td data-label="收到">{receivedOn}</td>
                  <td data-label="去向">{endedOn === null ? <Tag tone="wait">仍未审结</Tag> : `${endedOn} ${result ?? ''}`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Sheet>
  )
}
