import type { SignedInActor } from '../src/identity/index.ts'
import type { Role } from '../src/identity/index.ts'
import { createAccount } from '../src/identity/testing.ts'
import type { Deps } from '../src/platform/deps.ts'

/** 一个机构里办理信息公开的各人；岗位各一，起草、审查、签发、公布由不同的人。 */
export const POSTS = {
  officer: { role: 'disclosure-officer', name: 'xinxi', title: '信息员' },
  head: { role: 'disclosure-head', name: 'fuzeren', title: '公开办负责人' },
  secrecy: { role: 'secrecy-reviewer', name: 'baomi', title: '保密审查员' },
  leader: { role: 'leader', name: 'lingdao', title: '领导' },
  publisher: { role: 'publisher', name: 'fabu', title: '发布员' },
  handler: { role: 'handler', name: 'chengban', title: '承办人' },
  unitHead: { role: 'unit-head', name: 'kezhang', title: '科长' },
  archivist: { role: 'archivist', name: 'dangan', title: '档案员' },
} as const satisfies Record<string, { role: Role; name: string; title: string }>

export type Post = keyof typeof POSTS
export type Staff = Readonly<Record<Post, SignedInActor>>

const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎'

export interface StaffPlan {
  bodyId: string
  /** 登录名的前缀，如 `jd-` */
  prefix: string
  /** 取姓的起点，使各机构的人不同名 */
  surname: number
  /** 供人登录的各岗位，true 为全部；其余只是历史里办事的人，账号停用 */
  signIn: boolean | readonly Post[]
  /** 在登录页上的先后 */
  order: number
}

/** 建一个机构的各人；账号于载入之时建立。 */
export async function makeStaff(deps: Deps, plan: StaffPlan): Promise<Staff> {
  const start = deps.clock.now().getTime() + plan.order * 100
  const make = (post: Post, index: number): Promise<SignedInActor> => {
    const { role, name, title } = POSTS[post]
    const surname = SURNAMES[(plan.surname + index) % SURNAMES.length] ?? '某'
    return createAccount(deps.db, {
      name: `${plan.prefix}${name}`,
      displayName: `${surname}${title}（演示）`,
      bodyId: plan.bodyId,
      roles: [role],
      status: plan.signIn === true || (plan.signIn !== false && plan.signIn.includes(post)) ? 'active' : 'disabled',
      at: new Date(start + index),
    })
  }
  return {
    officer: await make('officer', 0),
    head: await make('head', 1),
    secrecy: await make('secrecy', 2),
    leader: await make('leader', 3),
    publisher: await make('publisher', 4),
    handler: await make('handler', 5),
    unitHead: await make('unitHead', 6),
    archivist: await make('archivist', 7),
  }
}

/** 已经建好的一个机构的各人，凭登录名的前缀找到。 */
export async function findStaff({ db }: Deps, bodyId: string, prefix: string): Promise<Staff> {
  const rows = await db.selectFrom('account').select(['account_id', 'name', 'display_name']).where('home_body_id', '=', bodyId).execute()
  const find = (post: Post): SignedInActor => {
    const row = rows.find(({ name }) => name === `${prefix}${POSTS[post].name}`)
    if (row === undefined) throw new Error(`没有 ${prefix}${POSTS[post].name} 这个演示账号`)
    return { kind: 'account', accountId: row.account_id, name: row.display_name, bodyId, roles: [POSTS[post].role] }
  }
  return { officer: find('officer'), head: find('head'), secrecy: find('secrecy'), leader: find('leader'), publisher: find('publisher'), handler: find('handler'), unitHead: find('unitHead'), archivist: find('archivist') }
}
