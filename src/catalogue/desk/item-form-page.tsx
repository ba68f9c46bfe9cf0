import { FlashNotice } from '../../identity/index.ts'
import type { Flash } from '../../identity/index.ts'
import { CheckboxGroup, DateField, DeskPage, FieldGroup, FileField, Form, Island, Notice, RadioGroup, SelectField, TextArea, TextField, momentText } from '../../platform/html/index.ts'
import type { Option, OptionGroup } from '../../platform/html/index.ts'
import { PUBLICATION_TERMS } from '../../statute/publication.ts'
import { EXEMPTIONS } from '../exemptions.ts'
import { A19_REASONS, COLUMN_BLOCKS, GENRES, TOPICS } from '../item-details.ts'
import { ATTRIBUTES, ORIGINS } from '../item.ts'
import { articleOf, PUBLICATION_CODES, SUMMARY_KINDS } from '../publication-codes.ts'
import type { PublicationCode } from '../publication-codes.ts'
import { VersionDifferenceView } from '../content/version-difference.tsx'
import { AttachmentRows } from './attachment-rows.tsx'
import { FORM_TERMS } from './item-form.ts'
import type { ItemFormModel } from './load-form.ts'
import { RelationRows } from './relation-rows.tsx'
import { RichText } from './rich-text.tsx'

const optionsOf = (table: Readonly<Record<string, string>>): Option[] => Object.entries(table).map(([value, label]) => ({ value, label }))

const CODES = (Object.keys(PUBLICATION_CODES) as PublicationCode[]).map((code) => ({ value: code, label: code.startsWith('A20') ? `${articleOf(code)} ${PUBLICATION_CODES[code].label}` : articleOf(code) }))
const TERMS = FORM_TERMS.map((term) => {
  const { label, n, unit, basis, settled } = PUBLICATION_TERMS[term]
  return { value: term, label: `${label}：${n} 个${unit === 'WORKDAY' ? '工作日' : '自然日'}${settled ? `（${basis}）` : '（本区设定）'}` }
})
const EXEMPTION_OPTIONS: OptionGroup[] = [...Map.groupBy(Object.entries(EXEMPTIONS), ([, { article }]) => article)].map(([label, group]) => ({ label: `条例${label}`, options: group.map(([value, exemption]) => ({ value, label: exemption.label })) }))

export const ITEM_LIST = { label: '信息', href: '/desk/items' }

/** 登记、修改一条信息：是什么、正文、附件、分类、关联，一张表单。 */
export function ItemFormPage({ model, flash }: { model: ItemFormModel; flash: Flash | null }) {
  const { itemId, item, state } = model
  const action = item === null ? '/desk/items/new' : `/desk/items/${itemId}/edit`
  return (
    <DeskPage
      title={item === null ? '登记信息' : `修改 ${item.content.title}`}
      heading={item === null ? '登记信息' : '修改信息'}
      crumbs={item === null ? [ITEM_LIST] : [ITEM_LIST, { label: item.content.title, href: `/desk/items/${itemId}` }]}
      lead={item === null ? '登记之后送审，审查通过才公开。公开专栏只放法定主动公开的内容与制度，工作动态、领导活动之类不放在这里。' : `索引号 ${item.indexNo}，不随修改而变。`}
    >
      <FlashNotice flash={flash} />
      <FormNotices model={model} />
      <Form
        action={action}
        state={state}
        multipart
        keepsFiles
        submit={item === null ? '登记' : '存下修改'}
        alternatives={[{ name: 'do', value: 'draft', label: '先存着，以后再交' }, ...(model.conflict === null ? [] : [{ name: 'do', value: `overwrite:${model.conflict.version}`, label: '看过了，以我填的为准' }])]}
        cancel={{ label: item === null ? '返回列表' : '返回这一条', href: item === null ? '/desk/items' : `/desk/items/${itemId}` }}
        hidden={{ itemId, seen: String(model.seen) }}
      >
        {/* 在栏里按回车等于先存着，不至于误删附件 */}
        <button className="vh" name="do" value="draft" tabIndex={-1} aria-hidden="true">
          先存着
        </button>
        <output className="quiet" data-autosave={model.draftAt?.toISOString() ?? ''} hidden />
        <Island name="autosave" />
        <WhatItIs model={model} />
        <FieldGroup title="正文">
          <RichText name="body" label="正文" {...model.body} error={state.errors['body']} endpoint={`/desk/items/${itemId}/paste`} />
          <UnnamedPictures model={model} />
          <FileField name="word" label="从 Word 文件读入正文" accept=".docx" hint="DOCX；接在已有的正文之后" />
          <p className="buttons">
            <button className="btn second" name="do" value="word">
              读入
            </button>
          </p>
        </FieldGroup>
        <FieldGroup title="附件" lead="PDF、OFD、DOCX、XLSX、PPTX、网页、文本、CSV、图片，一个至多 50 MB。里面的文字读出来供审查和检索。">
          <AttachmentRows attachments={model.attachments} itemId={itemId} />
          <FileField name="files" label="添加附件" multiple hint="可以一次选几个，至多 10 个" />
          <p className="buttons">
            <button className="btn second" name="do" value="upload">
              上传
            </button>
          </p>
        </FieldGroup>
        <Classifying model={model} />
        <FieldGroup title="关联的信息" lead="解读与文件、修订与被修订、废止与被废止，写明之后两边的页面互相指着。">
          <RelationRows relations={model.relations} search={model.search} />
        </FieldGroup>
      </Form>
    </DeskPage>
  )
}

function FormNotices({ model: { draftAt, others, drafts, notes, fileNotes, conflict, item, itemId } }: { model: ItemFormModel }) {
  return (
    <>
      {drafts.length > 0 && draftAt === null && (
        <Notice tone="info" title={`还有 ${drafts.length} 份没有登记的`}>
          <ul>
            {drafts.map((draft) => (
              <li key={draft.itemId}>
                <a href={`/desk/items/new?item=${draft.itemId}`}>{draft.title === '' ? '（没有标题）' : draft.title}</a>，{momentText(draft.savedAt)} 存
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {draftAt !== null && (
        <Notice tone="info" title={`这是您 ${momentText(draftAt)} 存下、还没有交的`}>
          接着填就是；不要了可以<a href={`/desk/items/${itemId}/draft/discard`}>放弃</a>{item === null ? '' : '，回到已登记的样子'}。
        </Notice>
      )}
      {others.length > 0 && (
        <Notice tone="warn" title={`${others.join('、')}也在改这一条`}>
          先商量一下由谁来改；后交的会看到先交的改了什么，再定以谁的为准。
        </Notice>
      )}
      {notes.length > 0 && (
        <Notice tone="warn" title="请看一遍正文">
          <ul>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Notice>
      )}
      {fileNotes.length > 0 && (
        <Notice tone="info" title="附件收下了，有一句话">
          <ul>
            {fileNotes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Notice>
      )}
      {conflict !== null && (
        <Notice tone="error" title="您填写的时候，别人先改了这一条">
          <p>您填的都在。现在存着的与您填的不同之处（删去线是现在存着的，下划线是您填的）：</p>
          <VersionDifferenceView difference={conflict.difference} />
        </Notice>
      )}
    </>
  )
}

function WhatItIs({ model: { today } }: { model: ItemFormModel }) {
  return (
    <FieldGroup title="是什么">
      <TextField name="title" label="标题" required maxLength={500} hint="只写主标题" />
      <TextField name="docNo" label="发文字号" maxLength={100} width="middle" hint="有文号的写，如 武城运〔2026〕1号" />
      <TextField name="issuer" label="发文机关" maxLength={200} />
      <DateField name="formedOn" label="成文日期" required max={today} hint="形成之日。公开期限自这一天起算（条例第二十六条），不能倒签" />
      <DateField name="effectiveOn" label="生效日期" />
      <RadioGroup name="origin" label="来源" required options={optionsOf(ORIGINS)} hint="谁制作、谁保存，谁负责公开（条例第十条）" />
      <SelectField name="genre" label="体裁" options={optionsOf(GENRES)} />
      <SelectField name="topic" label="主题分类" options={optionsOf(TOPICS)} />
      <TextField name="keywords" label="主题词" maxLength={300} hint="几个词之间用顿号隔开，至多 10 个" />
      <TextArea name="summary" label="内容概述" rows={3} maxLength={2000} hint="给公众看的一两句话，检索结果里显示" />
    </FieldGroup>
  )
}

function UnnamedPictures({ model: { unnamed } }: { model: ItemFormModel }) {
  if (unnamed.length === 0) return null
  return (
    <div className="notice warn">
      <p className="notice-title">
        <span className="notice-word">注意</span>有 {unnamed.length} 张图片没有说明
      </p>
      <p>看不见图的人、检索，都靠说明知道图里是什么。只作装饰的可以不写。</p>
      <ul className="unnamed">
        {unnamed.map(({ key, url }, i) => (
          <li key={key}>
            <img src={url} alt={`正文里没有说明的第 ${i + 1} 张图片`} />
            <label>
              第 {i + 1} 张图片的说明
              <input type="text" name={`alt:${key}`} maxLength={200} />
            </label>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Classifying({ model: { due, item } }: { model: ItemFormModel }) {
  return (
    <FieldGroup title="公开属性与分类">
      <RadioGroup name="attribute" label="公开属性" options={[...optionsOf(ATTRIBUTES), { value: '', label: '还没有定', hint: '登记之后再定；定了才能送审' }]} hint="公开为常态，不公开为例外（条例第五条）" />
      {due !== null && (
        <p className="quiet">
          照现在填的，最迟 <strong>{due.nominal}</strong> 公开：{due.words}。
        </p>
      )}
      <CheckboxGroup name="codes" label="主动公开的事项" options={CODES} hint="主动公开的至少选一项" />
      <CheckboxGroup name="a19" label="为何须主动公开" options={optionsOf(A19_REASONS)} hint="条例第十九条，可以不选" />
      <RadioGroup name="block" label="放在专栏的" required options={optionsOf(COLUMN_BLOCKS)} hint="会议、活动等工作动态不放在专栏" />
      <SelectField name="term" label="公开期限" required blank={null} options={TERMS} hint="一般的自形成或者变更之日起二十个工作日；法律另有规定的从其规定" />
      <DateField name="termFrom" label="期限自哪一日起算" hint={item?.changedOn == null ? '特别的期限必填，如财政批复之日、合同签订之日；一般的不填，自成文日期起算' : '变更过的自变更之日起算'} />
      <SelectField name="summaryKind" label="年度报告综述归入" blank="照事项" options={optionsOf(SUMMARY_KINDS)} />
      <SelectField name="exemptionCode" label="不予公开的依据" blank="不适用" options={EXEMPTION_OPTIONS} />
      <TextArea name="exemptionReason" label="不予公开的理由" rows={3} maxLength={2000} hint="不予公开的必填；以后每年评估一次（条例第十八条）" />
    </FieldGroup>
  )
}
