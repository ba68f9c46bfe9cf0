import { Island } from '../platform/html/index.ts'

/** 检索框：一个框、一个按钮；边写边提示由脚本添上，没有也照样检索。一页只放一个。 */
export const SearchForm = () => (
  <search aria-label="检索政府信息">
    <form className="find" action="/search">
      <input type="search" name="q" id="q" list="hints" data-from="/search/suggest" aria-label="检索政府信息" placeholder="内容、问话、文号或索引号" maxLength={100} autoComplete="off" />
      {/* datalist 不可有名，其选项由脚本填 */}
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label */}
      <datalist id="hints" />
      <button className="btn">检索</button>
    </form>
    <Island name="search" />
  </search>
)
