import { load } from 'cheerio'
import type { CheerioAPI } from 'cheerio'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'

export interface ShownWord {
  bytes: Buffer
  /** 去掉了什么、照哪样读的，告诉经办的人 */
  notes: string[]
}

const BODY = 'word/document.xml'
const isOn = (value: string | undefined): boolean => value === undefined || !/^(?:0|false|off)$/.test(value)

/**
 * DOCX 去掉 Word 里看不见的文字（隐藏的字、样式定为隐藏的），余下才读作正文；批注不读，修订照接受之后的样子。
 * 须先过压缩包的关（openZip）。
 */
export function shownInWord(bytes: Buffer): ShownWord {
  const parts = unzipSync(bytes)
  const xml = parts[BODY] === undefined ? '' : strFromU8(parts[BODY])
  const styles = parts['word/styles.xml'] === undefined ? '' : strFromU8(parts['word/styles.xml'])
  const notes = [
    ...(/<w:(?:ins|del|moveFrom) /.test(xml) ? ['文件里有修订的痕迹，读入的是全部接受之后的样子'] : []),
    ...(xml.includes('<w:commentReference ') ? ['文件里的批注没有读入'] : []),
  ]
  if (!`${xml}${styles}`.includes('<w:vanish')) return { bytes, notes }
  const $ = load(xml, { xml: true })
  const removed = removeHidden($, hiddenStyles(styles))
  if (removed === 0) return { bytes, notes }
  const shown = zipSync({ ...parts, [BODY]: strToU8($.xml()) }, { level: 0 })
  return { bytes: Buffer.from(shown), notes: [`去掉了 ${removed} 处看不见的文字`, ...notes] }
}

// 样式可以承自别的样式
function hiddenStyles(styles: string): ReadonlySet<string> {
  const hidden = new Set<string>()
  if (!styles.includes('<w:vanish')) return hidden
  const $ = load(styles, { xml: true })
  const all = $('w\\:style').toArray()
  for (let before = -1; before !== hidden.size;) {
    before = hidden.size
    for (const each of all) {
      const style = $(each)
      const own = style.children('w\\:rPr').children('w\\:vanish')
      const inherited = hidden.has(style.children('w\\:basedOn').attr('w:val') ?? '')
      if (own.length > 0 ? isOn(own.attr('w:val')) : inherited) hidden.add(style.attr('w:styleId') ?? '')
    }
  }
  return hidden
}

function removeHidden($: CheerioAPI, styles: ReadonlySet<string>): number {
  const hidden = $('w\\:r').filter((_, each) => {
    const run = $(each)
    const own = run.children('w\\:rPr').children('w\\:vanish')
    if (own.length > 0) return isOn(own.attr('w:val'))
    const character = run.children('w\\:rPr').children('w\\:rStyle').attr('w:val') ?? ''
    return styles.has(character) || styles.has(run.closest('w\\:p').children('w\\:pPr').children('w\\:pStyle').attr('w:val') ?? '')
  })
  // 域代码之类没有字的不算一处
  const removed = hidden.filter((_, each) => $(each).children('w\\:t').text() !== '').length
  hidden.remove()
  return removed
}
