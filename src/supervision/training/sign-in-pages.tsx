import { EmptyState, Form, Notice, PortalPage, PostButton, Sheet, TextField } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import type { Session } from './sessions.ts'

/** 扫码之后：登录的一按即签，没有登录的写姓名。 */
export function SignInPage({ session, bodyName, action, person, state }: { session: Session; bodyName: string; action: string; person: string | null; state: FormState }) {
  return (
    <PortalPage title="培训签到" lead={`${bodyName}：${session.topic}，${session.heldOn} ${session.startsAt}`}>
      <Sheet>
        {person === null ? (
          <Form action={action} submit="签到" state={state}>
            <TextField name="name" label="姓名" required maxLength={50} width="middle" autoComplete="name" />
            <TextField name="unit" label="科室、单位" required maxLength={80} width="middle" autoComplete="organization" />
          </Form>
        ) : (
          <>
            <p>以 {person} 签到。</p>
            <PostButton action={action} label="签到" />
          </>
        )}
      </Sheet>
      <p className="quiet">姓名只用于记录培训的出席（条例第四十八条），由{bodyName}保存。</p>
    </PortalPage>
  )
}

export const SignedPage = ({ topic }: { topic: string }) => (
  <PortalPage title="已签到">
    <Notice tone="ok" title={`已签到：${topic}`} live>
      可以关掉本页。
    </Notice>
  </PortalPage>
)

export const SignInClosedPage = () => (
  <PortalPage title="签到已经结束">
    <EmptyState title="签到码过了时候，或者换了新码">请扫会场屏幕上现在的码；错过了的，请经办人代为签到。</EmptyState>
  </PortalPage>
)
