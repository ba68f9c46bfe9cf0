import { Hono } from 'hono'
import type { Context } from 'hono'
import { can, listDisplayNames, permit, setFlash, signedIn, takeFlash } from '../../identity/index.ts'
import { NotFound } from '../../platform/errors.ts'
import { emptyForm, parseListQuery, renderPage } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { parseForm } from '../../platform/http/index.ts'
import type { ParsedForm } from '../../platform/http/index.ts'
import { isId, newId } from '../../platform/id.ts'
import { ledgerTemplateCsv, ledgerTemplateXlsx } from '../../platform/ledger/index.ts'
import { STARTER_WORDS, WORD_KINDS } from './starter-words.ts'
import type { WordKind } from './starter-words.ts'
import { removeWord, saveWords } from './word-acts.ts'
import { readWord, readWordFile, WORD_LEDGER } from './word-ledger.ts'
import type { WordFault } from './word-ledger.ts'
import { StarterWordsPage, WordPage, WORDS, WordsPage } from './word-pages.tsx'
import { countOwnWords, findOwnWord, listOwnWords, MOST_WORDS } from './word-store.ts'

/** 预检的词表；须先于信息的页面挂上。 */
export const wordRoutes = new Hono()

const read = permit('item.read')
const edit = permit('setting.manage')
const LIST = { sorts: ['kind'], defaultSort: 'kind', filters: { kind: Object.keys(WORD_KINDS) }, size: 50 } as const
const SMALL = { maxBytes: 16 * 1024, maxFields: 12 }
const UPLOAD = { maxBytes: 2 * 1024 * 1024, maxFiles: 1, maxFields: 4 }
const FULL = `本机关的词至多 ${MOST_WORDS} 个，请先删去不用的`
const isKind = (text: string | undefined): text is WordKind => text !== undefined && Object.hasOwn(WORD_KINDS, text)

async function page(c: Context, states: { add?: FormState; file?: FormState } = {}, faults: readonly WordFault[] = [], status: 200 | 422 = 200) {
  const { deps, actor } = signedIn(c)
  const query = parseListQuery(c.req.url, LIST)
  const { kind } = query.filters
  const { words, total } = await listOwnWords(deps.db, { bodyId: actor.bodyId, ...(isKind(kind) ? { kind } : {}), text: query.q, limit: query.size, offset: query.offset })
  const names = await listDisplayNames(deps.db, words.map(({ changedBy }) => changedBy))
  const model = { words, total, query, names, faults, mayEdit: can(actor, 'setting.manage', actor.bodyId), states: { add: states.add ?? emptyForm, file: states.file ?? emptyForm }, flash: takeFlash(c) }
  return renderPage(c, <WordsPage {...model} />, { status })
}

wordRoutes.get(WORDS, read, (c) => page(c))

wordRoutes.get(`${WORDS}/starter`, read, async (c) => {
  const { deps, actor } = signedIn(c)
  const query = parseListQuery(c.req.url, LIST)
  const found = STARTER_WORDS.filter(({ kind, wrong, right, note }) => (query.filters['kind'] ?? kind) === kind && (query.q === '' || `${wrong} ${right} ${note}`.includes(query.q)))
  return renderPage(c, <StarterWordsPage query={query} words={found.slice(query.offset, query.offset + query.size)} total={found.length} own={await countOwnWords(deps.db, actor.bodyId)} />)
})

wordRoutes.get(`${WORDS}/template.csv`, edit, (c) => c.body(new Uint8Array(ledgerTemplateCsv(WORD_LEDGER)), 200, { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': disposition('csv') }))
wordRoutes.get(`${WORDS}/template.xlsx`, edit, async (c) =>
  c.body(new Uint8Array(await ledgerTemplateXlsx(WORD_LEDGER)), 200, { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'content-disposition': disposition('xlsx') }),
)
const disposition = (extension: string): string => `attachment; filename*=UTF-8''${encodeURIComponent(`预检的词表模板.${extension}`)}`

const given = (form: ParsedForm) => readWord({ kind: form.text('kind'), wrong: form.text('wrong'), right: form.text('right'), severity: form.text('severity'), note: form.text('note') })

const after = (c: Context, tone: 'ok' | 'warn', text: string) => {
  setFlash(c, { tone, text })
  return c.redirect(WORDS, 303)
}

wordRoutes.post(WORDS, edit, async (c) => {
  const { deps, actor } = signedIn(c)
  const form = await parseForm(c, SMALL)
  const word = given(form)
  if (!word.ok) return page(c, { add: { values: form.fields, errors: word.errors } }, [], 422)
  const saved = await saveWords(deps, actor, { bodyId: actor.bodyId, words: [{ ...word.word, wordId: newId() }] })
  return saved.ok ? after(c, 'ok', saved.created > 0 ? '已添上' : '已有同样的写法，换成了新的') : after(c, 'warn', FULL)
})

wordRoutes.post(`${WORDS}/import`, edit, async (c) => {
  const { deps, actor } = signedIn(c)
  const [file] = (await parseForm(c, UPLOAD)).files
  if (file === undefined) return page(c, { file: { values: {}, errors: { file: '请选词表文件' } } }, [], 422)
  const found = await readWordFile(file.bytes)
  if (!found.ok) return page(c, {}, found.faults, 422)
  const saved = await saveWords(deps, actor, { bodyId: actor.bodyId, words: found.words })
  return saved.ok ? after(c, 'ok', `已导入：新增 ${saved.created} 个，更新 ${saved.changed} 个`) : after(c, 'warn', FULL)
})

async function openWord(c: Context) {
  const { deps, actor } = signedIn(c)
  const wordId = c.req.param('wordId') ?? ''
  const word = isId(wordId) ? await findOwnWord(deps.db, actor.bodyId, wordId) : null
  if (word === null) throw new NotFound('这个词')
  return { deps, actor, bodyId: actor.bodyId, word }
}

wordRoutes.get(`${WORDS}/:wordId`, edit, async (c) => renderPage(c, <WordPage word={(await openWord(c)).word} state={emptyForm} />))

wordRoutes.post(`${WORDS}/:wordId`, edit, async (c) => {
  const { deps, actor, bodyId, word } = await openWord(c)
  const form = await parseForm(c, SMALL)
  const read = given(form)
  if (!read.ok) return renderPage(c, <WordPage word={word} state={{ values: form.fields, errors: read.errors }} />, { status: 422 })
  await saveWords(deps, actor, { bodyId, words: [{ ...read.word, wordId: word.wordId }], replacing: word.wordId })
  return after(c, 'ok', '已改好')
})

wordRoutes.post(`${WORDS}/:wordId/remove`, edit, async (c) => {
  const { deps, actor, bodyId, word } = await openWord(c)
  await parseForm(c, SMALL)
  return after(c, (await removeWord(deps, actor, { bodyId, wordId: word.wordId })) ? 'ok' : 'warn', '已删去')
})
