import { Notice } from '../../platform/html/index.ts'
import { archiveHref } from './archive-list-page.tsx'
import type { Archive } from './archive-store.ts'

/** 案件页上说一句：档案包在哪里；去标识化了的，材料到哪里找。 */
export function ArchiveNotice({ caseId, archive }: { caseId: string; archive: Pick<Archive, 'state' | 'hash' | 'deidentified_on'> | null }) {
  if (archive === null) return null
  const to = <a href={archiveHref(caseId)}>看案卷</a>
  if (archive.state === 'destroyed') return <Notice tone="info" title="保管期限已满，案卷已销毁">销毁的登记见案卷。{to}</Notice>
  if (archive.deidentified_on !== null)
    return (
      <Notice tone="info" title={`已去标识化（${archive.deidentified_on}）`}>
        申请人的资料、材料、文书与附件的内容只在档案包里，须填事由取出。档案包 {archive.hash?.slice(0, 12)}…　{to}
      </Notice>
    )
  return null
}
