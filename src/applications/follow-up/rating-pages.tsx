import { DataTable, DeskPage, Form, Notice, PortalPage, RadioGroup, TextArea } from '../../platform/html/index.ts'
import type { FormState, ListQuery } from '../../platform/html/index.ts'
import { CHANGE_DAYS, MOST_WORDS, SCORES } from './rating.ts'
import type { MonthRatings, Rating, RatingWords } from './rating.ts'
import { TRACK_CRUMBS } from './track-follow-pages.tsx'

/** 申请人评价这一件的办理。 */
export const RatePage = ({ regNo, given, state }: { regNo: string; given: Rating | null; state: FormState }) => (
  <PortalPage title={`评价 ${regNo} 的办理`} heading="评价办理" crumbs={TRACK_CRUMBS} lead={`评价不公开，也不影响您的权利；${CHANGE_DAYS} 日内可以改。`}>
    <Form action="/applications/track/rating" submit="交评价" cancel={{ href: '/applications/track/case' }} state={state}>
      <RadioGroup name="score" label="您对这件申请的办理" required options={Object.entries(SCORES).map(([value, label]) => ({ value, label }))} value={given?.score} />
      <TextArea
        name="words"
        label="您想说的"
        rows={5}
        maxLength={MOST_WORDS}
        value={given?.words ?? ''}
        hint={`至多 ${MOST_WORDS} 个字。加密存放，只有受理机关的信息公开工作机构看得到，列出时不带登记号；对答复不服的，请按答复书所写申请行政复议、提起诉讼，不在这里处理。`}
      />
    </Form>
  </PortalPage>
)

export interface RatingsModel {
  years: readonly number[]
  year: number
  months: readonly MonthRatings[]
  words: readonly RatingWords[]
  total: number
  query: ListQuery
  canExport: boolean
}

const PATH = '/desk/applications/ratings'

/** 工作台：各月的评价与申请人所写的话，不带登记号与承办人。 */
export const RatingsPage = ({ years, year, months, words, total, query, canExport }: RatingsModel) => (
  <DeskPage title="申请人的评价" crumbs={[{ label: '在办申请', href: '/desk/applications' }]} lead="办结之后由申请人在查询页评价，不公开。用来改进工作，不用来追查是谁所写。">
    {years.length === 0 ? (
      <Notice tone="info" title="还没有评价">
        答复送达、办结之后，申请人在查询页可以评价；当面、邮寄申请而没有查询码的，评不了。
      </Notice>
    ) : (
      <>
        <nav className="tabs" aria-label="年度">
          <ul>
            {years.map((each) => (
              <li key={each}>
                <a href={`${PATH}?year=${each}`} aria-current={each === year ? 'page' : undefined}>
                  {each} 年
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <DataTable
          caption={`${year} 年各月的评价`}
          showCaption
          columns={[
            { key: 'month', label: '月份', nowrap: true, render: (row: MonthRatings) => row.month },
            ...Object.entries(SCORES).map(([key, label]) => ({ key, label, unit: '件', align: 'end' as const, render: (row: MonthRatings) => row[key as keyof typeof SCORES] })),
            { key: 'all', label: '合计', unit: '件', align: 'end' as const, render: (row: MonthRatings) => row.satisfied + row.basic + row.dissatisfied },
          ]}
          rows={months}
          rowKey={(row) => row.month}
          empty={{ title: `${year} 年没有评价` }}
        />
        {canExport && months.length > 0 && (
          <p>
            <a href={`${PATH}.csv?year=${year}`}>导出各月的件数（CSV）</a>，不含所写的话。
          </p>
        )}
        <section className="section" aria-labelledby="words">
          <h2 id="words">申请人所写</h2>
        <DataTable
          caption={`${year} 年申请人所写的话`}
          columns={[
            { key: 'ratedOn', label: '评价之日', nowrap: true, render: (row: RatingWords) => row.ratedOn },
            { key: 'score', label: '评价', nowrap: true, render: (row) => SCORES[row.score] },
            { key: 'words', label: '所写', render: (row) => row.words },
          ]}
          rows={words}
          rowKey={(row) => row.key}
          list={{ query, total, filters: [{ kind: 'select', name: 'year', label: '年度', options: years.map((each) => ({ value: String(each), label: `${each} 年` })) }, { kind: 'select', name: 'score', label: '评价', options: Object.entries(SCORES).map(([value, label]) => ({ value, label })) }] }}
          empty={{ title: `${year} 年没有人写话`, children: '评价时写话是选填的。' }}
        />
        </section>
      </>
    )}
  </DeskPage>
)
