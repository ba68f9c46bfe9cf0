/** 检索框：一个框、一个按钮，不用脚本。 */
export const SearchForm = ({ value }: { value: string }) => (
  <search>
    <form className="find" action="/search">
      <input type="search" name="q" aria-label="检索政府信息" placeholder="内容、文号或索引号" defaultValue={value} maxLength={100} />
      <button className="btn">检索</button>
    </form>
  </search>
)
