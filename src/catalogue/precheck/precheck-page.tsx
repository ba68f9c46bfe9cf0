import { DeskPage, EmptyState, Form, LinkButton, Moment, Notice, PostButton, Sheet, Tag, TextArea, TextField } from '../../platform/html/index.ts'
import type { Flash } from '../../identity/index.ts'
import { FlashNotice } from '../../identity/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import type { Item } from '../item.ts'
import { ruleOf, SEVERITIES } from './hit.ts'
import type { Severity } from './hit.ts'
import { isReleasable } from './precheck-store.ts'
import type { Precheck } from './precheck-store.ts'

type ShownHit = Precheck['hits'][number]

export interface PrecheckModel {
  itemId: string
  item: Item
  precheck: Precheck | null
  names: ReadonlyMap<string, string>
  mayAcknowledge: boolean
  /** 此人可以放行的几处 */
  releasable: ReadonlySet<string>
  states: { acknowledge: FormState; release: FormState }
  flash: Flash | null
}

const TONES = { block: 'late', warn: 'wait', note: 'plain' } as const

/** 预检的结果：阻断的、待确认的、提示的，各处的原句（个人信息已遮盖）与怎样办。 */
export function PrecheckPage(model: PrecheckModel) {
  const { itemId, item, precheck, names, flash } = model
  const here = `/desk/items/${itemId}/precheck`
  return (
    <DeskPage
      title={`预检 ${item.indexNo}`}
      heading="公开前预检"
      crumbs={[{ label: '信息', href: '/desk/items' }, { label: item.indexNo, href: `/desk/items/${itemId}` }]}
      lead={item.content.title}
      actions={
        <>
          {precheck !== null && precheck.blocks + precheck.warnings > 0 && model.mayAcknowledge && <LinkButton href={`/desk/items/${itemId}/edit`}>修改内容</LinkButton>}
          <PostButton action={here} label={precheck === null ? '预检' : '重新预检'} kind="second" />
        </>
      }
    >
      <div className="stack">
        <FlashNotice flash={flash} />
        {precheck === null ? (
          <EmptyState title="还没有预检">预检看标题、概述、正文、附件的文字与文件名，找密级标志、个人信息、用词的错误，与文件里看不见的内容；不能代替人看。</EmptyState>
        ) : (
          <>
            {precheck.stale && <Notice tone="warn" title="内容或者词表在这次预检之后改了，下面的结果不作数，请重新预检" />}
            <p>
              <Moment at={precheck.checkedAt} /> 由{names.get(precheck.checkedBy) ?? '系统'}预检，
              {precheck.blocks + precheck.warnings === 0 ? '没有未了结的。' : `还有阻断 ${precheck.blocks} 条、待确认 ${precheck.warnings} 条没有了结。`}不能代替人看。
            </p>
            <Open {...model} precheck={precheck} here={here} />
            <Settled hits={precheck.hits.filter((hit) => hit.answer !== null)} names={names} />
            <Group severity="note" hits={precheck.hits.filter(({ severity }) => severity === 'note')} />
          </>
        )}
      </div>
    </DeskPage>
  )
}

function Open({ precheck, here, mayAcknowledge, releasable, states }: PrecheckModel & { precheck: Precheck; here: string }) {
  const open = precheck.hits.filter((hit) => hit.answer === null)
  const [blocks, warnings] = [open.filter(({ severity }) => severity === 'block'), open.filter(({ severity }) => severity === 'warn')]
  const hidden = { hash: precheck.contentHash }
  const mine = blocks.filter((hit) => releasable.has(hit.key))
  return (
    <>
      {blocks.length > 0 && (
        <Sheet title={`阻断：${blocks.length} 条`}>
          <p className="quiet">请在内容里去掉；依法应当公开的，由承办人之外的科室负责人、公开工作机构负责人、机关领导或者保密审查员写明依据放行。</p>
          {mine.length > 0 && !precheck.stale ? (
            <Form action={`${here}/release`} submit="依据放行" danger state={states.release} hidden={hidden}>
              <Choices hits={blocks} pickable={releasable} error={states.release.errors['keys']} />
              <TextField name="basis" label="依据" required maxLength={200} hint="法律、法规的名称与条款，如《国有土地上房屋征收与补偿条例》第二十九条" />
              <TextArea name="reason" label="理由" required rows={3} maxLength={500} hint="为何这里必须公开这一项；不写号码" />
            </Form>
          ) : (
            <Choices hits={blocks} pickable={NONE} />
          )}
        </Sheet>
      )}
      {warnings.length > 0 && (
        <Sheet title={`待确认：${warnings.length} 条`}>
          {mayAcknowledge && !precheck.stale ? (
            <Form action={`${here}/acknowledge`} submit="看过所选的，确认" state={states.acknowledge} hidden={hidden}>
              <Choices hits={warnings} pickable={new Set(warnings.map(({ key }) => key))} error={states.acknowledge.errors['keys']} />
            </Form>
          ) : (
            <Choices hits={warnings} pickable={NONE} />
          )}
        </Sheet>
      )}
    </>
  )
}

const NONE: ReadonlySet<string> = new Set()

function Choices({ hits, pickable, error }: { hits: readonly ShownHit[]; pickable: ReadonlySet<string>; error?: string }) {
  return (
    <fieldset className={error === undefined ? 'field' : 'field wrong'} id="f-keys">
      <legend className="vh">各条</legend>
      {error !== undefined && (
        <p className="field-error">
          <span className="vh">错误：</span>
          {error}
        </p>
      )}
      <ul className="items">
        {hits.map((hit) => (
          <li key={hit.key}>
            <HitText hit={hit} pick={pickable.has(hit.key)} />
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

/** 一处命中：在哪里、原句（遮盖过的）、怎样办；`pick` 的可以选。 */
export function HitText({ hit, pick }: { hit: ShownHit; pick: boolean }) {
  const { label, advice } = ruleOf(hit.rule)
  const title = `${label}${hit.count > 1 ? ` ${hit.count} 处` : ''}，${hit.place}`
  return (
    <span className="items-text">
      {pick ? (
        <label className="pick">
          <input type="checkbox" name="keys" value={hit.key} /> {title}
        </label>
      ) : (
        <strong>{title}</strong>
      )}
      {hit.said !== null && <span className="quiet">{hit.said}</span>}
      {hit.samples.map(({ at, excerpt }, i) => (
        <span key={i} className="quiet">
          {at}：{excerpt}
        </span>
      ))}
      {hit.count > hit.samples.length && hit.samples.length > 0 && <span className="quiet">另有 {hit.count - hit.samples.length} 处，不逐一列出</span>}
      {hit.answer === null && <span className="quiet">{isReleasable(hit) || hit.severity !== 'block' ? advice : `${advice}（不能放行）`}</span>}
    </span>
  )
}

function Settled({ hits, names }: { hits: readonly ShownHit[]; names: ReadonlyMap<string, string> }) {
  if (hits.length === 0) return null
  return (
    <Sheet title={`已了结：${hits.length} 条`}>
      <ul className="items">
        {hits.map((hit) => (
          <li key={hit.key}>
            <HitText hit={hit} pick={false} />
            {hit.answer !== null && (
              <span className="quiet">
                {names.get(hit.answer.by) ?? ''}
                {hit.answer.onBehalfOf === null ? '' : `代${names.get(hit.answer.onBehalfOf) ?? '他人'}`}
                {hit.answer.kind === 'acknowledged' ? '确认看过' : `放行，依据：${hit.answer.basis}；理由：${hit.answer.reason}`}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

function Group({ severity, hits }: { severity: Severity; hits: readonly ShownHit[] }) {
  if (hits.length === 0) return null
  return (
    <details>
      <summary>
        <Tag tone={TONES[severity]}>{SEVERITIES[severity]}</Tag> {hits.length} 条，不必办
      </summary>
      <ul className="items">
        {hits.map((hit) => (
          <li key={hit.key}>
            <HitText hit={hit} pick={false} />
          </li>
        ))}
      </ul>
    </details>
  )
}
