import { Notice } from '../../platform/html/index.ts'

/** 文书与案件里那一步对不上之处，与怎样补上。 */
export interface LetterHint {
  text: string
  link: { href: string; label: string } | null
  /** 没有链接的，由谁去办 */
  otherwise: string
  /** 不是必办的，轻轻提一句 */
  quiet?: true
}

export const LetterHints = ({ hints }: { hints: readonly LetterHint[] }) =>
  hints.map(({ text, link, otherwise, quiet }) => (
    <Notice key={`${text}${link?.href ?? ''}`} tone={quiet === true ? 'info' : 'warn'} title={text}>
      {link === null ? otherwise : <a href={link.href}>{link.label}</a>}
    </Notice>
  ))
