import { Hono } from 'hono'
import type { Context } from 'hono'
import { record } from '../../audit/index.ts'
import { can, permit, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import type { SignedInActor } from '../../identity/index.ts'
import { transaction } from '../../platform/connect.ts'
import type { Deps } from '../../platform/deps.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import { isId } from '../../platform/id.ts'
import { yearOf } from '../../statute/plain-date.ts'
import { TABLE_UPLOAD } from '../progress/import-sheet.tsx'
import { readTable } from '../progress/read-table.ts'
import type { TableFault } from '../progress/read-table.ts'
import { sendCsv, templateRoutes } from '../progress/send-table.ts'
import { KEY_FIELD_TABLE, keyFieldCells, readKeyField } from './key-field.ts'
import { isProposalKind, isPublication, PROPOSAL_KINDS, PROPOSAL_TABLE, proposalCells, PUBLICATIONS, readProposal } from './proposal.ts'
import { importKeyFields, importProposals, removeEntry, saveKeyField, saveProposal } from './register-acts.ts'
import type { SavedEntry } from './register-acts.ts'
import { KEY_FIELDS, KeyFieldFormPage, KeyFieldsPage, ProposalFormPage, PROPOSALS, ProposalsPage } from './register-pages.tsx'
import { countKeyFields, countProposals, countRegisters, getKeyField, getProposal, listKeyFields, listProposals } from './register-store.ts'
import type { KeyField, Proposal, RegisterFilter } from './register-store.ts'

/** 工作台的两种登记：建议提案、重点领域。 */
export const registerRoutes = new Hono()

const read = permit('safeguard.read')
const handle = permit('safeguard.handle')
const exporting = permit('export.data')
const SMALL = { maxBytes: 32 * 1024, maxFields: 20 }
const LIST = { sorts: ['year'], defaultSort: '-year', filters: { year: 'year', kind: Object.keys(PROPOSAL_KINDS), publication: Object.keys(PUBLICATIONS) } } as const
const STALE = '他人刚才改过，请看过最新的再办'
const EXPORTED = 5000

function listed(c: Context) {
  const query = parseListQuery(c.req.url, LIST)
  const { year, kind, publication } = query.filters
  const filter: RegisterFilter = { bodyId: signedIn(c).actor.bodyId, text: query.q, ...(year === undefined ? {} : { year: Number(year) }), ...(isProposalKind(kind) ? { kind } : {}), ...(isPublication(publication) ? { publication } : {}) }
  return { query, filter }
}

interface Shown {
  state?: FormState
  faults?: readonly TableFault[]
}

async function common(c: Context, { state = emptyForm, faults = [] }: Shown) {
  const { deps, actor } = signedIn(c)
  const { query, filter } = listed(c)
  const year = filter.year ?? yearOf(deps.clock.today())
  return { query, filter, model: { query, year, counts: await countRegisters(deps.db, actor.bodyId, year), canHandle: can(actor, 'safeguard.handle', actor.bodyId), canExport: can(actor, 'export.data', actor.bodyId), state, faults, flash: takeFlash(c) } }
}

async function proposalsPage(c: Context, shown: Shown = {}) {
  const { query, filter, model } = await common(c, shown)
  const { db } = signedIn(c).deps
  return renderPage(c, <ProposalsPage {...model} rows={await listProposals(db, filter, { limit: query.size, offset: query.offset })} total={await countProposals(db, filter)} />, { status: shown.state === undefined && shown.faults === undefined ? 200 : 422 })
}

async function keyFieldsPage(c: Context, shown: Shown = {}) {
  const { query, filter, model } = await common(c, shown)
  const { db } = signedIn(c).deps
  return renderPage(c, <KeyFieldsPage {...model} rows={await listKeyFields(db, filter, { limit: query.size, offset: query.offset })} total={await countKeyFields(db, filter)} />, { status: shown.state === undefined && shown.faults === undefined ? 200 : 422 })
}

const proposalForm = (c: Context, entry: Proposal | null, state: FormState = emptyForm) => renderPage(c, <ProposalFormPage entry={entry} today={signedIn(c).deps.clock.today()} state={state} />, { status: state === emptyForm ? 200 : 422 })
const keyFieldForm = (c: Context, entry: KeyField | null, state: FormState = emptyForm) => renderPage(c, <KeyFieldFormPage entry={entry} today={signedIn(c).deps.clock.today()} state={state} />, { status: state === emptyForm ? 200 : 422 })

const errorOf = (saved: Exclude<SavedEntry, { ok: true }>, keyField: string, itemField: string): FormState['errors'] =>
  saved.refusal === 'taken' ? { [keyField]: '这一年已经登记过' } : { [itemField]: `没有公开着的信息 ${saved.indexNo}` }

const done = (c: Context, to: string, text: string, tone: 'ok' | 'warn' = 'ok') => {
  setFlash(c, { tone, text })
  return c.redirect(to, 303)
}

async function entryOf<E>(c: Context, find: (deps: Deps, actor: SignedInActor, id: string) => Promise<E>, what: string): Promise<E> {
  const { deps, actor } = signedIn(c)
  const id = c.req.param('id') ?? ''
  if (!isId(id)) throw new NotFound(what)
  return find(deps, actor, id)
}

const openProposal = (c: Context): Promise<Proposal> => entryOf(c, ({ db }, { bodyId }, id) => getProposal(db, bodyId, id), '这件建议提案')
const openKeyField = (c: Context): Promise<KeyField> => entryOf(c, ({ db }, { bodyId }, id) => getKeyField(db, bodyId, id), '这个重点领域')

async function keepProposal(c: Context, entry: Proposal | null) {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, SMALL)
  const read = readProposal(form.first())
  const again = (errors: FormState['errors']) => proposalForm(c, entry, { values: form.fields, errors })
  if (!read.ok) return again(read.errors)
  try {
    const saved = await saveProposal(deps, actor, { bodyId: actor.bodyId, id: entry?.id ?? null, seen: Number(form.text('version')), facts: read.row })
    return saved.ok ? done(c, PROPOSALS, entry === null ? '已登记' : '已改好') : again(errorOf(saved, 'number', 'indexNo'))
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return again({ '': STALE })
  }
}

async function keepKeyField(c: Context, entry: KeyField | null) {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, SMALL)
  const read = readKeyField(form.first())
  const again = (errors: FormState['errors']) => keyFieldForm(c, entry, { values: form.fields, errors })
  if (!read.ok) return again(read.errors)
  try {
    const saved = await saveKeyField(deps, actor, { bodyId: actor.bodyId, id: entry?.id ?? null, seen: Number(form.text('version')), facts: read.row })
    return saved.ok ? done(c, KEY_FIELDS, entry === null ? '已登记' : '已改好') : again(errorOf(saved, 'field', 'indexNos'))
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return again({ '': STALE })
  }
}

const imported = (c: Context, to: string, saved: SavedEntry, again: (shown: Shown) => Response | Promise<Response>) => {
  if (saved.ok) return done(c, to, `已导入：新增 ${saved.created} 件，更新 ${saved.changed} 件`)
  return again({ faults: [{ line: 0, message: saved.refusal === 'taken' ? '有重复的' : `没有公开着的信息 ${saved.indexNo}` }] })
}

registerRoutes.get(PROPOSALS, read, (c) => proposalsPage(c))
templateRoutes(registerRoutes, PROPOSALS, handle, PROPOSAL_TABLE)
registerRoutes.get(`${PROPOSALS}.csv`, exporting, async (c) => {
  const { deps, actor } = signedIn(c)
  const rows = await listProposals(deps.db, listed(c).filter, { limit: EXPORTED, offset: 0 })
  await transaction(deps.db, (tx) => record(tx, actor, 'register.exported', { bodyId: actor.bodyId, target: actor.bodyId }, { rows: rows.length }))
  return sendCsv(c, PROPOSAL_TABLE.title, [PROPOSAL_TABLE.columns.map(({ label }) => label), ...rows.map(proposalCells)])
})
registerRoutes.post(`${PROPOSALS}/import`, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const [file] = (await parseForm(c, TABLE_UPLOAD)).files
  if (file === undefined) return proposalsPage(c, { state: { values: {}, errors: { file: '请选文件' } } })
  const found = await readTable(PROPOSAL_TABLE, file.bytes)
  if (!found.ok) return proposalsPage(c, { faults: found.faults })
  return imported(c, PROPOSALS, await importProposals(deps, actor, actor.bodyId, found.rows), (shown) => proposalsPage(c, shown))
})
registerRoutes.get(`${PROPOSALS}/new`, handle, (c) => proposalForm(c, null))
registerRoutes.post(`${PROPOSALS}/new`, handle, (c) => keepProposal(c, null))
registerRoutes.get(`${PROPOSALS}/:id`, handle, async (c) => proposalForm(c, await openProposal(c)))
registerRoutes.post(`${PROPOSALS}/:id`, handle, async (c) => keepProposal(c, await openProposal(c)))
registerRoutes.post(`${PROPOSALS}/:id/remove`, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const { id } = await openProposal(c)
  await parseForm(c, SMALL)
  return done(c, PROPOSALS, (await removeEntry(deps, actor, { bodyId: actor.bodyId, which: 'proposal', id })) ? '已删去' : '已经没有了')
})

registerRoutes.get(KEY_FIELDS, read, (c) => keyFieldsPage(c))
templateRoutes(registerRoutes, KEY_FIELDS, handle, KEY_FIELD_TABLE)
registerRoutes.get(`${KEY_FIELDS}.csv`, exporting, async (c) => {
  const { deps, actor } = signedIn(c)
  const rows = await listKeyFields(deps.db, listed(c).filter, { limit: EXPORTED, offset: 0 })
  await transaction(deps.db, (tx) => record(tx, actor, 'register.exported', { bodyId: actor.bodyId, target: actor.bodyId }, { rows: rows.length }))
  return sendCsv(c, KEY_FIELD_TABLE.title, [KEY_FIELD_TABLE.columns.map(({ label }) => label), ...rows.map(keyFieldCells)])
})
registerRoutes.post(`${KEY_FIELDS}/import`, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const [file] = (await parseForm(c, TABLE_UPLOAD)).files
  if (file === undefined) return keyFieldsPage(c, { state: { values: {}, errors: { file: '请选文件' } } })
  const found = await readTable(KEY_FIELD_TABLE, file.bytes)
  if (!found.ok) return keyFieldsPage(c, { faults: found.faults })
  return imported(c, KEY_FIELDS, await importKeyFields(deps, actor, actor.bodyId, found.rows), (shown) => keyFieldsPage(c, shown))
})
registerRoutes.get(`${KEY_FIELDS}/new`, handle, (c) => keyFieldForm(c, null))
registerRoutes.post(`${KEY_FIELDS}/new`, handle, (c) => keepKeyField(c, null))
registerRoutes.get(`${KEY_FIELDS}/:id`, handle, async (c) => keyFieldForm(c, await openKeyField(c)))
registerRoutes.post(`${KEY_FIELDS}/:id`, handle, async (c) => keepKeyField(c, await openKeyField(c)))
registerRoutes.post(`${KEY_FIELDS}/:id/remove`, handle, async (c) => {
  const { deps, actor } = signedIn(c)
  const { id } = await openKeyField(c)
  await parseForm(c, SMALL)
  return done(c, KEY_FIELDS, (await removeEntry(deps, actor, { bodyId: actor.bodyId, which: 'key-field', id })) ? '已删去' : '已经没有了')
})
