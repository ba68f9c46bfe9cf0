import {
  DefinitionList,
  DeskPage,
  Form,
  LinkButton,
  Notice,
  PasswordField,
  PostButton,
  QrCode,
  RadioGroup,
  SelectField,
  Sheet,
  Tag,
  TextField,
} from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { MAIL_MODES } from './account.ts'
import type { Account, MailChoice } from './account.ts'
import { FlashNotice } from '../flash-notice.tsx'
import { PASSWORD_RULES } from './passwords.ts'
import { agentText, SessionsTable } from '../sign-in/sessions-table.tsx'
import type { SessionEntry } from '../sign-in/sessions.ts'
import type { Flash } from '../web.ts'

export interface AccountPageProps {
  account: Account
  bodyName: string
  roles: string
  /** 正在代行的，一条一句 */
  acting: readonly string[]
  /** 有岗位的各机构；多于一个才可换 */
  postings: readonly { bodyId: string; name: string }[]
  actingBodyId: string
  sessions: readonly SessionEntry[]
  currentSessionId: string
  mail: MailChoice
  /** 接通了邮件服务器 */
  mailServer: boolean
  /** 邮箱的表单：填过的与哪里不对 */
  mailState: FormState
  flash: Flash | null
}

export function AccountPage(props: AccountPageProps) {
  const { account, postings, sessions } = props
  return (
    <DeskPage title="我的账号">
      <FlashNotice flash={props.flash} />
      <div className="stack">
        <Sheet title="账号" actions={<LinkButton href="/desk/account/password" second>更换口令</LinkButton>}>
          <DefinitionList
            items={[
              ['登录名', account.name],
              ['姓名', account.displayName],
              ['办事机关', props.bodyName],
              ['岗位', props.roles],
              ...(props.acting.length > 0 ? [['代行', props.acting.join('；')] as const] : []),
            ]}
          />
          <p className="quiet">
            外出、休假的，可以把岗位<a href="/desk/account/delegation">委托给同事代行</a>，到日自止。
          </p>
        </Sheet>
        <Sheet
          title="动态口令"
          actions={
            account.hasSecondFactor ? (
              <>
                <Tag tone="ok">已启用</Tag>
                <LinkButton href="/desk/account/second-factor" second>停用</LinkButton>
              </>
            ) : (
              <LinkButton href="/desk/account/second-factor" second>启用</LinkButton>
            )
          }
        >
          <p className="quiet">
            启用后，登录时除口令外还须填手机应用（支持 TOTP 的任何一种）显示的六位数字。换手机之前请先停用，再用新手机启用。
          </p>
        </Sheet>
        <MailSheet {...props} />
        {postings.length > 1 && (
          <Sheet title="换到另一个机关办事">
            <Form action="/desk/account/body" submit="换过去">
              <SelectField
                name="bodyId"
                label="机关"
                required
                blank={null}
                value={props.actingBodyId}
                options={postings.map((posting) => ({ value: posting.bodyId, label: posting.name }))}
              />
            </Form>
          </Sheet>
        )}
        <Sheet
          title="正在登录的地方"
          actions={
            sessions.length > 1 && (
              <PostButton action="/desk/account/sessions/end" label="结束其他的全部" kind="second" fields={{ others: '1' }} />
            )
          }
        >
          <p className="quiet">闲置三十分钟、登录满十二小时自动结束。有不认得的，请结束它并立即更换口令。</p>
          <SessionsTable
            sessions={sessions}
            empty="没有登录"
            renderEnd={(row) =>
              row.sessionId === props.currentSessionId ? (
                <Tag tone="ok">本次</Tag>
              ) : (
                <PostButton
                  action="/desk/account/sessions/end"
                  label="结束"
                  spoken={`结束 ${agentText(row.agent)} 的登录`}
                  kind="link"
                  fields={{ sessionId: row.sessionId }}
                />
              )
            }
          />
        </Sheet>
      </div>
    </DeskPage>
  )
}

const MailSheet = ({ mail, mailServer, mailState }: AccountPageProps) => (
  <Sheet title="通知的邮件" id="mail">
    <p className="quiet">
      期限将到、转给您办、等您审批处理决定的，站内通知之外再发邮件；邮件只写登记号、日期与网址。
      {!mailServer && '本站还没有接通邮件服务器，邮件暂时发不到您的邮箱。'}
    </p>
    <Form action="/desk/account/mail" state={mailState} submit="保存">
      <TextField name="mail" label="工作邮箱" width="middle" maxLength={254} type="email" autoComplete="email" value={mail.mail ?? ''} hint="不填的，只收站内通知。" />
      <RadioGroup
        name="mode"
        label="怎样收邮件"
        required
        value={mail.mode}
        options={[
          { value: 'immediate', label: MAIL_MODES.immediate, hint: '同时来的几条并为一封' },
          { value: 'daily', label: MAIL_MODES.daily, hint: '早上八点，只列还没有看过的' },
          { value: 'none', label: MAIL_MODES.none },
        ]}
      />
    </Form>
  </Sheet>
)

export function PasswordPage({ state, forced }: { state: FormState; forced: boolean }) {
  return (
    <DeskPage title="更换口令" crumbs={forced ? [] : [{ label: '我的账号', href: '/desk/account' }]}>
      {forced && (
        <Notice tone="warn" title="须先更换口令">
          这是一次性口令，或者口令已用满 {PASSWORD_RULES.maxAgeDays} 天。换过之后才能办理其他事。
        </Notice>
      )}
      <Sheet>
        <Form action="/desk/account/password" state={state} submit="更换口令">
          <PasswordField name="current" label="原口令" required autoComplete="current-password" />
          <PasswordField
            name="next"
            label="新口令"
            required
            autoComplete="new-password"
            hint={`至少 ${PASSWORD_RULES.minLength} 位；不足 16 位的须有字母、数字、符号中的两种。不得包含登录名，不得与最近 ${PASSWORD_RULES.history} 次相同。几个不相干的词连成一句，好记又难猜。`}
          />
          <PasswordField name="again" label="再填一遍新口令" required autoComplete="new-password" />
        </Form>
      </Sheet>
    </DeskPage>
  )
}

export interface SecondFactorProps {
  state: FormState
  enabled: boolean
  /** 待确认的密钥：Base32 与手机认的地址 */
  prepared: { key: string; uri: string } | null
  /** 本机关要求管理员启用 */
  forced: boolean
}

export function SecondFactorSetupPage({ state, enabled, prepared, forced }: SecondFactorProps) {
  return (
    <DeskPage title="动态口令" crumbs={[{ label: '我的账号', href: '/desk/account' }]}>
      {forced && <Notice tone="warn" title="管理员须启用动态口令，才能办理其他事" />}
      <Sheet>
        {enabled ? (
          <Form action="/desk/account/second-factor/off" state={state} submit="停用动态口令" danger cancel={{ href: '/desk/account' }}>
            <PasswordField name="password" label="口令" required autoComplete="current-password" hint="停用后只凭口令登录。" />
          </Form>
        ) : prepared === null ? (
          <div className="stack">
            <p>先在手机上装好支持 TOTP 的验证器，再生成密钥。密钥只在启用之前显示。</p>
            <PostButton action="/desk/account/second-factor/prepare" label="生成密钥" />
          </div>
        ) : (
          <div className="stack">
            <p>用手机上的验证器扫描，再把它显示的六位数字填在下面。</p>
            <QrCode text={prepared.uri} label="动态口令密钥的二维码；不能扫描的，请手工输入下面的密钥" />
            <DefinitionList
              items={[
                ['密钥', <code key="key">{prepared.key}</code>],
                ['在手机上', <a key="uri" href={prepared.uri}>用验证器打开</a>],
              ]}
            />
            <Form action="/desk/account/second-factor" state={state} submit="启用动态口令" cancel={{ href: '/desk/account' }}>
              <TextField
                name="code"
                label="动态口令"
                required
                width="short"
                inputMode="numeric"
                maxLength={6}
                autoComplete="one-time-code"
                hint="不能扫描的，在验证器里选「输入密钥」，填上面的密钥。"
              />
            </Form>
          </div>
        )}
      </Sheet>
    </DeskPage>
  )
}
