import type { Context } from 'hono'
import { Busy } from './refused.ts'

/** 大表单收下的字节在内存里，直到办完；全进程合计有限，免得许多人一齐传大文件把内存撑满。 */
export interface BodyBudget {
  /** 记下又收了多少；合计过限抛 Busy */
  add: (bytes: number) => void
  release: () => void
}

const MB = 1024 * 1024
/** 小于此的表单不计：数目有限，不能因别人在传大文件就不能登录 */
const SMALL = MB
// 公众与工作台各算各的：外面的人传满了，不碍着机关导入台账
const MAX_HELD = { public: 128 * MB, desk: 192 * MB } as const
const held = { public: 0, desk: 0 }

/** 这个请求的一份；不大的表单不计数。请求办完时由 requestLog 归还。 */
export function bodyBudget(c: Context, maxBytes: number): BodyBudget {
  if (maxBytes <= SMALL) return { add: () => {}, release: () => {} }
  const side = c.req.path.startsWith('/desk/') ? 'desk' : 'public'
  let own = 0
  const budget: BodyBudget = {
    add: (bytes) => {
      if (held[side] + bytes > MAX_HELD[side]) {
        // 当即归还，不等答复写完：不然同时在传的会接连都被拒
        budget.release()
        throw new Busy()
      }
      held[side] += bytes
      own += bytes
    },
    release: () => {
      held[side] -= own
      own = 0
    },
  }
  c.set('releaseBody', budget.release)
  return budget
}
