import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { can, listDisplayNames, permit, reachOf, requirePermission, setFlash, signedIn, takeFlash } from '../identity/index.ts'
import { NotFound } from '../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage, toFormState } from '../platform/html/index.ts'
import type { FormState } from '../platform/html/index.ts'
import { parseForm } from '../platform/http/index.ts'
import type { Mount, ParsedForm } from '../platform/http/index.ts'
import { isPlainDate } from '../statute/plain-date.ts'
import { BODY_KINDS, isUscc } from './body.ts'
import type { Body, BodyKind, Powers } from './body.ts'
import { AddNamePage, EditBodyPage, MergeBodyPage, NewBodyPage, RenameBodyPage } from './body-form-pages.tsx'
import { bodyHref } from './body-frame.ts'
import { BodiesPage, BodyPage } from './body-pages.tsx'
import { calendarRoutes } from './calendar-routes.tsx'
import { createBody } from './create-body.ts'
import { mergeBodies } from './merge-bodies.ts'
import { countBodies, getBody, getBodyByCode, listBodies, listNames, listRelations } from './queries.ts'
import { addName, renameBody } from './rename-body.ts'
import { setSetting } from './set-setting.ts'
import { SettingPage } from './setting-pages.tsx'
import { listSettings } from './setting-queries.ts'
import { SETTINGS } from './settings.ts'
import type { SettingKey, SettingState } from './settings.ts'
import { updateBody } from './update-body.ts'

const FORM_LIMITS = { maxBytes: 32_768, maxFields: 40 }
const routes = new Hono()

const statusOf = (state: FormState): 200 | 422 => (Object.keys(state.errors).length > 0 ? 422 : 200)
const failed = (form: ParsedForm, errors: FormState['errors']): FormState => ({ values: form.fields, errors })

async function bodyOf(c: Context): Promise<Body> {
  const code = c.req.param('code') ?? ''
  return getBodyByCode(c.get('deps').db, code)
}

function done(c: Context, body: Pick<Body, 'code'>, text: string): Response {
  setFlash(c, { tone: 'ok', text })
  return c.redirect(bodyHref(body), 303)
}

routes.get('/desk/admin/bodies', permit('body.read'), async (c) => {
  const { deps, actor } = signedIn(c)
  if (reachOf(actor, 'body.read') === 'own') return c.redirect(bodyHref(await getBody(deps.db, actor.bodyId)), 303)
  const query = parseListQuery(c.req.url, { sorts: ['sort'], defaultSort: 'sort', filters: { status: ['active', 'all'] } })
  const filter = { text: query.q, includeAbolished: query.filters['status'] === 'all' }
  const [rows, total] = await Promise.all([
    listBodies(deps.db, { ...filter, limit: query.size, offset: query.offset }),
    countBodies(deps.db, filter),
  ])
  return renderPage(
    c,
    <BodiesPage rows={rows} query={query} total={total} canManage={can(actor, 'body.manage')} flash={takeFlash(c)} />,
  )
})

const isKind = (text: string): text is BodyKind => Object.hasOwn(BODY_KINDS, text)
const day = z.string().refine((text) => text === '' || isPlainDate(text), '请填真实的日期')
const requiredDay = z.string().refine(isPlainDate, '请填日期')
const bodyName = z.string().trim().min(2, '请填全称').max(60, '名称不超过 60 个字')
const note = z.string().trim().max(200, '不超过 200 个字').optional()

const bodyFields = {
  kind: z.string().refine(isKind, '请选择种类'),
  uscc: z
    .string()
    .trim()
    .toUpperCase()
    .refine((text) => text === '' || isUscc(text), '信用代码不对：应为 18 位，且末位校验码相符'),
  codeWord: z.string().trim().max(20, '机关代字不超过 20 个字'),
  establishedOn: day,
  sort: z.coerce.number({ error: '请填整数' }).int('请填整数').min(0, '不小于 0').max(999_999, '不大于 999999'),
}

const toPowers = (form: ParsedForm): Powers => {
  const held = form.fields['powers'] ?? []
  return {
    license: held.includes('license'),
    penalty: held.includes('penalty'),
    coercion: held.includes('coercion'),
    fee: held.includes('fee'),
  }
}

const newBody = z
  .object({
    ...bodyFields,
    name: bodyName,
    code: z.string().trim().regex(/^[a-z][a-z0-9-]{1,31}$/, '小写字母起首，2 至 32 位，只用小写字母、数字、连字符'),
    formerName: z.string().trim().max(60, '名称不超过 60 个字'),
    formerTo: day,
  })
  .refine((v) => (v.formerName === '') === (v.formerTo === ''), { path: ['formerTo'], message: '曾用名与用至何日须一并填写' })

routes.get('/desk/admin/bodies/new', permit('body.manage'), (c) => renderPage(c, <NewBodyPage state={emptyForm} />))

routes.post('/desk/admin/bodies/new', permit('body.manage'), async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, FORM_LIMITS)
  const show = (state: FormState) => renderPage(c, <NewBodyPage state={state} />, { status: statusOf(state) })
  const parsed = newBody.safeParse(form.first())
  if (!parsed.success) return show(toFormState(form.fields, parsed.error.issues))
  const { kind, formerName, formerTo, establishedOn, ...rest } = parsed.data
  const result = await createBody(deps, actor, {
    ...rest,
    kind: isKind(kind) ? kind : 'organ',
    establishedOn: establishedOn || null,
    powers: toPowers(form),
    formerNames: formerName === '' ? [] : [{ name: formerName, to: formerTo }],
  })
  if (result.ok) return done(c, result.body, '机构已经建好')
  return show(failed(form, { code: '这个代码已经有机构用，请换一个' }))
})

routes.get('/desk/admin/bodies/:code', permit('body.read'), async (c) => {
  const { deps, actor } = signedIn(c)
  const body = await bodyOf(c)
  requirePermission(actor, 'body.read', body.bodyId)
  const settings = await listSettings(deps.db, body.bodyId)
  return renderPage(
    c,
    <BodyPage
      body={body}
      names={await listNames(deps.db, body.bodyId)}
      {...await listRelations(deps.db, body.bodyId)}
      settings={settings}
      people={await listDisplayNames(deps.db, settings.flatMap((s) => s.changedBy ?? []))}
      may={{ manage: can(actor, 'body.manage', body.bodyId), set: can(actor, 'setting.manage', body.bodyId) }}
      flash={takeFlash(c)}
    />,
  )
})

routes.get('/desk/admin/bodies/:code/edit', permit('body.manage'), async (c) =>
  renderPage(c, <EditBodyPage body={await bodyOf(c)} state={emptyForm} />),
)

routes.post('/desk/admin/bodies/:code/edit', permit('body.manage'), async (c) => {
  const { deps, actor } = signedIn(c)
  const body = await bodyOf(c)
  const form = await parseForm(c, FORM_LIMITS)
  const parsed = z.object(bodyFields).safeParse(form.first())
  if (!parsed.success) {
    const state = toFormState(form.fields, parsed.error.issues)
    return renderPage(c, <EditBodyPage body={body} state={state} />, { status: 422 })
  }
  const { kind, uscc, codeWord, establishedOn, sort } = parsed.data
  await updateBody(deps, actor, body.bodyId, {
    kind: isKind(kind) ? kind : body.kind,
    uscc: uscc || null,
    codeWord: codeWord || null,
    establishedOn: establishedOn || null,
    sort,
    powers: toPowers(form),
  })
  return done(c, body, '资料已经保存')
})

routes.get('/desk/admin/bodies/:code/rename', permit('body.manage'), async (c) =>
  renderPage(c, <RenameBodyPage body={await bodyOf(c)} state={emptyForm} />),
)

routes.post('/desk/admin/bodies/:code/rename', permit('body.manage'), async (c) => {
  const { deps, actor } = signedIn(c)
  const body = await bodyOf(c)
  const form = await parseForm(c, FORM_LIMITS)
  const show = (state: FormState) => renderPage(c, <RenameBodyPage body={body} state={state} />, { status: 422 })
  const parsed = z.object({ name: bodyName, from: requiredDay, note }).safeParse(form.first())
  if (!parsed.success) return show(toFormState(form.fields, parsed.error.issues))
  const result = await renameBody(deps, actor, { bodyId: body.bodyId, ...parsed.data })
  if (result.ok) return done(c, body, '已经更名，旧名记为曾用名')
  const said = {
    'same-name': { name: '与现名相同' },
    'before-current-name': { from: '早于现名启用之日；以前的名称请用「补记曾用名」' },
    'in-future': { from: '还没有到这一日；请到启用之日再更名' },
  }
  return show(failed(form, said[result.refusal]))
})

routes.get('/desk/admin/bodies/:code/names', permit('body.manage'), async (c) =>
  renderPage(c, <AddNamePage body={await bodyOf(c)} state={emptyForm} />),
)

const addedName = z.object({ name: bodyName, kind: z.enum(['former', 'short'], '请选择'), from: day, to: day, note })

routes.post('/desk/admin/bodies/:code/names', permit('body.manage'), async (c) => {
  const { deps, actor } = signedIn(c)
  const body = await bodyOf(c)
  const form = await parseForm(c, FORM_LIMITS)
  const show = (state: FormState) => renderPage(c, <AddNamePage body={body} state={state} />, { status: 422 })
  const parsed = addedName
    .refine((v) => v.from === '' || v.to === '' || v.from <= v.to, { path: ['to'], message: '不得早于开始之日' })
    .safeParse(form.first())
  if (!parsed.success) return show(toFormState(form.fields, parsed.error.issues))
  const { from, to, ...rest } = parsed.data
  const result = await addName(deps, actor, { bodyId: body.bodyId, ...rest, from: from || null, to: to || null })
  if (result.ok) return done(c, body, '名称已经记下')
  const said = { 'known-name': { name: '这个名称已经记过' }, 'end-missing': { to: '曾用名须写最后使用的一日' } }
  return show(failed(form, said[result.refusal]))
})

async function showMerge(c: Context, body: Body, state: FormState): Promise<Response> {
  const others = (await listBodies(c.get('deps').db)).filter((other) => other.bodyId !== body.bodyId)
  return renderPage(c, <MergeBodyPage body={body} others={others} state={state} />, { status: statusOf(state) })
}

routes.get('/desk/admin/bodies/:code/merge', permit('body.manage'), async (c) => showMerge(c, await bodyOf(c), emptyForm))

const merge = z.object({
  into: z.uuid('请选择机构'),
  on: requiredDay,
  basis: z.string().trim().min(1, '请写明依据').max(200, '不超过 200 个字'),
})

routes.post('/desk/admin/bodies/:code/merge', permit('body.manage'), async (c) => {
  const { deps, actor } = signedIn(c)
  const body = await bodyOf(c)
  const form = await parseForm(c, FORM_LIMITS)
  const parsed = merge.safeParse(form.first())
  if (!parsed.success) return showMerge(c, body, toFormState(form.fields, parsed.error.issues))
  const result = await mergeBodies(deps, actor, { from: [body.bodyId], ...parsed.data })
  if (result.ok) return done(c, body, '机构已经撤销，职责归于所选的机构')
  const said = {
    'nothing-to-merge': { into: '请选择机构' },
    'into-itself': { into: '不能并入自己' },
    'not-active': { into: '两个机构都须是现存的' },
    'in-future': { on: '还没有到这一日；请到当日再办' },
  }
  return showMerge(c, body, failed(form, said[result.refusal]))
})

async function settingOf(c: Context, body: Body): Promise<SettingState> {
  const found = (await listSettings(c.get('deps').db, body.bodyId)).find((setting) => setting.key === c.req.param('key'))
  if (!found) throw new NotFound('设置')
  return found
}

const isSetting = (text: string | undefined): text is SettingKey => text !== undefined && Object.hasOwn(SETTINGS, text)

routes.get('/desk/admin/bodies/:code/settings/:key', permit('setting.manage'), async (c) => {
  const body = await bodyOf(c)
  requirePermission(signedIn(c).actor, 'setting.manage', body.bodyId)
  return renderPage(c, <SettingPage body={body} setting={await settingOf(c, body)} state={emptyForm} />)
})

routes.post('/desk/admin/bodies/:code/settings/:key', permit('setting.manage'), async (c) => {
  const { deps, actor } = signedIn(c)
  const body = await bodyOf(c)
  const key = c.req.param('key')
  if (!isSetting(key)) throw new NotFound('设置')
  const form = await parseForm(c, FORM_LIMITS)
  const basis = form.text('basis')
  const result = await setSetting(deps, actor, { bodyId: body.bodyId, key, value: form.text('value'), basis })
  if (result.ok) return done(c, { code: body.code }, `「${SETTINGS[key].label}」已经保存`)
  const state = failed(form, { value: result.message })
  return renderPage(c, <SettingPage body={body} setting={await settingOf(c, body)} state={state} />, { status: 422 })
})

/** 机构、设置、工作日历的页面；挂在 mountIdentity 之后，由它守门。 */
export const mountBodies: Mount = (app) => {
  app.route('/', routes)
  app.route('/', calendarRoutes)
}
