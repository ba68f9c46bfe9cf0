/** 演示数据打印时每页上方标明。 */
export const demoPrintStyle = (note: string): string => `@page { @top-center { content: "${note}"; font: 10.5pt SimHei, "Noto Sans SC", sans-serif; color: #5f3f00; } } @media print { .demo-note { display: none; } }`

/** 信函格式打印时首页不显示页码（GB/T 9704 第 10.1 条）。 */
export const LETTER_PRINT_STYLE = `@page :first { margin-top: 30mm; @bottom-right { content: none; } @bottom-left { content: none; } } @media print { .letterhead { margin: 0 -6mm 58pt -8mm; } .letterhead .number { padding-right: 6mm; } .letterhead .mark { font-size: 32pt; } }`

/** 独立网页文件的样式：屏上阅读，按 GB/T 9704 的版心打印。 */
export const PRINT_STYLE = `
:root { --serif: FangSong, FangSong_GB2312, STFangsong, "Noto Serif SC", "Noto Serif CJK SC", "Songti SC", SimSun, serif; --hei: SimHei, "Heiti SC", "Noto Sans SC", "Noto Sans CJK SC", sans-serif; --kai: KaiTi, KaiTi_GB2312, STKaiti, "Kaiti SC", "Noto Serif SC", "Noto Serif CJK SC", serif; --song: SimSun, "Songti SC", "Noto Serif SC", "Noto Serif CJK SC", serif; --title: FZXiaoBiaoSong-B05S, "Songti SC", "Noto Serif SC", "Noto Serif CJK SC", SimSun, serif; }
* { box-sizing: border-box; margin: 0; }
body { background: #fbfaf7; color: #1d2530; font: 1.125rem/1.85 var(--serif); }
main { max-width: 52rem; margin: 0 auto; padding: 3rem 2rem 4rem; background: #fff; min-height: 100vh; }
h1 { font: 600 1.75rem/1.6 var(--title); text-align: center; margin: 0 0 2.5rem; text-wrap: balance; }
h2 { font: 400 1.125rem/1.85 var(--hei); margin: 1.5rem 0 .5rem; padding-left: 2em; }
h3 { font: 600 1.125rem/1.85 var(--kai); margin: .75rem 0 .25rem; padding-left: 2em; }
h4 { font: 400 1.125rem/1.85 var(--serif); padding-left: 2em; }
p { text-indent: 2em; text-align: justify; overflow-wrap: anywhere; }
p.flush, p.center, p.right, .signature, .demo-note { text-indent: 0; }
p.center { text-align: center; } p.right { text-align: right; }
a { color: #0b5cad; text-underline-offset: .2em; }
.demo-note { border: 1px solid #5f3f00; color: #5f3f00; width: fit-content; margin: 0 auto 1.5rem; padding: 0 .75em; font: .875rem/1.9 var(--hei); }
.signature { margin-top: 3rem; text-align: right; padding-right: 4em; } .signature span { display: inline-block; text-align: center; }
.attachments { margin-top: 1.85em; padding-left: 2em; display: flex; } .attachments > span { flex: none; } .attachments ul { list-style: none; padding: 0; }
.letterhead { margin-bottom: 2.5rem; } .letterhead p { text-indent: 0; } .letterhead .mark { color: #c00000; font: 600 clamp(1.25rem, 5vw, 2.25rem)/1.4 var(--title); text-align: center; text-wrap: balance; padding-bottom: .4rem; border-bottom: 3px solid #c00000; } .letterhead .number { border-top: 1px solid #c00000; margin-top: 2px; text-align: right; }
img { max-width: 100%; height: auto; } .picture { margin: .75rem 0; }
.scroll { overflow-x: auto; margin: .75rem 0 1.25rem; }
.scroll:focus-visible { outline: 3px solid #0b5cad; outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font: .9375rem/1.5 var(--song); }
th, td { border: 1px solid #1d2530; padding: 5px 7px; font-weight: 400; text-align: center; font-variant-numeric: tabular-nums; }
.left { text-align: left; } .right { text-align: right; } .center { text-align: center; }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 700px) {
  main { padding: 1.5rem 1rem 3rem; } h1 { font-size: 1.375rem; } p { text-align: left; } .signature { padding-right: 1em; }
  .scroll.wide::before { content: "表格较宽，可左右滑动"; display: block; position: sticky; left: 0; width: max-content; font-size: .8125rem; color: #4a5563; } .scroll.wide table { min-width: 47.5rem; }
}
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
@page :right { @bottom-right { content: "— " counter(page) " —"; font: 14pt SimSun, serif; padding-right: 14pt; } }
@page :left { @bottom-left { content: "— " counter(page) " —"; font: 14pt SimSun, serif; padding-left: 14pt; } }
@media print {
  body { background: none; color: #000; font-size: 16pt; line-height: 29pt; } main { max-width: none; padding: 0; min-height: 0; }
  h1 { font-size: 22pt; line-height: 37pt; margin-bottom: 29pt; } h2, h3, h4 { font-size: 16pt; line-height: 29pt; margin: 0; break-after: avoid; }
  a { color: inherit; text-decoration: none; } .scroll { overflow: visible; margin: 6pt 0 10pt; break-inside: avoid; }
  table { font-size: 10.5pt; line-height: 1.4; } th, td { padding: 4pt 3pt; border-color: #000; } .scroll.wide table { font-size: 9pt; line-height: 1.3; } .scroll.wide th, .scroll.wide td { padding: 2.5pt 2pt; } tr { break-inside: avoid; } thead { display: table-header-group; }
  .signature { break-before: avoid; }
}
`
