import { toHtml } from '../../documents/index.ts'
import type { Document } from '../../documents/index.ts'
import { canonicalJson } from '../../platform/canonical-json.ts'
import { fieldKeys } from '../../platform/crypto.ts'
import type { Deps } from '../../platform/deps.ts'
import { LETTER_FORMAT_NAMES, openLetterFile } from '../letter-desk/letter-files.ts'
import { letterRule } from '../letters/letters.ts'
import { getPaper, PAPER_KINDS } from '../papers/paper-store.ts'
import type { PaperKind } from '../papers/paper-store.ts'
import { answerFile, DOCUMENT_TYPES, openFile } from '../redaction-desk/document-files.ts'
import { APPLICATION_STREAM } from '../store.ts'
import { applicationForm, clockSheet, consultationSheet, dueAccount, historySheet, indexSheet, ratingSheet, receiptSheet, redactionSheet, searchSheet, serviceSheet, signOffSheet } from './case-documents.ts'
import type { CaseFile } from './case-file.ts'
import { TIMELINE_FILE, timelineText } from './package/index.ts'
import type { PackageEntry } from './package/index.ts'

/** 包里的一份；`original` 为原样存下的，去标识化之前须逐份核对都在包里。 */
export interface CaseEntry extends PackageEntry {
  original: boolean
}

/** 各种材料放在哪里。 */
const PLACES: Readonly<Record<PaperKind, string>> = {
  identity: '01申请材料',
  mandate: '01申请材料',
  other: '01申请材料',
  supplement: '01申请材料',
  payment: '01申请材料',
  envelope: '02收到凭据',
  search: '06检索记录',
}

const words = (path: string, note: string, content: string, original = false): CaseEntry => ({ path, note, original, load: async () => Buffer.from(content, 'utf8') })
const page = (path: string, note: string, document: Document): CaseEntry => words(path, note, toHtml(document))
const two = (n: number): string => String(n).padStart(2, '0')

/** 一件的档案包里依次有哪些；目录在最前。文件的内容写到才读。 */
export function listEntries(deps: Deps, file: CaseFile): CaseEntry[] {
  const account = dueAccount(file)
  const rating = ratingSheet(file)
  const rest = [
    page('01申请材料/申请表.html', '申请表', applicationForm(file)),
    ...(file.applicant === null ? [] : [words('01申请材料/申请人.json', '申请人填写的各栏', canonicalJson({ ...file.applicant, details: file.applicant.details ?? null }), true)]),
    ...paperEntries(deps, file, '01申请材料'),
    page('02收到凭据/收到之日.html', '收到申请之日及凭据', receiptSheet(file)),
    ...paperEntries(deps, file, '02收到凭据'),
    page('03审批/审批单.html', '审批单', signOffSheet(file)),
    ...letterEntries(deps, file),
    page('05送达/送达记录.html', '送达记录', serviceSheet(file)),
    page('06检索记录/检索与协办.html', '检索与协办', searchSheet(file)),
    ...paperEntries(deps, file, '06检索记录'),
    page('07征求意见/征求意见.html', '征求意见', consultationSheet(file)),
    ...(file.parties.size === 0 ? [] : [words('07征求意见/对方.json', '征求意见的对方', canonicalJson(Object.fromEntries([...file.parties].map(([id, { name, contact }]) => [id, { name, contact }]))), true)]),
    ...documentEntries(deps, file),
    words('09期限/期限逐日.json', '期限逐日的账', canonicalJson(account === null ? null : { dueOn: account.dueOn, steps: account.steps.map((step) => ({ ...step })) })),
    page('09期限/期限逐日.html', '期限逐日的账', clockSheet(file, account)),
    words(TIMELINE_FILE, '时间线与逐条的 hash', timelineText({ ...file, stream: APPLICATION_STREAM }, file.events)),
    page('10经过/办理经过.html', '办理经过', historySheet(file)),
    ...(rating === null ? [] : [page('11评价/评价.html', '申请人的评价', rating)]),
  ]
  return [page('目录.html', '案卷目录', indexSheet(file, rest)), ...rest]
}

function paperEntries(deps: Deps, file: CaseFile, place: string): CaseEntry[] {
  const keys = fieldKeys(deps.config.secretKey)
  return file.papers
    .filter(({ kind }) => PLACES[kind] === place)
    .map(({ paperId, caseId, kind, type, givenOn, addedBy }, i) => ({
      // 不写原来的文件名：里面常有姓名
      path: `${place}/${two(i + 1)}${PAPER_KINDS[kind]}.${type === 'jpeg' ? 'jpg' : type}`,
      note: `${PAPER_KINDS[kind]}，${givenOn} ${addedBy === null ? '申请人交来' : '经办人附上'}${caseId === file.caseId ? '' : '（原申请）'}`,
      original: true,
      load: async () => (await getPaper(deps.db, keys, { bodyId: file.bodyId, caseId, paperId })).bytes,
    }))
}

function letterEntries(deps: Deps, { bodyId, caseId, letters }: CaseFile): CaseEntry[] {
  const keys = fieldKeys(deps.config.secretKey)
  return letters.flatMap(({ letterId, caseId: of, type, docNo, issuedOn }, i) =>
    LETTER_FORMAT_NAMES.map((format) => ({
      path: `04文书/${two(i + 1)}${letterRule(type).title}.${format}`,
      note: [letterRule(type).title, docNo, `${issuedOn ?? ''} 发出`, of === caseId ? '' : '与前一件一并答复'].filter((each) => each !== null && each !== '').join('，'),
      // 前一件的，由前一件的案卷管
      original: of === caseId,
      load: () => openLetterFile(deps.db, deps.files, keys, { bodyId, letterId, format }),
    })),
  )
}

function documentEntries(deps: Deps, file: CaseFile): CaseEntry[] {
  const { bodyId, caseId, documents } = file
  if (documents.length === 0) return []
  const keys = fieldKeys(deps.config.secretKey)
  return [
    page('08答复附件/遮盖理由.html', '遮盖理由与核对', redactionSheet(file)),
    ...documents.flatMap((document, i): CaseEntry[] => {
      const { documentId, type, hash } = document
      const ref = { bodyId, caseId, documentId }
      const given = answerFile(document)
      const confirmed = document.status === 'confirmed' ? '经核对' : '没有核对，没有提供'
      return [
        // 本系统的文书，原件存的是数据
        { path: `08答复附件/${two(i + 1)}原件.${type === 'letter' ? 'json' : DOCUMENT_TYPES[type].suffix}`, note: '原件', original: true, load: () => openFile(deps.db, deps, keys, ref, 'original', hash) },
        ...(given === null || given.role === 'original' ? [] : [{ path: `08答复附件/${two(i + 1)}提供件.${DOCUMENT_TYPES[given.type].suffix}`, note: `遮盖之后的，${confirmed}`, original: true, load: () => openFile(deps.db, deps, keys, ref, given.role, given.hash) }]),
      ]
    }),
  ]
}
