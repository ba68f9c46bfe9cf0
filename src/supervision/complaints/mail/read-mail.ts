import { ChildError, childPool } from '../../../platform/child.ts'
import type { ChildFailure } from '../../../platform/child.ts'
import { MAIL_LIMITS } from './mail-limits.ts'
import type { ReadMail } from './mail-limits.ts'

const LIMITS = { wallMs: 20_000, memoryMb: 400, outputBytes: 60 * 1024 * 1024 }

/** 读信的一方：子进程轮换更新，用完须关。 */
export interface MailReader {
  /** 读一封；读不了的（过大、嵌套过深、信头过长、不是信）说明缘故 */
  read: (bytes: Uint8Array) => Promise<{ ok: true; mail: ReadMail } | { ok: false; why: string }>
  close: () => Promise<void>
}

const SAID: Readonly<Record<ChildFailure, string>> = { time: '读的时候超过时限', memory: '读的时候占用内存过多', output: '读出的内容过大', crashed: '读的时候出错', threw: '读不懂：嵌套过深、部分太多或者信头过长', busy: '太忙', closed: '停止了' }

export function openMailReader(): MailReader {
  const pool = childPool<Uint8Array, ReadMail>({ ...LIMITS, entry: 'supervision/complaints/mail/read-mail-child', size: 1, jobsPerChild: 20, maxQueue: 1 })
  return {
    read: async (bytes) => {
      if (bytes.byteLength > MAIL_LIMITS.bytes) return { ok: false, why: `超过 ${MAIL_LIMITS.bytes / 1024 / 1024} MB` }
      try {
        return { ok: true, mail: await pool.run(bytes) }
      } catch (error) {
        if (!(error instanceof ChildError)) throw error
        return { ok: false, why: SAID[error.reason] }
      }
    },
    close: () => pool.close(),
  }
}
