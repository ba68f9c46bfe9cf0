import { EmptyState, Form, Notice, PortalPage, SelectField, Sheet, TextField } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { FeedLinks } from '../hand-over/feed-links.tsx'
import { FEED_FORMATS, feedPath, feedTitle } from '../hand-over/feed-scope.ts'
import type { FeedFormat, FeedScope } from '../hand-over/feed-scope.ts'
import { TOPICS } from '../item-details.ts'

export const SUBSCRIBE = '/subscribe'
const CRUMBS = [{ label: '首页', href: '/' }]

/** 订阅：邮件、RSS、Atom。 */
export const SubscribePage = ({ bodies, state }: { bodies: readonly { code: string; name: string }[]; state: FormState }) => (
  <PortalPage title="订阅政府信息" crumbs={CRUMBS} lead="有新公开的，每天早上发一封邮件；也可以用阅读器订。">
    <FeedLinks scope={{ kind: 'all' }} />
    <div className="stack">
      <Sheet title="邮件订阅">
        <Form action={SUBSCRIBE} state={state} submit="发确认邮件">
          <SelectField name="body" label="机关" blank="全区各机关" options={bodies.map(({ code, name }) => ({ value: code, label: name }))} />
          <SelectField name="topic" label="主题" blank="不限" options={Object.entries(TOPICS).map(([value, label]) => ({ value, label }))} />
          <TextField name="words" label="含有的词" width="middle" maxLength={60} hint="名称、文号、概述、主题词里要有的；几个词以空格隔开，都要有。" />
          <TextField name="mail" label="电子邮箱" type="email" width="middle" required autoComplete="email" maxLength={254} hint="加密存放，只用来发这份订阅；点过确认邮件里的链接才算，每封邮件里都能退订，退订即删去。" />
        </Form>
      </Sheet>
      <Sheet title="用阅读器订">
        <p>把下面的网址交给阅读器（RSS 或 Atom），不用留邮箱。</p>
        <FeedTable scopes={[{ scope: { kind: 'all' }, name: '' }, { scope: { kind: 'policy' }, name: '' }, ...bodies.map(({ code, name }) => ({ scope: { kind: 'bodies', code } as const, name }))]} />
        <details>
          <summary>按主题</summary>
          <FeedTable scopes={(Object.keys(TOPICS) as (keyof typeof TOPICS)[]).map((code) => ({ scope: { kind: 'topics', code }, name: '' }))} />
        </details>
      </Sheet>
    </div>
  </PortalPage>
)

const FeedTable = ({ scopes }: { scopes: readonly { scope: FeedScope; name: string }[] }) => (
  <ul className="items">
    {scopes.map(({ scope, name }) => {
      const title = feedTitle(scope, name)
      return (
        <li key={feedPath(scope, 'rss')}>
          <span className="items-text">{title}</span>
          {(Object.keys(FEED_FORMATS) as FeedFormat[]).map((format) => (
            <a key={format} href={feedPath(scope, format)} aria-label={`${title}，${format === 'rss' ? 'RSS' : 'Atom'}`}>
              {format === 'rss' ? 'RSS' : 'Atom'}
            </a>
          ))}
        </li>
      )
    })}
  </ul>
)

/** 已经交来：不论这个地址订没订过，都是这一页。 */
export const AskedPage = () => (
  <PortalPage title="请到邮箱里确认" crumbs={[...CRUMBS, { label: '订阅', href: SUBSCRIBE }]}>
    <Notice tone="ok" title="确认邮件已经交发" live>
      <p>请在四十八小时之内打开邮件里的网址，点「确认订阅」。几分钟之后还没有收到的，看看垃圾邮件，再核对一遍地址，<a href={SUBSCRIBE}>重新订一次</a>。</p>
    </Notice>
  </PortalPage>
)

/** 确认之前、之后。 */
export const ConfirmPage = ({ wish, path, active }: { wish: string; path: string; active: boolean }) => (
  <PortalPage title={active ? '订阅已经生效' : '确认订阅'} crumbs={[...CRUMBS, { label: '订阅', href: SUBSCRIBE }]}>
    <Sheet>
      <p>{wish}。</p>
      {active ? <p>有新公开的，每天早上发一封邮件；每封邮件里都有退订的网址。</p> : <Form action={path} submit="确认订阅" />}
    </Sheet>
  </PortalPage>
)

/** 退订之前；再问一次，免得邮件软件预先打开网址就退订了。 */
export const EndPage = ({ wish, path }: { wish: string; path: string }) => (
  <PortalPage title="退订" crumbs={[...CRUMBS, { label: '订阅', href: SUBSCRIBE }]}>
    <Sheet>
      <p>{wish}。退订之后不再发邮件，您的邮箱地址随即删去。</p>
      <Form action={path} submit="退订" cancel={{ href: '/', label: '不退，回首页' }} />
    </Sheet>
  </PortalPage>
)

export const EndedPage = () => (
  <PortalPage title="已经退订" crumbs={[...CRUMBS, { label: '订阅', href: SUBSCRIBE }]}>
    <Notice tone="ok" title="不再发邮件，邮箱地址已经删去" live>
      <p>
        想再订的，到<a href={SUBSCRIBE}>订阅</a>一页。
      </p>
    </Notice>
  </PortalPage>
)

/** 链接不对、过了四十八小时、已经退订。 */
export const LinkGonePage = () => (
  <PortalPage title="这个链接已经失效" crumbs={[...CRUMBS, { label: '订阅', href: SUBSCRIBE }]}>
    <EmptyState title="没有这份订阅" action={{ label: '重新订阅', href: SUBSCRIBE }}>
      确认邮件里的网址四十八小时之内有效；退订了的也不再有。
    </EmptyState>
  </PortalPage>
)
