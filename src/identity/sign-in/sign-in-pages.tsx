import { DataTable, Form, Notice, PasswordField, PortalPage, PostButton, Sheet, TextField } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { DEMO_PASSWORD } from '../demo.ts'

export interface DemoAccountRow {
  name: string
  displayName: string
  body: string
  roles: string
}

export interface SignInPageProps {
  state: FormState
  next: string
  demo: readonly DemoAccountRow[]
  /** 刚退出、会话到期等 */
  said: string | null
}

export function SignInPage({ state, next, demo, said }: SignInPageProps) {
  return (
    <PortalPage title="登录工作台" lead="供本区各机关、组织的工作人员使用。公众查阅信息、核查报告无须登录。">
      <div className="stack">
        {said !== null && <Notice tone="info" title={said} live />}
        <Sheet>
          <Form action="/sign-in" state={state} submit="登录" hidden={{ next }}>
            <TextField name="name" label="登录名" required width="middle" autoComplete="username" maxLength={64} />
            <PasswordField
              name="password"
              label="口令"
              required
              autoComplete="current-password"
              hint="忘记口令的，请找系统管理员重置。连续填错会放慢，直至锁定十五分钟。"
            />
          </Form>
        </Sheet>
        {demo.length > 0 && <DemoAccounts rows={demo} next={next} />}
      </div>
    </PortalPage>
  )
}

function DemoAccounts({ rows, next }: { rows: readonly DemoAccountRow[]; next: string }) {
  return (
    <Sheet title="演示账号">
      <p className="quiet">
        口令都是 <strong>{DEMO_PASSWORD}</strong>，也可以直接点按登录。正式环境没有这些账号。
      </p>
      <DataTable
        caption="演示账号"
        columns={[
          { key: 'name', label: '登录名', render: (row) => row.name },
          { key: 'who', label: '姓名', render: (row) => row.displayName },
          { key: 'body', label: '机关', render: (row) => row.body },
          { key: 'roles', label: '岗位', render: (row) => row.roles },
          {
            key: 'go',
            label: '登录',
            render: (row) => (
              <PostButton
                action="/sign-in"
                label="登录"
                spoken={`以 ${row.displayName} 登录`}
                kind="second"
                fields={{ name: row.name, password: DEMO_PASSWORD, next }}
              />
            ),
          },
        ]}
        rows={rows}
        rowKey={(row) => row.name}
        empty={{ title: '没有演示账号' }}
      />
    </Sheet>
  )
}

export function SecondFactorPage({ state, next }: { state: FormState; next: string }) {
  return (
    <PortalPage title="动态口令" lead="口令已经核对。请填手机应用里显示的六位数字，五分钟内有效。">
      <Sheet>
        <Form action="/sign-in/code" state={state} submit="继续登录" hidden={{ next }} cancel={{ href: '/sign-in', label: '换一个账号' }}>
          <TextField name="code" label="动态口令" required width="short" inputMode="numeric" maxLength={6} autoComplete="one-time-code" />
        </Form>
      </Sheet>
    </PortalPage>
  )
}
