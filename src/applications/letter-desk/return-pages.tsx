import { DeskPage, Form, Sheet, TextArea } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { placeOf, within } from './letter-pages.tsx'
import type { LetterFrame } from './letter-pages.tsx'
import { MOST_REMARK } from './return-letter.ts'

/** 退回起草人：理由留存，起草人改后再送。 */
export const ReturnLetterPage = ({ frame, state }: { frame: LetterFrame; state: FormState }) => (
  <DeskPage title={`退回 ${frame.title} ${frame.regNo}`} heading="退回修改" crumbs={within(frame)} lead={`《${frame.title}》退回起草人，改后再送签；已签批的作废。`}>
    <Sheet>
      <Form action={`${placeOf(frame)}/return`} submit="退回" cancel={{ href: placeOf(frame) }} hidden={{ version: String(frame.version) }} state={state}>
        <TextArea name="reason" label="退回的理由" required rows={4} maxLength={MOST_REMARK} hint="写明改哪里、怎样改。不写申请人、第三方的姓名、电话" />
      </Form>
    </Sheet>
  </DeskPage>
)

/** 改后再送签。 */
export const ResubmitLetterPage = ({ frame, state }: { frame: LetterFrame; state: FormState }) => (
  <DeskPage title={`再送签 ${frame.title} ${frame.regNo}`} heading="再送签" crumbs={within(frame)} lead={`《${frame.title}》已照退回的意见改好的，再送签批。`}>
    <Sheet>
      <Form action={`${placeOf(frame)}/resubmit`} submit="送签" cancel={{ href: placeOf(frame) }} hidden={{ version: String(frame.version) }} state={state}>
        <TextArea name="remark" label="说明" rows={3} maxLength={MOST_REMARK} hint="改了哪里；没有改的，为何不改。不写申请人、第三方的姓名、电话" />
      </Form>
    </Sheet>
  </DeskPage>
)
