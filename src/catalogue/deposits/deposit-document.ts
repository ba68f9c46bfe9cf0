import { chineseDate } from '../../documents/index.ts'
import type { Document, Table } from '../../documents/index.ts'
import { depositNumber } from './deposit-store.ts'
import type { Deposit, DepositLine } from './deposit-store.ts'

const cell = (text: string | number, align: 'left' | 'center' | 'right' = 'left') => ({ text: String(text), align })
const head = (text: string) => ({ text, head: true, align: 'center' as const })

/** 移送清单（条例第二十五条）：名称、文号、日期、份数、接收单位、签收。撤回了的不列。 */
export function toDepositDocument(deposit: Deposit, lines: readonly DepositLine[], { bodyName, demo }: { bodyName: string; demo: boolean }): Document {
  const listed = deposit.state === 'handed' ? lines : lines.filter((line) => line.withdrawnOn === null)
  const copies = listed.reduce((sum, line) => sum + line.copies, 0)
  const table: Table = {
    caption: '移送清单',
    widths: [1.2, 7, 4, 2.8, 2.8, 1.3],
    headRows: 1,
    rows: [
      ['序号', '名称', '文号', '形成日期', '公开日期', '份数'].map(head),
      ...listed.map((line, i) => [cell(i + 1, 'center'), cell(line.title), cell(line.docNo ?? ''), cell(line.formedOn, 'center'), cell(line.publishedOn, 'center'), cell(line.copies, 'right')]),
      [{ text: '合计', colspan: 5, head: true, align: 'center' }, cell(copies, 'right')],
    ],
  }
  const signed: Table = {
    caption: '签收',
    widths: [2, 5, 2, 5],
    headRows: 0,
    rows: [
      [head('移送单位'), cell(bodyName), head('接收单位'), cell(deposit.recipient)],
      [head('移送人'), { text: '', lines: 2 }, head('签收人'), { text: deposit.receiver ?? '', lines: 2 }],
      [head('移送日期'), cell(deposit.handedOn === null ? '' : chineseDate(deposit.handedOn)), head('签收日期'), cell(deposit.handedOn === null ? '' : chineseDate(deposit.handedOn))],
    ],
  }
  return {
    title: '主动公开政府信息移送清单',
    issuer: bodyName,
    creator: bodyName,
    datedOn: deposit.handedOn ?? deposit.madeOn,
    demo,
    blocks: [
      { kind: 'paragraph', spans: [`编号：${depositNumber(deposit)}`], align: 'right', indent: false },
      { kind: 'paragraph', spans: [`根据《中华人民共和国政府信息公开条例》第二十五条，将 ${chineseDate(deposit.from)}至${chineseDate(deposit.to)}公开的政府信息 ${listed.length} 件（共 ${copies} 份）移送${deposit.recipient}。`], indent: true },
      { kind: 'table', table },
      { kind: 'table', table: signed },
    ],
  }
}
