import { Agent, get } from 'node:http'
import { serveChild } from '../platform/child-side.ts'

export interface Load {
  url: string
  headers: Record<string, string>
  requests: number
  /** 同时几个在途 */
  concurrency: number
}

export interface Loaded {
  status: number
  /** 一次应答的字节数（压缩后） */
  bytes: number
}

// 发请求的另在一个进程，它的 CPU 不算在服务头上
const agent = new Agent({ keepAlive: true, maxSockets: 64 })

serveChild<Load, Loaded>(async ({ url, headers, requests, concurrency }) => {
  let left = requests
  let last: Loaded = { status: 0, bytes: 0 }
  const run = async () => {
    while (left-- > 0) last = await fetchOnce(url, headers)
  }
  await Promise.all(Array.from({ length: concurrency }, run))
  return last
})

const fetchOnce = (url: string, headers: Record<string, string>): Promise<Loaded> =>
  new Promise((resolve, reject) => {
    get(url, { agent, headers }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => (bytes += chunk.length))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, bytes }))
      response.on('error', reject)
    }).on('error', reject)
  })
