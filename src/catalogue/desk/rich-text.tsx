import { Island } from '../../platform/html/index.ts'

export interface RichTextProps {
  name: string
  label: string
  /** 编辑框里的网页，图片为工作台的地址 */
  html: string
  /** 没有脚本时栏里的文字 */
  typed: string
  /** 刚才交来的没有收成：只给文字栏，改了再交 */
  refused: boolean
  error: string | undefined
  /** 粘贴、插图交到哪里 */
  endpoint: string
}

/** 带格式的正文：有脚本是编辑框，粘贴的由服务器洗净；没有脚本是文字栏，打字、粘贴网页源码都收。 */
export function RichText({ name, label, html, typed, refused, error, endpoint }: RichTextProps) {
  const id = `f-${name}`
  const described = [`${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className={error === undefined ? 'field' : 'field wrong'}>
      <label htmlFor={id} id={`${id}-label`}>
        {label}
        <small>（选填）</small>
      </label>
      <p className="hint" id={`${id}-hint`}>
        可以从 Word、WPS、网页整篇粘贴：字体、颜色等一概去掉，标题、列表、表格、图片留着。只有附件的可以不写正文。
      </p>
      {error !== undefined && (
        <p className="field-error" id={`${id}-error`}>
          <span className="vh">错误：</span>
          {error}
        </p>
      )}
      <textarea id={id} name={name} rows={16} defaultValue={typed} aria-invalid={error === undefined ? undefined : true} aria-describedby={described} />
      {!refused && (
        <>
          <div className="richtext" data-richtext={id} data-endpoint={endpoint} hidden>
            {/* 已洗净的正文，见 content/clean-html.ts */}
            <div className="richtext-source" dangerouslySetInnerHTML={{ __html: html }} />
          </div>
          <Island name="rich-text" />
        </>
      )}
    </div>
  )
}
