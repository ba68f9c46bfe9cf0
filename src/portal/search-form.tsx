/** 检索框：一个框、一个按钮，不用脚本；边写边提示在检索页。 */
export const SearchForm = () => (
  <search aria-label="检索政府信息">
    <form className="find" action="/search">
      <input type="search" name="q" aria-label="检索政府信息" placeholder="内容、问话、文号或索引号" maxLength={100} />
      <button className="btn">检索</button>
    </form>
  </search>
)
