import { ChildError, childPool, type ChildPool } from '../platform/child.ts'
import { LIMITS } from './limits.ts'
import { Unredactable, type UnredactableCode } from './unredactable.ts'
import type { Mark, OpenedSource, SourceType } from './mark.ts'
import type { Reply, Task } from './redaction-child.ts'

let pool: ChildPool<Task, Reply> | null = null

// 恶意文件只拖垮子进程。二百页约需一百秒，故放宽到四分钟
const openPool = (): ChildPool<Task, Reply> =>
  (pool ??= childPool({
    entry: 'redaction/redaction-child',
    wallMs: 240_000,
    memoryMb: 1536,
    outputBytes: LIMITS.resultBytes + 1024,
    size: 2,
    jobsPerChild: 50,
    maxQueue: 40,
    addons: true,
  }))

/** 停下子进程；服务停止与测试结束时调用。 */
export async function closeRedaction(): Promise<void> {
  const closing = pool
  pool = null
  await closing?.close()
}

/** 外来的不过 20 MB；本引擎造的一页页是图，可以大些。 */
const MOST = { foreign: LIMITS.fileBytes, ours: LIMITS.resultBytes } as const

/** 打开一份文件供勾画：所见的页或段，及所见之外还带着什么。打不开抛 Unredactable。 */
export async function openSource(bytes: Uint8Array, type: SourceType, from: keyof typeof MOST = 'foreign'): Promise<OpenedSource> {
  const reply = await run({ task: 'open', bytes, type }, MOST[from])
  return reply.task === 'open' ? reply.opened : amiss()
}

/** PDF 里画面上看不见、复制得出来的字（黑块盖住的、白的、隐的），中文一句；没有的、别种文件为 null。打不开抛 Unredactable。 */
export async function findCovered(bytes: Uint8Array, type: SourceType): Promise<string | null> {
  const reply = await run({ task: 'covered', bytes, type })
  return reply.task === 'covered' ? reply.said : amiss()
}

/** 第 page 页（自 0 起）的图，PNG；只有 PDF 与图片有页。打不开、没有这一页抛 Unredactable。 */
export async function pagePicture(bytes: Uint8Array, type: SourceType, page: number, from: keyof typeof MOST = 'foreign'): Promise<Uint8Array> {
  const reply = await run({ task: 'picture', bytes, type, page }, MOST[from])
  return reply.task === 'picture' ? reply.png : amiss()
}

/**
 * 按勾画另造一份：被遮的文字、页面之外的一切（元数据、附件、批注、修订、隐藏的表……）都不带过去。
 * 打不开、勾画不在文件上抛 Unredactable。同一文件同样的勾画得到逐字节相同的结果。
 */
export async function redact(bytes: Uint8Array, type: SourceType, marks: readonly Mark[]): Promise<{ bytes: Uint8Array; type: SourceType }> {
  const reply = await run({ task: 'redact', bytes, type, marks: plain(marks) })
  return reply.task === 'redact' ? { bytes: reply.bytes, type } : amiss()
}

/** 用另一套读法重读结果，说出还留着什么（中文，逐条）；空即干净。原件打不开抛 Unredactable，结果读不出算一条发现。 */
export async function verifyRedaction(original: Uint8Array, type: SourceType, marks: readonly Mark[], result: Uint8Array): Promise<readonly string[]> {
  if (result.length > LIMITS.resultBytes) return [`遮盖后的文件超过 ${LIMITS.resultBytes / 1024 / 1024} MB，无法核验`]
  const reply = await run({ task: 'verify', bytes: original, type, marks: plain(marks), result })
  return reply.task === 'verify' ? reply.findings : amiss()
}

const amiss = (): never => {
  throw new Error('遮盖的子进程答非所问')
}

// 只取约定的各项，调用者的对象上多出来的不带入子进程
const plain = (marks: readonly Mark[]): Mark[] => {
  if (marks.length > LIMITS.marks) throw new Unredactable('bad-mark', `一份文件至多遮盖 ${LIMITS.marks} 处`)
  return marks.map((mark) =>
    mark.kind === 'area'
      ? { kind: 'area', page: mark.page, x: mark.x, y: mark.y, w: mark.w, h: mark.h, ground: mark.ground }
      : { kind: 'text', block: mark.block, from: mark.from, to: mark.to, ground: mark.ground },
  )
}

const FAILED: Partial<Record<ChildError['reason'], [UnredactableCode, string]>> = {
  time: ['too-slow', '文件过于复杂或有意为之，处理超时；请拆成几份再遮盖'],
  memory: ['too-slow', '处理所需内存过大，文件过于复杂或有意为之；请拆成几份再遮盖'],
  output: ['too-large', `遮盖后的文件超过 ${LIMITS.resultBytes / 1024 / 1024} MB，请拆成几份再遮盖`],
  busy: ['busy', '正在处理的文件太多，请稍后再试'],
  crashed: ['damaged', '处理时出错，文件可能已损坏'],
  threw: ['damaged', '处理时出错，文件可能已损坏'],
}

async function run(task: Task, most: number = LIMITS.fileBytes): Promise<Exclude<Reply, { task: 'refused' }>> {
  if (task.bytes.length > most) throw new Unredactable('too-large', `文件有 ${Math.ceil(task.bytes.length / 1024 / 1024)} MB，超过 ${most / 1024 / 1024} MB，请拆成几份`)
  const reply = await answer(task)
  if (reply.task === 'refused') throw new Unredactable(reply.code, reply.message)
  return reply
}

async function answer(task: Task): Promise<Reply> {
  try {
    return await openPool().run(task)
  } catch (error) {
    const failed = error instanceof ChildError ? FAILED[error.reason] : undefined
    throw failed ? new Unredactable(...failed) : error
  }
}
