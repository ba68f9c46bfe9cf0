import { LinkList, PortalPage, Sheet } from '../platform/html/index.ts'
import type { LinkItem } from '../platform/html/index.ts'
import { SearchForm } from './search-form.tsx'

export interface MissingModel {
  /** 打不开的是一条信息：地址里的索引号 */
  indexNo: string | null
  /** 可能要找的几条 */
  likely: readonly LinkItem[]
  bodies: readonly { code: string; name: string }[]
  requestId: string
}

/** 没有这个页面（404）：先给检索，再给可能要找的、按机关找。 */
export const MissingPage = ({ model: { indexNo, likely, bodies, requestId } }: { model: MissingModel }) => (
  <PortalPage
    title={indexNo === null ? '没有这个页面' : `没有这个索引号 ${indexNo}`}
    heading={indexNo === null ? '没有这个页面' : '没有这个索引号'}
    crumbs={[{ label: '首页', href: '/' }]}
    lead={indexNo === null ? '它可能已经撤下，或地址有误。换个办法多半找得到。' : `公开的信息里没有 ${indexNo}，可能抄漏了一位。`}
  >
    <div className="stack">
      <SearchForm />
      {likely.length > 0 && (
        <Sheet title="您要的是不是">
          <LinkList items={likely} />
        </Sheet>
      )}
      <Sheet title="也可以">
        <LinkList
          prominent
          items={[
            { label: '回到首页', href: '/', note: '最新公开的、常办的事都在首页' },
            { label: '申请公开政府信息', href: '/apply', note: '没有主动公开的，可以申请' },
            { label: '查询申请进度', href: '/applications/track', note: '凭登记号与查询码' },
            { label: '投诉举报', href: '/complain', note: '该公开的没有公开、不依法答复的，在这里提出，可以匿名' },
          ]}
        />
      </Sheet>
      {bodies.length > 0 && (
        <Sheet title="按机关找">
          <ul className="bodies">
            {bodies.map((body) => (
              <li key={body.code}>
                <a href={`/bodies/${body.code}/items`}>{body.name}</a>
              </li>
            ))}
          </ul>
        </Sheet>
      )}
      <p className="quiet">要向工作人员说明这个问题，请报编号 {requestId}</p>
    </div>
  </PortalPage>
)
