import { Hono } from 'hono'
import type { Context } from 'hono'
import { record } from '../../audit/index.ts'
import { actorKey, permit, setFlash, signedIn } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import { NotFound } from '../../platform/errors.ts'
import { DefinitionList, DeskPage, Form, Sheet, TextArea, TextField, emptyForm, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { consultationName } from '../case-words.ts'
import { listParties, saveParty } from '../applicants/consultation-party.ts'
import { getApplication } from '../queries.ts'

/** 征求意见的对方：登记、改正，填事由查看；挂在案件各步的路由之前。 */
export const consultationRoutes = new Hono()

const HERE = '/desk/applications/:id/consultations/:consultation'
const SMALL = { maxBytes: 16 * 1024, maxFields: 10 }
const MOST_NAME = 100
const MOST_CONTACT = 200

async function open(c: Context) {
  const { deps, actor } = signedIn(c)
  const caseId = c.req.param('id') ?? ''
  if (!isId(caseId)) throw new NotFound('这件申请')
  const { bodyId } = actor
  const { state } = await getApplication(deps.db, bodyId, caseId)
  const consultationId = c.req.param('consultation') ?? ''
  if (!state.consultations.some(({ id }) => id === consultationId)) throw new NotFound('这次征求意见')
  const back = `/desk/applications/${caseId}`
  const crumbs = [{ label: '在办申请', href: '/desk/applications' }, { label: state.regNo, href: back }]
  return { deps, actor, ref: { bodyId, caseId, consultationId }, regNo: state.regNo, name: consultationName(state, consultationId), keys: fieldKeys(deps.config.secretKey), back, crumbs, here: `${back}/consultations/${encodeURIComponent(consultationId)}` }
}
type Opened = Awaited<ReturnType<typeof open>>

const partyPage = (c: Context, { regNo, name, back, crumbs, here }: Opened, state: FormState) =>
  renderPage(
    c,
    <DeskPage title={`${regNo} 征求意见的对方`} heading={`征求意见的对方：${name}`} crumbs={crumbs} lead="加密存放，页面上只显示遮盖后的；再填的替代以前所填的。">
      <Sheet>
        <Form action={`${here}/party`} submit="保存" cancel={{ href: back }} state={state}>
          <TextField name="party" label="对方的姓名或者名称" required maxLength={MOST_NAME} autoComplete="off" />
          <TextField name="contact" label="对方的联系方式" maxLength={MOST_CONTACT} autoComplete="off" hint="地址、电话" />
        </Form>
      </Sheet>
    </DeskPage>,
    { status: state === emptyForm ? 200 : 422 },
  )

consultationRoutes.get(`${HERE}/party`, permit('application.handle'), async (c) => partyPage(c, await open(c), emptyForm))

consultationRoutes.post(`${HERE}/party`, permit('application.handle'), async (c) => {
  const opened = await open(c)
  const form = await parseForm(c, SMALL)
  const [name, contact] = [form.text('party'), form.text('contact')]
  const errors = {
    ...(name === '' || name.length > MOST_NAME ? { party: `请填写对方的姓名或者名称，不超过 ${MOST_NAME} 个字` } : {}),
    ...(contact.length > MOST_CONTACT ? { contact: `不超过 ${MOST_CONTACT} 个字` } : {}),
  }
  if (Object.keys(errors).length > 0) return partyPage(c, opened, { values: form.fields, errors })
  const { deps, actor, ref, keys, back } = opened
  await transaction(deps.db, async (tx) => {
    await saveParty(tx, keys, ref, { name, contact: contact || null }, { by: actorKey(actor), at: deps.clock.now() })
    await record(tx, actor, 'application.party-saved', { bodyId: ref.bodyId, target: ref.caseId })
  })
  setFlash(c, { tone: 'ok', text: '对方已登记' })
  return c.redirect(back, 303)
})

const contactPage = (c: Context, { regNo, name, back, crumbs, here }: Opened, state: FormState, shown: readonly (readonly [string, string])[] | null) =>
  renderPage(
    c,
    <DeskPage title={`${regNo} 查看征求意见的对方`} heading={`征求意见的对方：${name}`} crumbs={crumbs} lead="只在办理本件所必需时查看；谁、何时、因何查看都留痕。">
      <Sheet>
        {shown === null ? (
          <Form action={`${here}/contact`} submit="查看" cancel={{ href: back }} state={state}>
            <TextArea name="reason" label="事由" required rows={2} maxLength={200} hint="如：邮寄征求意见书。不写对方的姓名、电话" />
          </Form>
        ) : (
          <>
            <DefinitionList items={shown} />
            <p>
              <a href={back}>看完返回案件</a>
            </p>
          </>
        )}
      </Sheet>
    </DeskPage>,
    { status: shown !== null || state === emptyForm ? 200 : 422 },
  )

consultationRoutes.get(`${HERE}/contact`, permit('personal-data.read'), async (c) => contactPage(c, await open(c), emptyForm, null))

consultationRoutes.post(`${HERE}/contact`, permit('personal-data.read'), async (c) => {
  const opened = await open(c)
  const form = await parseForm(c, SMALL)
  const reason = form.text('reason')
  if (reason.length < 2 || reason.length > 200) return contactPage(c, opened, { values: form.fields, errors: { reason: '请写明查看的事由，二至二百个字' } }, null)
  const { deps, actor, ref, keys } = opened
  const party = await transaction(deps.db, async (tx) => {
    const found = (await listParties(tx, keys, ref.bodyId, ref.caseId)).get(ref.consultationId)
    if (found === undefined) throw new NotFound('登记的对方')
    await record(tx, actor, 'personal-data.read', { bodyId: ref.bodyId, target: ref.caseId }, { reason })
    return found
  })
  return contactPage(c, opened, emptyForm, [['姓名或者名称', party.name], ['联系方式', party.contact ?? '没有登记']])
})
