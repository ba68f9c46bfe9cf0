import { CheckboxGroup, DateField, DeskPage, FieldGroup, Form, SelectField, Sheet, TextField } from '../platform/html/index.ts'
import type { FormState } from '../platform/html/index.ts'
import { BODY_KINDS, POWERS } from './body.ts'
import type { Body } from './body.ts'
import { bodyHref, CRUMBS, heldPowers, within } from './body-frame.ts'

const KIND_OPTIONS = Object.entries(BODY_KINDS).map(([value, label]) => ({ value, label }))
const POWER_OPTIONS = Object.entries(POWERS).map(([value, label]) => ({ value, label }))

function BodyFields({ body }: { body: Body | null }) {
  return (
    <>
      <SelectField name="kind" label="种类" required options={KIND_OPTIONS} value={body?.kind} />
      <TextField
        name="uscc"
        label="统一社会信用代码"
        width="middle"
        maxLength={18}
        value={body?.uscc ?? ''}
        hint="18 位，最后一位是校验码。组织机构代码由此取得，用于索引号。"
      />
      <TextField name="codeWord" label="机关代字" width="short" maxLength={20} value={body?.codeWord ?? ''} hint="用于发文字号，如「武城运」。" />
      <CheckboxGroup
        name="powers"
        label="行政权力"
        options={POWER_OPTIONS}
        value={body === null ? [] : heldPowers(body)}
        hint="依权责清单。没有勾选的，年度报告的相应格应当为 0。"
      />
      <DateField name="establishedOn" label="成立日期" value={body?.establishedOn ?? ''} />
      <TextField name="sort" label="排列次序" width="short" inputMode="numeric" maxLength={6} value={String(body?.sort ?? 0)} hint="小的在前。" />
    </>
  )
}

export function NewBodyPage({ state }: { state: FormState }) {
  return (
    <DeskPage title="新建机构" crumbs={CRUMBS}>
      <Sheet>
        <Form action="/desk/admin/bodies/new" state={state} submit="新建机构" cancel={{ href: '/desk/admin/bodies' }}>
          <TextField name="name" label="名称" required maxLength={60} hint="全称，与公章一致。" />
          <TextField
            name="code"
            label="代码"
            required
            width="middle"
            maxLength={32}
            autoComplete="off"
            hint="写在网址里，如 csyxglzx：小写字母起首，可用小写字母、数字、连字符；全区不重，定后不改。"
          />
          <BodyFields body={null} />
          <FieldGroup title="曾用名" lead="名称用过不止一个的，建好之后再补记其余。">
            <TextField name="formerName" label="曾用名" maxLength={60} />
            <DateField name="formerTo" label="用至" />
          </FieldGroup>
        </Form>
      </Sheet>
    </DeskPage>
  )
}

export function EditBodyPage({ body, state }: { body: Body; state: FormState }) {
  return (
    <DeskPage title="修改资料" crumbs={within(body)} lead="名称用「更名」改，旧名会记为曾用名。">
      <Sheet>
        <Form action={`${bodyHref(body)}/edit`} state={state} submit="保存资料" cancel={{ href: bodyHref(body) }}>
          <BodyFields body={body} />
        </Form>
      </Sheet>
    </DeskPage>
  )
}

export function RenameBodyPage({ body, state }: { body: Body; state: FormState }) {
  return (
    <DeskPage title="更名" crumbs={within(body)} lead="旧名用至启用新名的前一日，记为曾用名；按旧名仍然查得到。已经报送、公布的文书不变。">
      <Sheet>
        <Form action={`${bodyHref(body)}/rename`} state={state} submit="更名" cancel={{ href: bodyHref(body) }}>
          <TextField name="name" label="新的名称" required maxLength={60} />
          <DateField name="from" label="自何日启用" required />
          <TextField name="note" label="依据" maxLength={200} hint="如机构编制部门的批复文号。" />
        </Form>
      </Sheet>
    </DeskPage>
  )
}

export function AddNamePage({ body, state }: { body: Body; state: FormState }) {
  return (
    <DeskPage title="补记曾用名" crumbs={within(body)} lead="更名发生在启用本系统之前的，或者常用的简称。">
      <Sheet>
        <Form action={`${bodyHref(body)}/names`} state={state} submit="记下" cancel={{ href: bodyHref(body) }}>
          <TextField name="name" label="名称" required maxLength={60} />
          <SelectField
            name="kind"
            label="是"
            required
            blank={null}
            options={[
              { value: 'former', label: '曾用名' },
              { value: 'short', label: '简称' },
            ]}
          />
          <DateField name="from" label="自" />
          <DateField name="to" label="至" hint="曾用名须写最后使用的一日。" />
          <TextField name="note" label="说明" maxLength={200} />
        </Form>
      </Sheet>
    </DeskPage>
  )
}

export function MergeBodyPage({ body, others, state }: { body: Body; others: readonly Body[]; state: FormState }) {
  return (
    <DeskPage title="并入其他机构" crumbs={within(body)}>
      <Sheet>
        <p className="quiet">
          {body.name}自所填之日起撤销，职责由所选的机构承担。它的记录、报告原样保留、仍可查阅；不能再为它登记新的。此事不能撤回。
        </p>
        <Form danger action={`${bodyHref(body)}/merge`} state={state} submit={`撤销${body.name}`} cancel={{ href: bodyHref(body) }}>
          <SelectField
            name="into"
            label="职责归于"
            required
            options={others.map((other) => ({ value: other.bodyId, label: other.name }))}
          />
          <DateField name="on" label="自何日" required />
          <TextField name="basis" label="依据" required maxLength={200} hint="如机构改革方案、机构编制部门的批复文号。" />
        </Form>
      </Sheet>
    </DeskPage>
  )
}
