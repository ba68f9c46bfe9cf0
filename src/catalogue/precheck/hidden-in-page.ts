import { load } from 'cheerio'
import { findPersonalNumbers } from '../../statute/personal-numbers.ts'

// DOM 的节点种类
const COMMENT = 8
const HIDDEN_STYLE = /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])/i

/** 一份网页里浏览器不显示而下载的人看得到的：注释、脚本、隐藏的元素，源码里的号码；没有的为空。 */
export function hiddenInPage(html: string): string[] {
  const $ = load(html, { xml: { xmlMode: false, decodeEntities: true } })
  const all = $('*').toArray()
  const comments = [$.root(), ...all.map((node) => $(node))].reduce((sum, node) => sum + node.contents().toArray().filter(({ nodeType }) => nodeType === COMMENT).length, 0)
  const scripts = $('script').length
  const hidden = all.filter((node) => $(node).is('[hidden], template, noscript, input[type="hidden"]') || HIDDEN_STYLE.test($(node).attr('style') ?? '')).length
  // 属性、脚本、注释里的也在内；看得见的另在文字里查
  const said = findPersonalNumbers($.root().text()).length
  const inSource = findPersonalNumbers(html).length
  return [
    ...(comments > 0 ? [`网页的注释 ${comments} 处`] : []),
    ...(scripts > 0 ? [`脚本 ${scripts} 段`] : []),
    ...(hidden > 0 ? [`隐藏的元素 ${hidden} 处`] : []),
    ...(inSource > said ? [`源码里的身份证、手机或者银行卡号码 ${inSource - said} 处`] : []),
  ]
}
