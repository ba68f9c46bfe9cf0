import { Readable } from 'node:stream'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { record } from '../../audit/index.ts'
import { getBody, namesOf } from '../../bodies/index.ts'
import { MissingGlyphs, toDocx, toPdf, toXlsx } from '../../documents/index.ts'
import { can, listDisplayNames, permit, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { findPersonalNumbers } from '../../statute/personal-numbers.ts'
import { isPlainDate } from '../../statute/plain-date.ts'
import { DEPOSIT_REFUSED, cancelDeposit, changeCopies, handOver, makeDeposit, recallLine } from './deposit-acts.ts'
import { toDepositDocument } from './deposit-document.ts'
import { PackageRefused, preparePackage } from './deposit-package.ts'
import { DepositListPage, DepositPage, NewDepositPage, RecipientsPage } from './deposit-pages.tsx'
import { countDeposits, DEPOSIT_STATES, depositNumber, getDeposit, isDepositState, listDeposits, listLines } from './deposit-store.ts'
import { DEPOSITS, depositHref } from './deposit-to-dos.ts'
import { addRecipient, isRecipientKind, listRecipients, RECIPIENT_REFUSED, setRecipientActive } from './recipients.ts'

/** 工作台的查阅点移送（条例第二十五条）；挂在 requireSignIn 之后。 */
export const depositRoutes = new Hono()

const read = permit('item.read')
const handle = permit('item.handle')
const SMALL = { maxBytes: 128 * 1024, maxFields: 600 }
const LIST = { sorts: ['madeOn'], defaultSort: '-madeOn', filters: { state: Object.keys(DEPOSIT_STATES), recipient: 'text' } } as const

depositRoutes.get(DEPOSITS, read, async (c) => {
  const { deps, actor } = signedIn(c)
  const { bodyId } = actor
  const query = parseListQuery(c.req.url, LIST)
  const { state, recipient } = query.filters
  const filter = { bodyId, ...(isDepositState(state) ? { state } : {}), ...(recipient !== undefined && isId(recipient) ? { recipientId: recipient } : {}) }
  return renderPage(
    c,
    <DepositListPage
      rows={await listDeposits(deps.db, filter, { limit: query.size, offset: query.offset })}
      query={query}
      total={await countDeposits(deps.db, filter)}
      recipients={await listRecipients(deps.db, bodyId)}
      canHandle={can(actor, 'item.handle', bodyId)}
      flash={takeFlash(c)}
    />,
  )
})

async function newPage(c: Context, state: FormState = emptyForm) {
  const { deps, actor } = signedIn(c)
  const today = deps.clock.today()
  return renderPage(c, <NewDepositPage recipients={await listRecipients(deps.db, actor.bodyId)} from={`${today.slice(0, 4)}-01-01`} to={today} state={state} />, { status: state === emptyForm ? 200 : 422 })
}

depositRoutes.get(`${DEPOSITS}/new`, handle, (c) => newPage(c))

depositRoutes.post(`${DEPOSITS}/new`, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, SMALL)
  const [recipientId, from, to] = [form.text('recipient'), form.text('from'), form.text('to')]
  const errors: FormState['errors'] = {
    ...(isId(recipientId) ? {} : { recipient: DEPOSIT_REFUSED['no-recipient'] }),
    ...(isPlainDate(from) ? {} : { from: '请填写日期' }),
    ...(!isPlainDate(to) ? { to: '请填写日期' } : isPlainDate(from) && to < from ? { to: '不得早于前一日期' } : {}),
  }
  if (Object.keys(errors).length > 0) return newPage(c, { values: form.fields, errors })
  const made = await makeDeposit(deps, actor, { bodyId: actor.bodyId, recipientId, from, to })
  if (!made.ok) return newPage(c, { values: form.fields, errors: { [made.refusal === 'no-recipient' ? 'recipient' : 'to']: DEPOSIT_REFUSED[made.refusal] } })
  setFlash(c, made.left ? { tone: 'warn', text: '一份清单至多五百件，余下的再做一份' } : { tone: 'ok', text: '清单已做好' })
  return c.redirect(depositHref(made.depositId), 303)
})

async function recipientsPage(c: Context, state: FormState = emptyForm) {
  const { deps, actor } = signedIn(c)
  return renderPage(c, <RecipientsPage recipients={await listRecipients(deps.db, actor.bodyId)} canHandle={can(actor, 'item.handle', actor.bodyId)} state={state} flash={takeFlash(c)} />, { status: state === emptyForm ? 200 : 422 })
}

const AT = `${DEPOSITS}/recipients`

depositRoutes.get(AT, read, (c) => recipientsPage(c))

depositRoutes.post(AT, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, SMALL)
  const [name, kind, copies] = [form.text('name'), form.text('kind'), Number(form.text('copies'))]
  const errors: FormState['errors'] = {
    ...(name.length < 2 || name.length > 100 ? { name: '请填写名称，二至一百个字' } : {}),
    ...(isRecipientKind(kind) ? {} : { kind: '请选择种类' }),
    ...(Number.isInteger(copies) && copies >= 1 && copies <= 100 ? {} : { copies: '请填 1 至 100 的整数' }),
  }
  if (!isRecipientKind(kind) || Object.keys(errors).length > 0) return recipientsPage(c, { values: form.fields, errors })
  const answer = await addRecipient(deps, actor, { bodyId: actor.bodyId, kind, name, copies })
  if (!answer.ok) return recipientsPage(c, { values: form.fields, errors: { name: RECIPIENT_REFUSED[answer.refusal] } })
  setFlash(c, { tone: 'ok', text: `已新增${name}` })
  return c.redirect(AT, 303)
})

depositRoutes.post(`${AT}/:recipientId`, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const recipientId = c.req.param('recipientId') ?? ''
  if (!isId(recipientId)) throw new NotFound('这个接收单位')
  const active = (await parseForm(c, SMALL)).text('active') === 'yes'
  await setRecipientActive(deps, actor, { bodyId: actor.bodyId, recipientId, active })
  setFlash(c, { tone: 'ok', text: active ? '已恢复' : '已停用' })
  return c.redirect(AT, 303)
})

async function open(c: Context) {
  const { deps, actor } = signedIn(c)
  const depositId = c.req.param('depositId') ?? ''
  if (!isId(depositId)) throw new NotFound('这份移送清单')
  const ref = { bodyId: actor.bodyId, depositId }
  return { deps, actor, ref, deposit: await getDeposit(deps.db, ref), lines: await listLines(deps.db, ref) }
}

async function page(c: Context, states: { hand?: FormState; recall?: FormState; copies?: FormState } = {}, status: 200 | 409 | 422 = 200) {
  const { deps, actor, deposit, lines } = await open(c)
  return renderPage(
    c,
    <DepositPage
      deposit={deposit}
      lines={lines}
      people={await listDisplayNames(deps.db, [deposit.madeBy])}
      today={deps.clock.today()}
      canHandle={can(actor, 'item.handle', deposit.bodyId)}
      states={{ hand: states.hand ?? emptyForm, recall: states.recall ?? emptyForm, copies: states.copies ?? emptyForm }}
      flash={takeFlash(c)}
    />,
    { status },
  )
}

const ONE = `${DEPOSITS}/:depositId`
depositRoutes.get(ONE, read, (c) => page(c))

const TAKEN = '他人刚才办过这份清单，请看过最新的再办'

/** 办一步：办不成的把话写在 `again` 给的表单旁；所见已落后的告知重看。 */
async function act(c: Context, done: string, step: () => Promise<{ ok: true } | { ok: false; refusal: keyof typeof DEPOSIT_REFUSED }>, again: (message: string, refusal: keyof typeof DEPOSIT_REFUSED) => Response | Promise<Response>) {
  const here = depositHref(c.req.param('depositId') ?? '')
  try {
    const answer = await step()
    if (!answer.ok) return await again(DEPOSIT_REFUSED[answer.refusal], answer.refusal)
    setFlash(c, { tone: 'ok', text: done })
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    setFlash(c, { tone: 'warn', text: TAKEN })
  }
  return c.redirect(here, 303)
}

depositRoutes.post(`${ONE}/copies`, handle, async (c) => {
  const { deps, actor, ref, lines } = await open(c)
  const form = await parseForm(c, SMALL)
  const copies = new Map<string, number>()
  for (const { itemId } of lines) {
    const given = form.text(`copies.${itemId}`)
    if (given === '') continue
    if (!/^\d{1,3}$/.test(given) || Number(given) > 100) return page(c, { copies: { values: form.fields, errors: { '': '份数请填 0 至 100 的整数' } } }, 422)
    copies.set(itemId, Number(given))
  }
  const again = (message: string) => page(c, { copies: { values: form.fields, errors: { '': message } } }, 409)
  return act(c, '份数已保存', () => changeCopies(deps, actor, { ...ref, seen: Number(form.text('version')), copies }), again)
})

depositRoutes.post(`${ONE}/hand-over`, handle, async (c) => {
  const { deps, actor, ref } = await open(c)
  const form = await parseForm(c, SMALL)
  const [receiver, on] = [form.text('receiver'), form.text('on')]
  const again = (errors: FormState['errors'], status: 409 | 422 = 422) => page(c, { hand: { values: form.fields, errors } }, status)
  const errors = { ...(receiver.length < 2 || receiver.length > 50 ? { receiver: '请填写签收人，二至五十个字' } : {}), ...(isPlainDate(on) ? {} : { on: '请填写日期' }) }
  if (Object.keys(errors).length > 0) return again(errors)
  return act(c, '已登记签收', () => handOver(deps, actor, { ...ref, seen: Number(form.text('version')), on, receiver }), (message, refusal) => again({ [refusal === 'before-made' || refusal === 'future-date' ? 'on' : '']: message }))
})

depositRoutes.post(`${ONE}/cancel`, handle, async (c) => {
  const { deps, actor, ref } = await open(c)
  const form = await parseForm(c, SMALL)
  return act(c, '已作废', () => cancelDeposit(deps, actor, { ...ref, seen: Number(form.text('version')) }), (message) => {
    setFlash(c, { tone: 'warn', text: message })
    return c.redirect(depositHref(ref.depositId), 303)
  })
})

depositRoutes.post(`${ONE}/recall`, handle, async (c) => {
  const { deps, actor, ref } = await open(c)
  const form = await parseForm(c, SMALL)
  const [itemId, note] = [form.text('item'), form.text('note')]
  const again = (errors: FormState['errors'], status: 409 | 422 = 422) => page(c, { recall: { values: form.fields, errors } }, status)
  const errors = {
    ...(isId(itemId) ? {} : { item: '请选择是哪一件' }),
    ...(note.length < 2 || note.length > 300 ? { note: '请写明怎样通知的，二至三百个字' } : findPersonalNumbers(note).length > 0 ? { note: '有身份证、手机或者银行卡号码，请去掉' } : {}),
  }
  if (Object.keys(errors).length > 0) return again(errors)
  return act(c, '已登记', () => recallLine(deps, actor, { ...ref, itemId, note }), (message) => again({ '': message }, 409))
})

const FORMATS = {
  pdf: { type: 'application/pdf', write: toPdf },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', write: toDocx },
  xlsx: { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', write: toXlsx },
} as const
const isFormat = (text: string): text is keyof typeof FORMATS => Object.hasOwn(FORMATS, text)

const attach = (c: Context, type: string, name: string): void => {
  c.header('Content-Type', type)
  c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
  c.header('Cache-Control', 'no-store')
}

depositRoutes.get(`${ONE}/:file{list\\.(?:pdf|docx|xlsx)}`, read, async (c) => {
  const { deps, ref, deposit, lines } = await open(c)
  const format = (c.req.param('file') ?? '').slice('list.'.length)
  if (!isFormat(format) || deposit.state === 'cancelled') throw new NotFound('这份清单')
  const { name: bodyName } = await namesOf(deps.db, ref.bodyId, deposit.handedOn ?? deposit.madeOn)
  try {
    const bytes = await FORMATS[format].write(toDepositDocument(deposit, lines, { bodyName, demo: deps.config.mode === 'demo' }))
    attach(c, FORMATS[format].type, `移送清单${depositNumber(deposit)}.${format}`)
    return c.body(new Uint8Array(bytes))
  } catch (error) {
    if (!(error instanceof MissingGlyphs)) throw error
    setFlash(c, { tone: 'error', text: error.message })
    return c.redirect(depositHref(ref.depositId), 303)
  }
})

depositRoutes.get(`${ONE}/package.zip`, read, async (c) => {
  const { deps, actor, ref, deposit, lines } = await open(c)
  if (deposit.state === 'cancelled') throw new NotFound('这份清单')
  try {
    const body = await getBody(deps.db, ref.bodyId)
    const content = await preparePackage(deps.db, deps.files, deposit, lines, body.name)
    await transaction(deps.db, (tx) => record(tx, actor, 'deposit.package-taken', { bodyId: ref.bodyId, target: ref.depositId }))
    attach(c, 'application/zip', `移送${depositNumber(deposit)}.zip`)
    // 逐块送出，不把整包读进内存
    return c.body(Readable.toWeb(Readable.from(content)) as ReadableStream)
  } catch (error) {
    if (!(error instanceof PackageRefused)) throw error
    setFlash(c, { tone: 'error', text: error.message })
    return c.redirect(depositHref(ref.depositId), 303)
  }
})
