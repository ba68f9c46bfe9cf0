import { inflateSync } from 'node:zlib'

/** PDF 文件里的一个对象；dictionary 为流之前的文字（latin1）。 */
export interface PdfObject {
  number: number
  dictionary: string
  stream: Buffer | null
}

export interface ScannedPdf {
  objects: PdfObject[]
  /** 对象以外的字节，如交叉引用表、尾部 */
  rest: string
}

const MOST_BYTES = 256 * 1024 * 1024

/**
 * 第二种读法：不看交叉引用表，从头到尾把每个对象找出来，旧版本里作废的也在内；压缩在对象流里的一并展开。
 * 与 pdfjs 全不相干。
 */
export function scanPdf(bytes: Uint8Array): ScannedPdf {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const text = file.toString('latin1')
  const objects: PdfObject[] = []
  const rest: string[] = []
  const start = /(\d+)[\s\0]+\d+[\s\0]+obj\b/g
  let at = 0
  for (let found = start.exec(text); found; found = start.exec(text)) {
    rest.push(text.slice(at, found.index))
    const { dictionary, stream, end } = readObject(file, text, found.index + found[0].length)
    objects.push({ number: Number(found[1]), dictionary, stream })
    at = end
    start.lastIndex = end
  }
  rest.push(text.slice(at))
  return { objects: [...objects, ...objects.flatMap(unpack)], rest: rest.join('') }
}

function readObject(file: Buffer, text: string, from: number): { dictionary: string; stream: Buffer | null; end: number } {
  const close = after(text, 'endobj', from)
  const begin = /[\s>]stream\r?\n/g
  begin.lastIndex = from
  const opened = begin.exec(text)
  if (!opened || opened.index >= close) return { dictionary: text.slice(from, close - 6), stream: null, end: close }
  const dictionary = text.slice(from, opened.index + 1)
  const data = opened.index + opened[0].length
  const length = Number(/\/Length\s+(\d+)(?!\s+\d+\s+R)/.exec(dictionary)?.[1] ?? -1)
  const stated = length >= 0 && /^\s{0,2}endstream/.test(text.slice(data + length, data + length + 12))
  const finish = stated ? data + length : after(text, 'endstream', data) - 9
  return { dictionary, stream: file.subarray(data, finish), end: after(text, 'endobj', finish) }
}

const after = (text: string, word: string, from: number): number => {
  const at = text.indexOf(word, from)
  return at < 0 ? text.length : at + word.length
}

/** 解开一个流；不是 Flate 的原样，解不开的为空。left 为压缩数据之后多出来的字节数。 */
export function inflate({ dictionary, stream }: PdfObject): { bytes: Buffer; left: number } {
  if (!stream) return { bytes: Buffer.alloc(0), left: 0 }
  if (!/\/(?:FlateDecode|Fl)\b/.test(dictionary)) return { bytes: stream, left: 0 }
  try {
    // info 时连同解压器一起给出；类型里没有写
    const done = inflateSync(stream, { info: true, maxOutputLength: MOST_BYTES }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } }
    return { bytes: done.buffer, left: stream.length - done.engine.bytesWritten }
  } catch {
    return { bytes: Buffer.alloc(0), left: stream.length }
  }
}

// 对象流里的各对象并作一个，足够看出里面有什么
function unpack(object: PdfObject): PdfObject[] {
  if (!/\/ObjStm\b/.test(object.dictionary)) return []
  return [{ number: object.number, dictionary: inflate(object).bytes.toString('latin1'), stream: null }]
}
