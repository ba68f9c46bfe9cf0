import { blankFont } from '../pages/blank-font.ts'
import { toBox } from '../pages/paint-marks.ts'
import { releaseMemory } from '../pages/release-memory.ts'
import { checkPaint, decodeJpeg, isBareJpeg, type Samples } from './check-paint.ts'
import { ALLOWED_NAMES, ALLOWED_STRINGS, SMUGGLED } from './pdf-words-allowed.ts'
import { inflate, scanPdf, type PdfObject, type ScannedPdf } from './scan-pdf.ts'
import { layerText, textLayer, wordsIn } from './text-layer.ts'
import type { AreaMark } from '../mark.ts'

/** 原件的一页：画面多大，遮了哪些，遮住的是哪些（别处没有的）文字。 */
export interface ExpectedPage {
  width: number
  height: number
  marks: readonly AreaMark[]
  covered: readonly string[]
}

const FIXED_OBJECTS = 8 // 目录、页树、属性、字体五个
const PER_PAGE = 3

/**
 * 结果须恰为「每页一张图，加不显示的文字层」，多一样都不行；涂黑处的像素须与只按勾画所画的相同，
 * 文字层在该处无字，被遮的文字在任何流、任何编码里都找不到。
 */
export async function verifyPdf(pages: readonly ExpectedPage[], result: Uint8Array): Promise<string[]> {
  const scanned = scanPdf(result)
  const findings = [...checkNames(scanned), ...checkEnvelope(scanned, pages.length), ...checkSearch(scanned, pages.flatMap((page) => page.covered))]
  const found = scanned.objects.filter((object) => /\/Type\s*\/Page(?![A-Za-z])/.test(object.dictionary))
  if (found.length !== pages.length) findings.push(`原件 ${pages.length} 页，遮盖后 ${found.length} 页`)
  for (const [index, page] of pages.entries()) {
    const object = found[index]
    if (object) findings.push(...(await checkPage(scanned, object, page)).map((each) => `第 ${index + 1} 页：${each}`))
    await releaseMemory()
  }
  return [...new Set(findings)]
}

function checkNames({ objects, rest }: ScannedPdf): string[] {
  const texts = [...objects.map((object) => object.dictionary), rest.slice(0, 1_000_000)]
  const names = new Set(texts.flatMap((text) => [...text.replace(/\((?:[^()\\]|\\.)*\)/gs, ' ').matchAll(/\/([^\s/<>[\](){}%]+)/g)].map((found) => plainName(found[1] ?? ''))))
  const strange = [...names].filter((name) => !ALLOWED_NAMES.has(name))
  const told = strange.map((name) => SMUGGLED.find(([pattern]) => pattern.test(name))?.[1])
  const unknown = strange.filter((_, index) => told[index] === undefined).slice(0, 5)
  return [...new Set(told.filter((each) => each !== undefined).map((each) => `留着${each}`)), ...(unknown.length > 0 ? [`有不该有的内容（${unknown.join('、')}）`] : [])]
}

const plainName = (name: string): string => name.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))).slice(0, 40)

function checkEnvelope({ objects, rest }: ScannedPdf, pages: number): string[] {
  const findings: string[] = []
  if (rest.split('%%EOF').length !== 2 || rest.split('startxref').length !== 2 || !/%%EOF\s*$/.test(rest)) findings.push('留着保存过的旧版本，或文件末尾另有内容')
  if (new Set(objects.map((object) => object.number)).size !== objects.length) findings.push('留着保存过的旧版本（同一对象有两份）')
  if (objects.length !== FIXED_OBJECTS + PER_PAGE * pages) findings.push('夹带别的数据')
  if (!REST.test(rest)) findings.push('对象之间夹带别的数据')
  const strings = objects.flatMap((object) => object.dictionary.match(/\((?:[^()\\]|\\.)*\)|(?<!<)<[0-9a-fA-F\s]+>(?!>)/gs) ?? [])
  if (strings.some((each) => !ALLOWED_STRINGS.has(each))) findings.push('文件属性里有文字')
  if (objects.some((object) => /%/.test(object.dictionary))) findings.push('对象里有注释')
  const font = objects.find((object) => /\/Length1\b/.test(object.dictionary))
  if (font && !inflate(font).bytes.equals(blankFont())) findings.push('字体里夹带别的数据')
  if (objects.some((object) => inflate(object).left > 0)) findings.push('压缩数据之后夹带别的数据')
  return findings
}
// 对象以外只有文件头、交叉引用表与尾部
const REST = /^%PDF-1\.7\n%[\x80-\xff]{4}\n\s*xref\n0 \d+\n(?:\d{10} \d{5} [nf] \n)+trailer\n<< \/Size \d+ \/Root 1 0 R \/Info 3 0 R >>\nstartxref\n\d+\n%%EOF\n$/

function checkSearch({ objects, rest }: ScannedPdf, covered: readonly string[]): string[] {
  const text = layerText({ objects, rest })
  const found = covered.some((each) => text.includes(each))
  // 短的数字、字母在写法本身里也会碰上，只在还原的文字里查
  const telling = covered.filter((each) => /\P{ASCII}/u.test(each) || each.length >= 8)
  if (found || telling.length === 0) return found ? [REMAINS] : []
  const contents = objects.flatMap((object) => (/\/Subtype\s*\/Image/.test(object.dictionary) ? [Buffer.from(object.dictionary, 'latin1')] : [Buffer.from(object.dictionary, 'latin1'), inflate(object).bytes]))
  // 交叉引用表里尽是数，写法无误的不查
  if (!REST.test(rest)) contents.push(Buffer.from(rest, 'latin1'))
  const readings = contents.flatMap((content) => [content, ...wordsIn(content)])
  const wanted = telling.flatMap((each) => [Buffer.from(each), Buffer.from(each, 'utf16le').swap16()])
  return wanted.some((each) => readings.some((reading) => reading.includes(each))) ? [REMAINS] : []
}
const REMAINS = '遮住的文字还在文件里，可以查到或复制出来'

async function checkPage(scanned: ScannedPdf, object: PdfObject, page: ExpectedPage): Promise<string[]> {
  const refer = (key: string) => {
    const number = Number(new RegExp(`/${key}\\s+(\\d+)\\s+\\d+\\s+R`).exec(object.dictionary)?.[1] ?? -1)
    return scanned.objects.find((each) => each.number === number)
  }
  const [content, picture] = [refer('Contents'), refer('P')]
  if (!content || !picture || !/\/Subtype\s*\/Image/.test(picture.dictionary)) return ['页面不是一张图，底下的内容还在']
  const text = inflate(content).bytes.toString('latin1')
  const findings = checkContent(text)
  const samples = await decode(picture)
  if (!samples) return [...findings, '页面的图读不出']
  if (samples.width !== page.width || samples.height !== page.height) return [...findings, '页面的大小与原件不同，可能只是裁切']
  findings.push(...checkPaint(page.marks, samples))
  const boxes = page.marks.map((mark) => toBox(mark, page.width, page.height))
  const words = textLayer(text, page)
  if (words.some((word) => boxes.some((box) => word.x < box.x + box.w && word.x + word.w > box.x && word.y < box.y + box.h && word.y + word.h > box.y))) findings.push('遮盖处的文字层里还有字')
  return findings
}

const NUMBER = '-?\\d+(?:\\.\\d+)?'
const CONTENT = new RegExp(`^q ${NUMBER} 0 0 ${NUMBER} 0 0 cm /P Do Q(?:\\nBT 3 Tr(?:\\n/F ${NUMBER} Tf ${NUMBER} Tz (?:${NUMBER} ){6}Tm <(?:[0-9a-f]{4})+> Tj)+\\nET)?$`)

function checkContent(text: string): string[] {
  if (CONTENT.test(text)) return []
  const findings: string[] = []
  if (/\bT[jJ]\b|['"]\s/.test(text) && !/\b3 Tr\b/.test(text)) findings.push('还有可以复制的文字')
  if (/\bre\b|\bf\*?\b/.test(text)) findings.push('黑块只是画在上面，底下的内容还在')
  return findings.length > 0 ? findings : ['页面内容不是单纯的一张图']
}

async function decode(picture: PdfObject): Promise<Samples | null> {
  const read = (key: string) => Number(new RegExp(`/${key}\\s+(\\d+)`).exec(picture.dictionary)?.[1] ?? 0)
  const [width, height] = [read('Width'), read('Height')]
  if (/\/DCTDecode\b/.test(picture.dictionary)) return isBareJpeg(picture.stream ?? Buffer.alloc(0)) ? decodeJpeg(picture.stream ?? Buffer.alloc(0)) : null
  const channels = /\/DeviceGray\b/.test(picture.dictionary) ? 1 : 3
  const { bytes, left } = inflate(picture)
  if (left > 0 || bytes.length !== width * height * channels) return null
  return { width, height, channels, data: bytes, lossy: false }
}
