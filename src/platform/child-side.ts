import { Socket } from 'node:net'
import process from 'node:process'
import { deserialize, serialize } from 'node:v8'
import { FrameReader, toFrame } from './frames.ts'

// 父进程给的双向管道；标准输出输入都不用，第三方库往上写什么也不会弄乱
const PIPE = 3
const MAX_INPUT = 256 * 1024 * 1024

export type ChildReply<Out> = { ok: true; value: Out } | { ok: false; name: string; message: string }

/**
 * 子进程入口里调用：一件件接活，把结果送回。输入输出可含 Buffer、Date、Map 等可结构化复制的值。
 * 抛出的错误在父进程成为 reason 为 `threw` 的 ChildError；意料之中的「不行」宜作为值返回。
 */
export function serveChild<In, Out>(handle: (input: In) => Out | Promise<Out>): void {
  const pipe = new Socket({ fd: PIPE, readable: true, writable: true })
  const frames = new FrameReader(MAX_INPUT)
  let work = Promise.resolve()
  pipe.on('data', (chunk) => {
    for (const frame of frames.push(chunk))
      work = work.then(async () => {
        pipe.write(toFrame(serialize(await answer(handle, deserialize(frame)))))
      })
  })
  pipe.on('end', () => process.exit(0))
  pipe.on('error', () => process.exit(1))
}

async function answer<In, Out>(handle: (input: In) => Out | Promise<Out>, input: In): Promise<ChildReply<Out>> {
  try {
    return { ok: true, value: await handle(input) }
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    return { ok: false, name, message }
  }
}
