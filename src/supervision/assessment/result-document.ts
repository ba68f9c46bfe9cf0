import { chineseDate } from '../../documents/index.ts'
import type { Block, Document, Table } from '../../documents/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import type { Frozen, FrozenBody, FrozenScore } from './frozen.ts'
import { LEAST_SAMPLE } from './rank.ts'
import { pointsText, scaleWords } from './scale.ts'
import { SOURCES } from './source.ts'
import type { Origin } from './score.ts'
import { openLineWords } from './words.ts'

const head = (text: string) => ({ text, head: true, align: 'center' as const })
const cell = (text: string | number, align: 'left' | 'center' | 'right' = 'left') => ({ text: String(text), align })
const paragraph = (words: string): Block => ({ kind: 'paragraph', spans: [words], indent: true })

interface Issue {
  issuer: string
  on: PlainDate
  demo: boolean
  /** 还没有公布的，写明是试算 */
  preview: boolean
}

/** 考核结果：总表、各机关的得分、指标与计分办法；打印、存档、公布都用它。 */
export function toResultDocument({ inputs, scores }: Frozen, { issuer, on, demo, preview }: Issue): Document {
  const { title, bodies, basis } = inputs
  const names = new Map(bodies.map((body) => [body.bodyId, body]))
  return {
    title: `${title}结果${preview ? '（试算）' : ''}`,
    issuer,
    creator: issuer,
    datedOn: on,
    demo,
    blocks: [
      paragraph(`依据${basis}，对 ${scores.length} 个机关进行了考核。数取自 ${chineseDate(inputs.takenOn)}的记录；不适用的指标连同满分去掉，余下的折算为百分制。`),
      paragraph(rankingWords(inputs.ranking, scores)),
      { kind: 'table', table: totalTable(names, scores, scores.some(({ rank }) => rank !== null)) },
      ...excusedBlocks(bodies),
      { kind: 'heading', level: 1, text: '指标与计分办法' },
      { kind: 'table', table: indicatorTable(inputs) },
      { kind: 'heading', level: 1, text: '各机关的得分' },
      ...scores.flatMap((score): Block[] => [
        { kind: 'heading', level: 2, text: names.get(score.bodyId)?.name ?? '' },
        { kind: 'table', table: bodyTable(inputs, names.get(score.bodyId), score) },
      ]),
      { kind: 'signature', name: issuer, on },
    ],
  }
}

/** 排不排名，怎样说。 */
export function rankingWords(ranking: boolean, scores: readonly FrozenScore[]): string {
  if (!ranking) return '本年度不排名次。'
  return scores.some(({ rank }) => rank !== null) ? `样本不足 ${LEAST_SAMPLE} 的不排名次。` : `可以比较的机关不足 ${LEAST_SAMPLE} 个，不排名次。`
}

const totalTable = (names: ReadonlyMap<string, FrozenBody>, scores: readonly FrozenScore[], ranking: boolean): Table => ({
  caption: '考核得分',
  widths: ranking ? [1.2, 5, 3, 2, 1.5] : [1.2, 5, 3, 2],
  headRows: 1,
  rows: [
    ['序号', '机关', '得分与适用满分', '折算总分', ...(ranking ? ['名次'] : [])].map(head),
    ...scores.map((score, i) => [
      cell(i + 1, 'center'), cell(names.get(score.bodyId)?.name ?? ''), cell(`${pointsText(score.points)} / ${pointsText(score.applicable)}`, 'right'), cell(score.total === null ? '—' : pointsText(score.total), 'right'),
      ...(ranking ? [cell(score.rank ?? '—', 'center')] : []),
    ]),
  ],
})

function excusedBlocks(bodies: readonly FrozenBody[]): Block[] {
  const excused = bodies.filter((body) => body.excused !== null)
  return excused.length === 0 ? [] : [paragraph(`不参加考核的：${excused.map(({ name, excused: why }) => `${name}（${why ?? ''}）`).join('；')}。`)]
}

const indicatorTable = ({ indicators }: Frozen['inputs']): Table => ({
  caption: '指标与计分办法',
  // 竖排：标题不与表分在两页
  widths: [1, 3, 1.2, 5, 3],
  headRows: 1,
  rows: [
    ['代码', '指标', '满分', '计分办法', '依据'].map(head),
    ...indicators.map((each) => [
      cell(each.code, 'center'), cell(each.name), cell(pointsText(each.weight), 'right'),
      cell(each.kind === 'computed' ? `${SOURCES[each.source].label}：${scaleWords(each.scale, SOURCES[each.source].unit)}` : `评定：${each.how}`), cell(each.basis),
    ]),
  ],
})

// 一行写得下，一机关的表才不跨页
const SHORT: Record<Origin, string> = { computed: '算出', self: '自评', checked: '核查', decided: '复核', 'not-applicable': '不适用', unscored: '没有评' }

const bodyTable = ({ indicators }: Frozen['inputs'], body: FrozenBody | undefined, { lines }: FrozenScore): Table => ({
  caption: `${body?.name ?? ''}的得分`,
  widths: [6.5, 5.5, 2, 2, 2.5],
  headRows: 1,
  rows: [
    ['指标', '数', '得分', '满分', '由来'].map(head),
    ...lines.map((line, i) => {
      const indicator = indicators[i]
      const measured = body?.lines[i]?.measured ?? null
      return [cell(indicator?.name ?? ''), cell(indicator === undefined ? '' : openLineWords(indicator, measured, line.value)), cell(line.points === null ? '—' : pointsText(line.points), 'right'), cell(pointsText(indicator?.weight ?? 0), 'right'), cell(SHORT[line.origin], 'center')]
    }),
  ],
})
