import type { ReactNode } from 'react'

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
