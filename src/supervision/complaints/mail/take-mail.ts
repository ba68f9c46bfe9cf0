import '../tables.ts'
import { createHash, randomBytes } from 'node:crypto'
import { accessCodeOf, spacedCode } from '../../../applications/index.ts'
import { getBody } from '../../../bodies/index.ts'
import { transaction } from '../../../platform/connect.ts'
import { fieldKeys, keyedHash } from '../../../platform/crypto.ts'
import type { FieldKeys } from '../../../platform/crypto.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Deps } from '../../../platform/deps.ts'
import { newId } from '../../../platform/id.ts'
import { isMailAddress, sendMail } from '../../../platform/mail/index.ts'
import { FILE_LIMITS, readFiles } from '../file-store.ts'
import { giveSupply } from '../give-supply.ts'
import { insertCode } from '../query-code.ts'
import { registerComplaint } from '../register-complaint.ts'
import { TRACK_PATH } from '../tell-complainant.ts'
import { MOST_TEXT } from '../text-store.ts'
import type { ReadMail } from './mail-limits.ts'
import { findNamedBody } from './find-named-body.ts'
import { guessMatter } from './guess-matter.ts'

/** 收下一封信的结果；不收的说明缘故。 */
export type TakenMail = { kind: 'registered'; regNo: string; complaintId: string; bodyId: string } | { kind: 'supplied' } | { kind: 'known' } | { kind: 'ignored'; why: string }

/** 同一地址一日至多登记几封：多的留在 failed 里由人看，免得有人拿邮件把信箱灌满 */
const MOST_A_DAY = 20
/** 同一地址一日至多回几封回执 */
const MOST_ACKS = 5
const DAY_MS = 24 * 3600 * 1000
const SELF = { kind: 'system', name: 'mailbox' } as const

/**
 * 一封信成为一件：机器发的不理，同一封（Message-ID，没有的看内容）不登记两次，回复我们的回执的算补充。
 * 登记之后回一封带查询码的回执。
 * @param box.bodyId 信箱属哪一机关；@param box.toOwn 是不是该机关自己的信箱（否为主管部门的）
 */
export async function takeMail(deps: Deps, { bodyId, toOwn }: { bodyId: string; toOwn: boolean }, raw: Uint8Array, mail: ReadMail): Promise<TakenMail> {
  if (mail.robot || sameAddress(mail.from.address, deps.config.mailFrom)) return { kind: 'ignored', why: '自动回复、退信、群发的不登记' }
  if (mail.text === '' && mail.subject === '' && mail.files.length === 0) return { kind: 'ignored', why: '信是空的' }
  const keys = fieldKeys(deps.config.secretKey)
  const hash = keyedHash(keys, 'complaint-mail', mail.messageId.trim() === '' ? createHash('sm3').update(raw).digest('hex') : mail.messageId.trim())
  const sender = keyedHash(keys, 'complaint-sender', mail.from.address.trim().toLowerCase())
  const { files } = await readFiles(mail.files.flatMap(({ name, bytes }) => (bytes === null ? [] : [{ name, bytes }])), FILE_LIMITS.once)
  return transaction(deps.db, async (tx) => {
    // 各信箱的同一封也只登记一次：抄送几处的
    const known = await tx.selectFrom('complaint_mail').select('complaint_id').where('message_hash', '=', hash).limit(1).executeTakeFirst()
    if (known !== undefined) return { kind: 'known' }
    const answered = await findAnswered(tx, mail, sender)
    if (answered !== null && (await giveSupply(tx, deps, SELF, answered, { text: wordsOf(mail), files }))) {
      await remember(tx, deps, { ...answered, hash, sender, ackId: null })
      return { kind: 'supplied' }
    }
    const today = await countToday(tx, sender, deps.clock.now())
    if (today >= MOST_A_DAY) return { kind: 'ignored', why: `同一地址一日超过 ${MOST_A_DAY} 封` }
    return register(tx, deps, keys, { bodyId, toOwn, mail, files, hash, sender, today })
  })
}

type Registering = { bodyId: string; toOwn: boolean; mail: ReadMail; files: Awaited<ReturnType<typeof readFiles>>['files']; hash: Buffer; sender: Buffer; today: number }

async function register(tx: Tx, deps: Deps, keys: FieldKeys, { bodyId, toOwn, mail, files, hash, sender, today }: Registering): Promise<TakenMail> {
  const [at, on] = [deps.clock.now(), deps.clock.today()]
  const mailable = isMailAddress(mail.from.address)
  const lost = mail.files.length - files.length + mail.moreFiles
  const content = `${wordsOf(mail)}${lost > 0 ? `\n\n（另有 ${lost} 份附件没有收：种类、大小不合或者太多）` : ''}`.slice(0, MOST_TEXT.content)
  const registered = await registerComplaint(tx, deps, SELF, {
    complaintId: newId(), channel: 'MAILBOX', ...guessMatter(content), aboutBodyId: toOwn ? bodyId : ((await findNamedBody(tx, content)) ?? bodyId), toOwn, receivedOn: on, workOrderNo: null, content,
    accused: '', accusedAccounts: [], unit: false, disputed: /[\p{Script=Han}]{1,20}公开申〔\d{4}〕\d{1,9}号/u.exec(content.normalize('NFC'))?.[0] ?? '',
    person: { name: mail.from.name, phone: '', mail: mailable ? mail.from.address : '', address: '' }, files,
  })
  const code = accessCodeOf(keys, randomBytes(32).toString('base64url'), registered.complaintId)
  await insertCode(tx, keys, registered, code, at)
  const ackId = mailable && today < MOST_ACKS ? newId() : null
  if (ackId !== null) await acknowledge(tx, deps, { ...registered, code: spacedCode(code), to: mail.from.address, ackId })
  await remember(tx, deps, { ...registered, hash, sender, ackId })
  return { kind: 'registered', ...registered }
}

async function acknowledge(tx: Tx, deps: Deps, { bodyId, regNo, code, to, ackId }: { bodyId: string; regNo: string; code: string; to: string; ackId: string }): Promise<void> {
  const { name } = await getBody(tx, bodyId)
  const text = `您好：\n\n您发来的信已经收到，登记号 ${regNo}，查询码 ${code}。\n\n凭登记号与查询码，在这里看办理的情况、补充、评价：${deps.config.baseUrl}${TRACK_PATH}\n直接回复这封信的，记作补充。查询码请妥善保管，不要转给别人。\n\n${name}`
  await sendMail(tx, deps, { bodyId, mailId: ackId, to, subject: `${regNo} 已收到您的反映`, text }, deps.clock.now())
}

async function remember(tx: Tx, { clock }: Pick<Deps, 'clock'>, { bodyId, complaintId, hash, sender, ackId }: { bodyId: string; complaintId: string; hash: Buffer; sender: Buffer; ackId: string | null }): Promise<void> {
  await tx.insertInto('complaint_mail').values({ body_id: bodyId, complaint_id: complaintId, message_hash: hash, sender_hash: sender, ack_id: ackId, received_at: clock.now() }).execute()
}

// 回执的 Message-ID 就是 `<ackId@…>`；须是原来的那个地址回的
async function findAnswered(tx: Tx, { inReplyTo }: ReadMail, sender: Buffer): Promise<{ bodyId: string; complaintId: string } | null> {
  const ackId = /^<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/.exec(inReplyTo.trim())?.[1]
  if (ackId === undefined) return null
  const row = await tx.selectFrom('complaint_mail').select(['body_id as bodyId', 'complaint_id as complaintId']).where('ack_id', '=', ackId).where('sender_hash', '=', sender).limit(1).executeTakeFirst()
  return row ?? null
}

async function countToday(tx: Tx, sender: Buffer, at: Date): Promise<number> {
  const { n } = await tx.selectFrom('complaint_mail').select((eb) => eb.fn.countAll<number>().as('n')).where('sender_hash', '=', sender).where('received_at', '>', new Date(at.getTime() - DAY_MS)).executeTakeFirstOrThrow()
  return n
}

const sameAddress = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()
const wordsOf = ({ subject, text }: ReadMail): string => [subject, text].filter((part) => part !== '').join('\n\n') || '（没有文字，见附件）'
