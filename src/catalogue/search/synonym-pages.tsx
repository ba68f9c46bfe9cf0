import type { Flash } from '../../identity/index.ts'
import { FlashNotice } from '../../identity/index.ts'
import { Confirm, DataTable, DeskPage, Form, Sheet, TextArea } from '../../platform/html/index.ts'
import type { FormState, ListQuery } from '../../platform/html/index.ts'
import type { Synonym } from '../../platform/search/index.ts'

export const SYNONYMS = '/desk/admin/search-words'
const TITLE = '检索的同义说法'

export interface SynonymsModel {
  groups: readonly Synonym[]
  total: number
  query: ListQuery
  state: FormState
  flash: Flash | null
}

/** 本区自定的同义说法：公众写哪一种，都查得到其余的。 */
export const SynonymsPage = ({ groups, total, query, state, flash }: SynonymsModel) => (
  <DeskPage title={TITLE} lead="公众的说法与公文的说法不一样的，在这里写成一组：查其一，也查得到其余的。改了即生效。常见的说法系统已经带着，这里只写本区特有的。">
    <div className="stack">
      <FlashNotice flash={flash} />
      <DataTable
        caption="本区的同义说法"
        columns={[{ key: 'words', label: '一组说法', render: ({ words }: Synonym) => words.join('、') }]}
        rows={groups}
        rowKey={({ synonymId }) => synonymId}
        rowHref={({ synonymId }) => `${SYNONYMS}/${synonymId}`}
        list={{ query, total, search: '说法里的字' }}
        empty={{ title: '还没有添过', children: '如本地人把政务服务中心叫作市民之家，在下面写一行「市民之家、政务服务中心」。' }}
      />
      <Sheet title="添几组">
        <Form action={SYNONYMS} submit="添上" state={state}>
          <TextArea name="groups" label="同义说法" required rows={6} maxLength={20_000} hint="一行一组，用顿号隔开，如「市民之家、政务服务中心」；可以一次贴很多行" />
        </Form>
      </Sheet>
    </div>
  </DeskPage>
)

/** 一组：看，或者去掉。 */
export const SynonymPage = ({ group: { synonymId, words } }: { group: Synonym }) => (
  <DeskPage title={words.join('、')} crumbs={[{ label: TITLE, href: SYNONYMS }]} lead={`在检索里试一试：查「${words[0] ?? ''}」应当也查得到「${words[1] ?? ''}」。`}>
    <div className="stack">
      <p className="also">
        {words.map((word) => (
          <a key={word} href={`/search?q=${encodeURIComponent(word)}`}>
            检索「{word}」
          </a>
        ))}
      </p>
      <Confirm what="去掉这一组" consequences={['以后查其中一种，不再查得到其余的', '要再用的，重新添上']} form={{ action: `${SYNONYMS}/${synonymId}/remove`, submit: '去掉', danger: true, cancel: { href: SYNONYMS } }} />
    </div>
  </DeskPage>
)
