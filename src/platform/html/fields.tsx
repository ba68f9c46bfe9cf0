import { use } from 'react'
import type { ReactNode } from 'react'
import { fieldId, FormContext } from './form-state.ts'

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
