import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { Unredactable, openSource } from '../../redaction/index.ts'
import type { SourceType, View } from '../../redaction/index.ts'
import { findPersonalTraces } from '../follow-up/personal-traces.ts'
import type { PersonalTrace } from '../follow-up/personal-traces.ts'
import { openAnswerDocument, toLines } from '../redaction-desk/index.ts'
import type { LoggedAttachment } from './tables.ts'

// 合同、批复里写着单位的代码、办公邮箱是寻常的，不算
const USUAL: readonly string[] = ['统一社会信用代码', '电子邮箱']
const TYPES: Readonly<Record<string, SourceType>> = { pdf: 'pdf', docx: 'docx', xlsx: 'xlsx', png: 'png', jpg: 'jpeg' }

/**
 * 拟随答复公布的文件里疑为个人信息的，头一份的；没有的为 null。给申请人本人的附件可能写着他自己，故公布之前再查。
 * 图片里的字读不出，只能靠人看；打不开的为 `unreadable`。
 */
export async function findAttachmentTraces(deps: Deps, { bodyId, caseId }: { bodyId: string; caseId: string }, attachments: readonly LoggedAttachment[]): Promise<{ file: string; traces: readonly PersonalTrace[] } | 'unreadable' | null> {
  for (const { documentId, name } of attachments) {
    const type = TYPES[name.split('.').at(-1) ?? '']
    if (type === undefined) continue
    const { bytes } = await openAnswerDocument(deps, { bodyId, caseId, documentId })
    const view = await read(bytes, type)
    if (view === null) return 'unreadable'
    const found = await findPersonalTraces(deps.db, fieldKeys(deps.config.secretKey), bodyId, [caseId], textOf(view))
    const traces = found.filter(({ what }) => !USUAL.includes(what))
    if (traces.length > 0) return { file: name, traces }
  }
  return null
}

async function read(bytes: Uint8Array, type: SourceType): Promise<View | null> {
  try {
    return (await openSource(bytes, type, 'ours')).view
  } catch (error) {
    if (error instanceof Unredactable) return null
    throw error
  }
}

// 一行里的字连着写：号码常被拆成几个词
const textOf = (view: View): string =>
  view.shape === 'blocks' ? view.blocks.map(({ text }) => text).join('\n') : view.pages.flatMap(({ words }) => toLines(words).map((line) => line.map((i) => words[i]?.text ?? '').join(''))).join('\n')
