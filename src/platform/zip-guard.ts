import { fromBufferPromise } from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'

export interface ZipLimits {
  /** 条目数上限 */
  entries: number
  /** 全部解开后的字节数上限 */
  unpackedBytes: number
  /** 单个条目解开后与压缩后之比的上限；一兆以内的条目不看比例 */
  ratio: number
}

const RATIO_FLOOR = 1024 * 1024

/** 压缩包超出限度、有加密或已损坏；消息可直接给使用者看。 */
export class UnsafeZip extends Error {
  override name = 'UnsafeZip'
}

/**
 * 解析任何 OOXML 之前先过此关：照目录核对，再真正解开一遍数字节，
 * 目录写小了的也拦得住。不合格则抛 UnsafeZip。
 * @param onChunk 逐块看解开的内容，用于顺带查找，不必再解一遍
 */
export async function guardZip(
  file: Buffer,
  limits: ZipLimits,
  onChunk: (name: string, chunk: Buffer) => void = () => {},
): Promise<void> {
  const zip = await open(file)
  try {
    if (zip.entryCount > limits.entries) throw new UnsafeZip(`压缩包内有 ${zip.entryCount} 个条目，超过 ${limits.entries} 个`)
    let total = 0
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) throw new UnsafeZip('文件已加密，请取消密码后再交')
      checkRatio(entry, entry.uncompressedSize, limits)
      if (total + entry.uncompressedSize > limits.unpackedBytes) throw tooBig(limits)
      if (entry.fileName.endsWith('/')) continue
      total += await inflate(zip, entry, limits, total, onChunk)
    }
  } catch (error) {
    throw error instanceof UnsafeZip ? error : new UnsafeZip('文件已损坏，不是完整的压缩包')
  } finally {
    zip.close()
  }
}

async function open(file: Buffer): Promise<ZipFile> {
  try {
    return await fromBufferPromise(file, { lazyEntries: true })
  } catch {
    throw new UnsafeZip('文件已损坏，不是完整的压缩包')
  }
}

async function inflate(
  zip: ZipFile,
  entry: Entry,
  limits: ZipLimits,
  before: number,
  onChunk: (name: string, chunk: Buffer) => void,
): Promise<number> {
  let size = 0
  for await (const chunk of await zip.openReadStreamPromise(entry)) {
    size += (chunk as Buffer).length
    if (before + size > limits.unpackedBytes) throw tooBig(limits)
    checkRatio(entry, size, limits)
    onChunk(entry.fileName, chunk as Buffer)
  }
  return size
}

function checkRatio(entry: Entry, size: number, limits: ZipLimits): void {
  if (size > RATIO_FLOOR && size > entry.compressedSize * limits.ratio)
    throw new UnsafeZip(`文件解开后膨胀超过 ${limits.ratio} 倍，不予读取；如为正常台账，请删去末尾的空白行列后另存`)
}

const tooBig = (limits: ZipLimits): UnsafeZip =>
  new UnsafeZip(`文件解开后超过 ${Math.round(limits.unpackedBytes / 1024 / 1024)} MB，请拆成几份`)
