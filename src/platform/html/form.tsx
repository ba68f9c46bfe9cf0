import type { ReactNode } from 'react'
import { emptyForm, fieldId, FormContext } from './form-state.ts'
import type { FormState } from './form-state.ts'
import { Island } from './island.tsx'

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
