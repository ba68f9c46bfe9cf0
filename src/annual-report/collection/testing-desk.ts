import { appParts } from '../../app-parts.ts'
import { createApp } from '../../app.tsx'
import type { Role, SignedInActor } from '../../identity/index.ts'
import { cookieFor, createAccount } from '../../identity/testing.ts'
import type { Deps } from '../../platform/deps.ts'
import { renderReport } from '../editions/report-files.ts'
import type { Narrative } from '../narrative/narrative.ts'
import type { ReportModel } from '../editions/report-model.ts'

/** 测试里的工作台：几个人，各以自己的会话进出；只供测试。 */
export function aDesk(deps: Deps) {
  const app = createApp(deps, appParts(deps))
  const people = new Map<string, SignedInActor>()
  const headers = async (who: string | null): Promise<Record<string, string>> => {
    const person = who === null ? undefined : people.get(who)
    return { ...(person !== undefined && { cookie: await cookieFor(deps.db, person, deps.clock.now()) }), 'sec-fetch-site': 'same-origin' }
  }
  return {
    app,
    people,
    hire: async (name: string, bodyId: string, roles: readonly Role[]) => {
      people.set(name, await createAccount(deps.db, { name: `f.${name}`, displayName: `${name}（演示）`, bodyId, roles, at: deps.clock.now() }))
    },
    get: async (path: string, who: string | null = null): Promise<Response> => app.request(path, { headers: await headers(who) }),
    post: async (path: string, who: string, fields: Readonly<Record<string, string>> = {}): Promise<Response> =>
      app.request(path, { method: 'POST', headers: { ...(await headers(who)), 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields).toString() }),
    upload: async (path: string, who: string, file: { name: string; bytes: Uint8Array | string }): Promise<Response> => {
      const form = new FormData()
      form.set('file', new File([Buffer.from(file.bytes)], file.name))
      return app.request(path, { method: 'POST', headers: await headers(who), body: form })
    },
  }
}

export const NARRATIVE: Narrative = {
  introduction: '本报告依据条例第五十条编制，统计期自{年}年1月1日至{年}年12月31日。',
  overview: {
    proactive: '{主动公开综述}{规范性文件综述}',
    requests: '{申请综述}{按期答复综述}',
    management: '落实先审查、后公开，公文起草时一并确定公开属性，年内核对指南与目录两次。',
    platform: '依托区门户网站的政府信息公开专栏集中发布，逐条核对栏目与附件。',
    supervision: '通过监督电话、信箱听取意见，年内未发生应当追究责任的情形。',
  },
  lastProblems: [],
  problems: [{ problem: '个别科室报送信息不及时', measure: '按月通报报送情况，逾期的由分管领导约谈科室负责人' }],
  others: { fees: '{信息处理费综述}', proposals: '年内没有承办建议提案。', fields: '社会救助信息按月公开到社区公示栏。', more: '' },
}

const under = (name: string, texts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [`${name}.${key}`, text]))

/** 上面的文字在表单里的各项。 */
export const NARRATIVE_FIELDS: Readonly<Record<string, string>> = {
  introduction: NARRATIVE.introduction,
  ...under('overview', { ...NARRATIVE.overview }),
  problems: String(NARRATIVE.problems.length),
  ...Object.assign({}, ...NARRATIVE.problems.map(({ problem, measure }, i) => under(`problems.${i}`, { problem, measure }))),
  ...under('others', { ...NARRATIVE.others }),
}

/** 一份可以上传的报告文件（本系统的 JSON）：数与名称照给的来。 */
export function aReportFile(input: Pick<ReportModel, 'bodyName' | 'year' | 'cells'> & Partial<ReportModel>): Promise<Uint8Array> {
  return renderReport(
    {
      bodyCode: 'elsewhere',
      self: '本机关',
      form: '2021',
      edition: 1,
      asOf: `${input.year}-12-31`,
      datedOn: `${input.year + 1}-01-10`,
      figures: { items: { total: 0, byKind: [] }, processingFee: { cases: 0, fen: 0 }, replies: { total: 0, onTime: 0 } },
      narrative: NARRATIVE,
      correctionReason: null,
      demo: false,
      ...input,
    },
    'json',
  )
}
