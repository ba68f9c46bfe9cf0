import { SelectField, TextField } from '../../platform/html/index.ts'
import { RELATIONS } from '../item-details.ts'
import { relationValue } from './item-form.ts'
import type { ItemFormModel } from './load-form.ts'

const KINDS = Object.entries(RELATIONS).map(([value, { label }]) => ({ value, label: value === 'related' ? '与它相关' : `${label}它` }))

/** 表单里的关联：先找，再选是什么关系。 */
export function RelationRows({ relations, search }: Pick<ItemFormModel, 'relations' | 'search'>) {
  return (
    <>
      {relations.length > 0 && (
        <ul className="relation-rows">
          {relations.map((relation) => (
            <li key={relationValue(relation)}>
              <input type="hidden" name="relation" value={relationValue(relation)} />
              <span>
                {RELATIONS[relation.kind].label}：{relation.title}
                <span className="quiet">（{relation.indexNo}）</span>
              </span>
              <button className="link" name="do" value={`unrelate:${relationValue(relation)}`} aria-label={`去掉关联「${relation.title}」`}>
                去掉
              </button>
            </li>
          ))}
        </ul>
      )}
      <SelectField name="relationKind" label="这一条" blank={null} options={KINDS} value="interprets" />
      <TextField name="relationSearch" label="找要关联的信息" maxLength={100} hint="标题里的词，或者完整的索引号" />
      <p className="buttons">
        <button className="btn second" name="do" value="find">
          查找
        </button>
      </p>
      {search !== null && search.found.length === 0 && <p className="quiet">没有找到「{search.q}」。公开着的可以照标题找；本机构还没有公开的，请写完整的索引号。</p>}
      {search !== null && search.found.length > 0 && (
        <ul className="relation-rows">
          {search.found.map(({ indexNo, title, isPublished }) => (
            <li key={indexNo}>
              <span>
                {title}
                <span className="quiet">
                  （{indexNo}
                  {isPublished ? '' : '，还没有公开'}）
                </span>
              </span>
              <button className="link" name="do" value={`relate:${indexNo}`} aria-label={`关联「${title}」`}>
                关联
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
