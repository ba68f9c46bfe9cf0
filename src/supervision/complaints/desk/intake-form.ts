import type { FormState } from '../../../platform/html/index.ts'
import { isMailAddress } from '../../../platform/mail/index.ts'
import { isPlainDate } from '../../../statute/plain-date.ts'
import { COMPLAINANT_FIELDS } from '../complainant-store.ts'
import type { Complainant } from '../complainant-store.ts'
import { BASES, MATTERS } from '../complaint.ts'
import type { Basis, Channel, Matter } from '../complaint.ts'
import type { NewComplaint } from '../register-complaint.ts'
import { MOST_TEXT } from '../text-store.ts'

/** 登记时可选的来源；信箱、网页的自动登记。 */
export const DESK_CHANNELS = { PHONE: '电话', LETTER: '来信', VISIT: '来访', HOTLINE: '12345 转来', HANDED: '其他机关转来', MAILBOX: '信箱（没有自动登记的）' } as const satisfies Partial<Record<Channel, string>>

export const PERSON_LENGTH = { name: 60, phone: 40, mail: 254, address: 200 } as const satisfies Record<keyof Complainant, number>
export const OTHER_LENGTH = { accused: MOST_TEXT.accused, disputed: 60, workOrderNo: 60 } as const

type Parsed = Omit<NewComplaint, 'complaintId' | 'channel' | 'files' | 'accusedAccounts' | 'workOrderNo'>

const isBasis = (text: string): text is Basis => Object.hasOwn(BASES, text)
const isMatter = (text: string): text is Matter => Object.hasOwn(MATTERS, text)

// 各栏在两张表单上的先后：错误照此列，头一个即页面上的头一处
const PUBLIC_ORDER: readonly string[] = ['about', 'matter', 'content', 'disputed', 'accused', 'basis', 'to', ...Object.keys(PERSON_LENGTH), 'files']
const DESK_ORDER: readonly string[] = ['channel', 'receivedOn', 'workOrderNo', 'basis', 'matter', 'about', 'to', 'content', 'disputed', 'accused', ...Object.keys(PERSON_LENGTH), 'files']

/** 错误照表单上的先后排。 */
export function inOrder(errors: FormState['errors'], form: 'public' | 'desk'): FormState['errors'] {
  const order = form === 'public' ? PUBLIC_ORDER : DESK_ORDER
  return Object.fromEntries(Object.entries(errors).toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b)))
}

/**
 * 公众与工作台共有的各栏；有错的一栏一句。
 * @param bodies 可以选的机关；@param receivedOn 收到之日，公众的即今日
 */
export function parseComplaint(text: (name: string) => string, { bodies, receivedOn, today }: { bodies: ReadonlySet<string>; receivedOn: string; today: string }): { ok: true; complaint: Parsed } | { ok: false; errors: FormState['errors'] } {
  const errors: Record<string, string> = {}
  const [basis, matter, about, content] = [text('basis'), text('matter'), text('about'), text('content')]
  if (!bodies.has(about)) errors['about'] = '请选择机关'
  if (!isMatter(matter)) errors['matter'] = '请选择是什么事'
  if (!isPlainDate(receivedOn)) errors['receivedOn'] = '请填写收到之日'
  else if (receivedOn > today) errors['receivedOn'] = '日期不能晚于今日'
  if (content === '') errors['content'] = '请写明反映的事情'
  else if (content.length > MOST_TEXT.content) errors['content'] = `不超过 ${MOST_TEXT.content} 个字，现有 ${content.length} 个`
  if (!isBasis(basis)) errors['basis'] = '请选择是否认为侵犯了合法权益'
  for (const [name, most] of Object.entries({ ...OTHER_LENGTH, ...PERSON_LENGTH })) if (text(name).length > most) errors[name] = `不超过 ${most} 个字`
  const mail = text('mail').normalize('NFKC').replaceAll(/\s/g, '')
  if (mail !== '' && !isMailAddress(mail)) errors['mail'] = '邮箱写得不对，请核对'
  if (Object.keys(errors).length > 0 || !isBasis(basis) || !isMatter(matter)) return { ok: false, errors }
  const person = Object.fromEntries(Object.keys(COMPLAINANT_FIELDS).map((key) => [key, key === 'mail' ? mail : text(key)])) as unknown as Complainant
  return { ok: true, complaint: { basis, matter, aboutBodyId: about, toOwn: text('to') === 'own', receivedOn, content, accused: text('accused'), unit: text('unit') === 'yes', disputed: text('disputed'), person } }
}
