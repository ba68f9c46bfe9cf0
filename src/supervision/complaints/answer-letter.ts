import { chineseDate } from '../../documents/index.ts'
import type { Document } from '../../documents/index.ts'
import { MATTERS, OUTCOMES } from './complaint.ts'
import type { Complaint } from './complaint.ts'

const ended = (text: string): string => (/[。！？]$/u.test(text.trim()) ? text.trim() : `${text.trim()}。`)

/** 答复的初稿，由结论拟成。 */
export function answerWords({ receivedOn, matter, decision }: Pick<Complaint, 'receivedOn' | 'matter' | 'decision'>): string {
  if (decision === null) return ''
  const { outcome, grounds, measures } = decision
  const matterWords = matter === 'other' ? '您反映的事情' : `您反映的「${MATTERS[matter]}」`
  return [`您于${chineseDate(receivedOn)}提出的反映收悉。${matterWords}，经查，${OUTCOMES[outcome]}。`, ended(grounds), ...(measures === '' ? [] : [`整改：${ended(measures)}`])].join('\n')
}

/** 书面答复，信函格式；收信的人由取用的一方写上。没有答复的不能成文。 */
export function toAnswerDocument(complaint: Complaint, { bodyName, phone, recipient, demo }: { bodyName: string; phone: string; recipient: string; demo: boolean }): Document {
  const { answer } = complaint
  if (answer === null) throw new Error('还没有答复')
  const paragraphs = [...answer.text.split('\n'), '对办理情况不满意的，可以向上一级行政机关或者政府信息公开工作主管部门提出。'].filter((text) => text.trim() !== '')
  return {
    title: '关于反映事项的答复',
    issuer: bodyName,
    letterhead: { number: answer.docNo },
    creator: bodyName,
    datedOn: answer.on,
    demo,
    blocks: [
      { kind: 'paragraph', spans: [`${recipient}：`], indent: false },
      ...paragraphs.map((text) => ({ kind: 'paragraph', spans: [text] }) as const),
      { kind: 'signature', name: bodyName, on: answer.on },
      ...(phone === '' ? [] : [{ kind: 'note', text: `联系电话：${phone}；登记号：${complaint.regNo}` } as const]),
    ],
  }
}
