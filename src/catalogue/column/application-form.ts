import type { Body } from '../../bodies/index.ts'
import type { Block, Document, TableCell } from '../../documents/index.ts'
import type { PlainDate } from '../../statute/plain-date.ts'
import { fieldOf } from './column-parts.ts'
import type { PartContent } from './column-parts.ts'

const head = (text: string, colspan = 1): TableCell => ({ text, head: true, align: 'center', colspan })
const blank = (colspan = 1, lines = 1, text = ''): TableCell => ({ text, align: 'left', colspan, lines })

const table = (caption: string, rows: readonly (readonly TableCell[])[]): Block => ({ kind: 'table', table: { caption, widths: [1.2, 1.8, 1.2, 1.8], headRows: 0, rows } })
const heading = (text: string): Block => ({ kind: 'heading', level: 2, text })
const text = (line: string): Block => ({ kind: 'paragraph', spans: [line], indent: true })

/** 空白的政府信息公开申请表（领域参考附录 D 所列各栏）；不问用途（条例第二十七条），一表一事。 */
export function applicationForm(body: Pick<Body, 'name' | 'demo'>, guide: PartContent, on: PlainDate | null): Document {
  const where = ['address', 'phone', 'hours'].map((key) => fieldOf(guide, key)).filter((each) => each !== '').join('，')
  return {
    title: '政府信息公开申请表',
    issuer: body.name,
    creator: body.name,
    datedOn: on ?? '2019-05-15', // 没有公布指南的，写条例施行之日
    demo: body.demo,
    blocks: [
      text('公民填第一表，法人或者其他组织填第二表，其余各表都填。一张表写一件事；带有「＊」的必填，不全的本机关会告知补正（条例第二十九条、第三十条）。'),
      heading('一、申请人（公民）'),
      table('申请人（公民）', [
        [head('姓名＊'), blank(), head('联系电话＊'), blank()],
        [head('证件名称＊'), blank(), head('证件号码＊'), blank()],
        [head('联系地址'), blank(3)],
        [head('电子邮箱'), blank(), head('邮政编码'), blank()],
      ]),
      heading('二、申请人（法人或者其他组织）'),
      table('申请人（法人或者其他组织）', [
        [head('名称＊'), blank(3)],
        [head('统一社会信用代码＊'), blank(), head('法定代表人'), blank()],
        [head('联系人＊'), blank(), head('联系电话＊'), blank()],
        [head('联系地址'), blank(), head('电子邮箱'), blank()],
        [head('类型＊'), blank(3, 1, '□商业企业　□科研机构　□社会公益组织　□法律服务机构　□其他')],
      ]),
      heading('三、代理人（没有代理的不填）'),
      table('代理人', [[head('代理人'), blank(), head('证件号码'), blank()], [head('委托书'), blank(3, 1, '另附')]]),
      heading('四、申请公开的政府信息'),
      table('申请公开的政府信息', [
        [head('名称、文号或者便于查询的其他特征＊'), blank(3, 5)],
        [head('获取方式＊'), blank(3, 1, '□邮寄　□电子邮件　□网上获取　□当面领取　□查阅、抄录')],
        [head('载体形式＊'), blank(3, 1, '□纸质　□电子')],
        [head('需要的帮助'), blank(3, 1, '□阅读有困难　□视听有障碍　需要：')],
      ]),
      table('签名', [[head('申请人签名或者盖章'), blank(), head('日期'), blank(1, 1, '　　年　月　日')]]),
      ...(where === '' ? [] : [text(`交到：${body.name}，${where}。邮寄的，信封上请注明「政府信息公开申请」。`)]),
    ],
  }
}
