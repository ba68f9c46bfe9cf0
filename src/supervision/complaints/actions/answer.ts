import { dayField } from '../../../applications/index.ts'
import { getBody } from '../../../bodies/index.ts'
import { formatNumber, nextNumber } from '../../../documents/index.ts'
import { yearOf } from '../../../statute/plain-date.ts'
import { answerWords } from '../answer-letter.ts'
import { A47, settled, unsettled } from '../complaint-action.ts'
import type { ComplaintAction } from '../complaint-action.ts'
import { WAYS } from '../complaint.ts'
import type { Way } from '../complaint.ts'
import { tellComplainant, tellFollowers } from '../tell-complainant.ts'

const isWay = (text: string): text is Way => Object.hasOwn(WAYS, text)

export const answer: ComplaintAction = {
  event: 'answered',
  label: '答复反映人',
  permit: 'complaint.handle',
  article: A47,
  done: '已答复；反映人在查询页看得到，可以评价',
  consequences: ['答复随即固定，不能再改', '书面的编定文号，打印盖章后寄送；留了邮箱而选电子邮件的，随即发出', '匿名的，答复只在查询页'],
  fields: (complaint, { today, hasMail }) => [
    dayField(today, '答复之日'),
    { name: 'way', label: '怎样答复', kind: 'choice', required: true, options: WAYS, value: complaint.anonymous ? 'page' : hasMail ? 'mail' : 'letter', hint: '不论怎样答复，查询页上都看得到' },
    { name: 'text', label: '答复的内容', kind: 'long', required: true, maxLength: 2000, value: answerWords(complaint), hint: '由结论拟成，可以改。不写反映人的姓名、电话：抬头由系统写上' },
  ],
  decide: async (complaint, given, context) => {
    const { tx, ref, help } = context
    const [on, way, text] = [given('on'), given('way'), given('text')]
    if (!isWay(way)) return unsettled('way', '请选择怎样答复')
    if (way === 'mail' && !help.hasMail) return unsettled('way', '反映人没有留邮箱')
    if (complaint.anonymous && way === 'letter') return unsettled('way', '匿名的没有地址，请选「查询页」')
    const { codeWord } = await getBody(tx, ref.bodyId)
    if (way === 'letter' && codeWord === null) return unsettled('way', '本机关没有设置机关代字，不能编文号')
    const year = yearOf(on)
    const docNo = way === 'letter' && codeWord !== null ? formatNumber({ codeWord, word: '告', year, serial: await nextNumber(tx, ref.bodyId, '告', year) }) : null
    if (way === 'mail') await tellComplainant(context, complaint, { subject: '答复', text: `${text}\n\n请您评价办理的情况。` })
    await tellFollowers(context, complaint, { subject: '答复', text })
    return settled({ kind: 'answered', on, way, docNo, text })
  },
}
