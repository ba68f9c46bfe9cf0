import { createContext, use } from 'react'
import type { ReactNode } from 'react'
import { Island } from './island.tsx'

/** 一次提交：填过的值与各栏的错误；首次打开用 `emptyForm`。 */
export interface FormState {
  values: Readonly<Record<string, readonly string[]>>
  /** 栏名 → 错在哪里、怎样改；键 `''` 为整张表的错误 */
  errors: Readonly<Record<string, string>>
}

export const emptyForm: FormState = { values: {}, errors: {} }

// 整栏没有交来的（不是由本站的表单），zod 的话是英文
const isForeign = (message: string): boolean => /^[ -~]*$/.test(message)

/** 由 zod 的 issues 得到各栏错误；一栏只留第一条。 */
export function toFormState(
  values: Readonly<Record<string, readonly string[]>>,
  issues: readonly { path: readonly PropertyKey[]; message: string }[],
): FormState {
  const errors: Record<string, string> = {}
  for (const issue of issues) errors[String(issue.path[0] ?? '')] ??= isForeign(issue.message) ? '请填写' : issue.message
  return { values, errors }
}

const FormContext = createContext<FormState>(emptyForm)

export interface FormProps {
  action: string
  state?: FormState
  /** 主按钮的字，写明办什么事，如「登记申请」 */
  submit: string
  /** 危险的一步用印红 */
  danger?: boolean
  cancel?: { label?: string; href: string }
  method?: 'post' | 'get'
  /** 有文件栏时 */
  multipart?: boolean
  /** 交来的文件已存下，表单退回也不必再选 */
  keepsFiles?: boolean
  /** 随表单带回的值：版本号、请求号等 */
  hidden?: Readonly<Record<string, string>>
  /** 主按钮旁的其他提交按钮 */
  alternatives?: readonly { name: string; value: string; label: string }[]
  children?: ReactNode
}

/** 一列的表单：出错时页首有错误汇总并得到焦点，各栏旁有错误，填过的都在。 */
export function Form(props: FormProps) {
  const { state = emptyForm, hidden = {}, method = 'post', alternatives = [] } = props
  return (
    <FormContext value={state}>
      <ErrorSummary errors={state.errors} withFiles={props.multipart === true && props.keepsFiles !== true} />
      <form
        className="form"
        method={method}
        action={props.action}
        encType={props.multipart === true ? 'multipart/form-data' : undefined}
        noValidate={method === 'post'}
      >
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {props.children}
        {method === 'post' && <Island name="elder-switch" shared />}
        {method === 'post' && <Island name="unsaved" shared />}
        <div className="buttons">
          <button className={props.danger === true ? 'btn danger' : 'btn'}>{props.submit}</button>
          {alternatives.map((button) => (
            <button key={button.value} className="btn second" name={button.name} value={button.value}>
              {button.label}
            </button>
          ))}
          {props.cancel !== undefined && <a href={props.cancel.href}>{props.cancel.label ?? '取消'}</a>}
        </div>
      </form>
    </FormContext>
  )
}

// 文件栏浏览器不许预填，故有文件的表单说明要重新选
function ErrorSummary({ errors, withFiles }: { errors: FormState['errors']; withFiles: boolean }) {
  const entries = Object.entries(errors)
  if (entries.length === 0) return null
  return (
    // 无脚本时焦点由 autofocus 给：读屏用户提交后先听到错在何处
    // oxlint-disable-next-line jsx-a11y/no-autofocus
    <div className="notice error" role="alert" tabIndex={-1} autoFocus id="errors">
      <p className="notice-title">
        <span className="notice-word">错误</span>
        有 {entries.length} 处需要改正，填过的内容都在{withFiles ? '；文件要重新选' : ''}
      </p>
      <ul>
        {entries.map(([name, message]) => (
          <li key={name}>{name === '' ? message : <a href={`#${fieldId(name)}`}>{message}</a>}</li>
        ))}
      </ul>
    </div>
  )
}

const fieldId = (name: string): string => `f-${name}`

interface FieldProps {
  name: string
  label: string
  /** 同样的一组栏有几组时是哪一组：组名已在上面，只念给读屏 */
  within?: string
  /** 栏下小字：依据的条款、格式、为何要填 */
  hint?: ReactNode
  required?: boolean
}

/** 一栏里输入框要的属性：标签、说明与错误由此关联。 */
function useField({ name, hint, required }: FieldProps) {
  const { values, errors } = use(FormContext)
  const id = fieldId(name)
  const error = errors[name]
  const described = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ')
  return {
    values: values[name],
    error,
    attributes: {
      id,
      name,
      required,
      'aria-invalid': error === undefined ? undefined : true,
      'aria-describedby': described === '' ? undefined : described,
    },
  }
}

function FieldFrame({ name, label, within, hint, required, error, children }: FieldProps & { error: string | undefined; children: ReactNode }) {
  return (
    <div className={error === undefined ? 'field' : 'field wrong'}>
      <label htmlFor={fieldId(name)}>
        {label}
        {within !== undefined && <span className="vh">（{within}）</span>}
        <Mark required={required} />
      </label>
      <Hint name={name} hint={hint} />
      <FieldError name={name} error={error} />
      {children}
    </div>
  )
}

const Mark = ({ required }: { required: boolean | undefined }) => <small>{required === true ? '（必填）' : '（选填）'}</small>

const Hint = ({ name, hint }: { name: string; hint: ReactNode }) =>
  hint === undefined ? null : (
    <p className="hint" id={`${fieldId(name)}-hint`}>
      {hint}
    </p>
  )

const FieldError = ({ name, error }: { name: string; error: string | undefined }) =>
  error === undefined ? null : (
    <p className="field-error" id={`${fieldId(name)}-error`}>
      <span className="vh">错误：</span>
      {error}
    </p>
  )

export interface TextFieldProps extends FieldProps {
  value?: string
  type?: 'text' | 'email' | 'tel' | 'url' | 'search'
  inputMode?: 'numeric' | 'decimal'
  maxLength?: number
  autoComplete?: string
  placeholder?: string
  /** 输入框宽度：短（年份、件数）、中（姓名、电话）、满 */
  width?: 'short' | 'middle' | 'full'
}

export function TextField(props: TextFieldProps) {
  const { values, error, attributes } = useField(props)
  const { type = 'text', width = 'full' } = props
  return (
    <FieldFrame {...props} error={error}>
      <input
        {...attributes}
        className={width}
        type={type}
        inputMode={props.inputMode}
        maxLength={props.maxLength ?? 200}
        autoComplete={props.autoComplete}
        placeholder={props.placeholder}
        defaultValue={values?.[0] ?? props.value}
      />
    </FieldFrame>
  )
}

export function TextArea(props: FieldProps & { value?: string; rows?: number; maxLength?: number }) {
  const { values, error, attributes } = useField(props)
  return (
    <FieldFrame {...props} error={error}>
      <textarea
        {...attributes}
        rows={props.rows ?? 5}
        maxLength={props.maxLength ?? 2000}
        defaultValue={values?.[0] ?? props.value}
      />
    </FieldFrame>
  )
}

export function DateField(props: FieldProps & { value?: string; min?: string; max?: string }) {
  const { values, error, attributes } = useField(props)
  return (
    <FieldFrame {...props} error={error}>
      <input
        {...attributes}
        className="middle"
        type="date"
        min={props.min}
        max={props.max}
        defaultValue={values?.[0] ?? props.value}
      />
    </FieldFrame>
  )
}

/** 口令从不回填。 */
export function PasswordField(props: FieldProps & { autoComplete: 'current-password' | 'new-password' | 'one-time-code' }) {
  const { error, attributes } = useField(props)
  return (
    <FieldFrame {...props} error={error}>
      <input {...attributes} className="middle" type="password" maxLength={200} autoComplete={props.autoComplete} />
    </FieldFrame>
  )
}

/** 文件无法回填：出错时提示重选。 */
export function FileField(props: FieldProps & { accept?: string; multiple?: boolean }) {
  const { error, attributes } = useField(props)
  return (
    <FieldFrame {...props} error={error}>
      <input {...attributes} className="file" type="file" accept={props.accept} multiple={props.multiple} />
    </FieldFrame>
  )
}

export interface Option {
  value: string
  label: string
  hint?: ReactNode
}

export interface OptionGroup {
  label: string
  options: readonly Option[]
}

export function SelectField(
  props: FieldProps & {
    options: readonly (Option | OptionGroup)[]
    value?: string
    /** 未选时的一项；null 则无 */
    blank?: string | null
  },
) {
  const { values, error, attributes } = useField(props)
  const { blank = '请选择' } = props
  return (
    <FieldFrame {...props} error={error}>
      <select {...attributes} defaultValue={values?.[0] ?? props.value ?? ''}>
        {blank !== null && <option value="">{blank}</option>}
        {props.options.map((entry) =>
          'options' in entry ? (
            <optgroup key={entry.label} label={entry.label}>
              {entry.options.map(toOption)}
            </optgroup>
          ) : (
            toOption(entry)
          ),
        )}
      </select>
    </FieldFrame>
  )
}

const toOption = (option: Option) => (
  <option key={option.value} value={option.value}>
    {option.label}
  </option>
)

export interface ChoiceProps extends FieldProps {
  options: readonly Option[]
}

/** 择一；选项多的可以分组。 */
export const RadioGroup = (props: FieldProps & { options: readonly (Option | OptionGroup)[]; value?: string }) => (
  <Choices {...props} type="radio" chosen={props.value === undefined ? [] : [props.value]} />
)

export const CheckboxGroup = (props: ChoiceProps & { value?: readonly string[] }) => (
  <Choices {...props} type="checkbox" chosen={props.value ?? []} />
)

function Choices(props: FieldProps & { options: readonly (Option | OptionGroup)[]; type: 'radio' | 'checkbox'; chosen: readonly string[] }) {
  const { values, error, attributes } = useField(props)
  const chosen = values ?? props.chosen
  const ordered = props.options.flatMap((entry) => ('options' in entry ? entry.options : [entry]))
  const toChoice = (option: Option) => {
    const index = ordered.indexOf(option)
    const id = index === 0 ? attributes.id : `${attributes.id}-${index}`
    return (
      <div className="choice" key={option.value}>
        <input
          id={id}
          type={props.type}
          name={props.name}
          value={option.value}
          defaultChecked={chosen.includes(option.value)}
          required={props.type === 'radio' ? props.required : undefined}
          aria-describedby={option.hint === undefined ? undefined : `${id}-note`}
        />
        <label htmlFor={id}>{option.label}</label>
        {option.hint !== undefined && (
          <p className="hint" id={`${id}-note`}>
            {option.hint}
          </p>
        )}
      </div>
    )
  }
  return (
    <fieldset className={error === undefined ? 'field' : 'field wrong'} aria-describedby={attributes['aria-describedby']}>
      <legend>
        {props.label}
        <Mark required={props.required} />
      </legend>
      <Hint name={props.name} hint={props.hint} />
      <FieldError name={props.name} error={error} />
      {props.options.map((entry) =>
        'options' in entry ? (
          <fieldset className="choices" key={entry.label}>
            <legend>{entry.label}</legend>
            {entry.options.map(toChoice)}
          </fieldset>
        ) : (
          toChoice(entry)
        ),
      )}
    </fieldset>
  )
}

/** 表单里的一组问题。 */
export function FieldGroup({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <fieldset className="group">
      <legend>{title}</legend>
      {lead !== undefined && <p className="quiet">{lead}</p>}
      {children}
    </fieldset>
  )
}

export interface PostButtonProps {
  action: string
  label: string
  fields?: Readonly<Record<string, string>>
  kind?: 'main' | 'second' | 'danger' | 'link'
  /** 同一页有多个同名按钮时，读屏念的全称 */
  spoken?: string
}

const BUTTON_CLASS = { main: 'btn', second: 'btn second', danger: 'btn danger', link: 'link' } as const

/** 只有一个按钮的 POST 表单。 */
export function PostButton({ action, label, fields = {}, kind = 'main', spoken }: PostButtonProps) {
  return (
    <form className="inline" method="post" action={action}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button className={BUTTON_CLASS[kind]} aria-label={spoken}>
        {label}
      </button>
    </form>
  )
}

export const LinkButton = ({ href, second, children }: { href: string; second?: boolean; children: ReactNode }) => (
  <a className={second === true ? 'btn second' : 'btn'} href={href}>
    {children}
  </a>
)

export interface ConfirmProps {
  /** 要办的事与对象，如「撤销示公开申〔2025〕37号的登记」 */
  what: string
  /** 后果，逐条 */
  consequences: readonly ReactNode[]
  form: FormProps
}

/** 不可逆的一步先问：说清后果，主按钮写明所办之事，另有退路。放在 DeskPage 里。 */
export function Confirm({ what, consequences, form }: ConfirmProps) {
  return (
    <section className="sheet confirm">
      <h2>{what}？</h2>
      <ul>
        {consequences.map((consequence, index) => (
          <li key={index}>{consequence}</li>
        ))}
      </ul>
      <Form danger {...form} />
    </section>
  )
}
