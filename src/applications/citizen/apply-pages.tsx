import { CheckboxGroup, DefinitionList, FileField, Form, Island, LinkButton, LinkList, Notice, PortalPage, PostButton, RadioGroup, SelectField, Sheet, Steps, TextArea, TextField } from '../../platform/html/index.ts'
import type { FormState, LinkItem } from '../../platform/html/index.ts'
import { ASSISTANCE, CARRIERS, ORGANISATION_KINDS, WAYS } from '../applicants/applicant-form.ts'
import type { ApplicantField } from '../applicants/applicant-form.ts'
import { CITIZEN_STEPS, CONTENT_LIMIT, ID_KINDS, STEP_KEYS, agentFields, kindOf, personFields, summaryOf } from './citizen-form.ts'
import type { Answers, CitizenStep } from './citizen-form.ts'
import { PAPER_KINDS } from '../papers/paper-store.ts'
import type { Paper } from '../papers/paper-store.ts'
import { SuggestionBox } from '../suggestions/suggest-pages.tsx'
import { PAPER_TYPES } from '../papers/sniff-paper.ts'

export interface ApplyBody {
  code: string
  name: string
}

const HOME = { label: '首页', href: '/' }
const APPLY = { label: '申请公开政府信息', href: '/apply' }
const applyPath = (body: ApplyBody): string => `/apply/${body.code}`

/** 选一个机关：`/apply`。 */
export const ChooseBodyPage = ({ bodies }: { bodies: readonly LinkItem[] }) => (
  <PortalPage title="申请公开政府信息" crumbs={[HOME]} lead="向制作或者保存这项信息的机关申请。公民、法人和其他组织都可以申请，不必说明用途（条例第二十七条）。">
    <div className="two">
      <Sheet title="向哪个机关申请">
        {bodies.length === 0 ? <p className="quiet">还没有录入机关。</p> : <LinkList items={bodies} prominent />}
      </Sheet>
      <Sheet title="办理的规矩">
        <ul>
          <li>一份申请请只写一件事，答复会更快。</li>
          <li>网上提交之后，机关与您联系确认；双方确认之日算收到申请（条例第三十一条）。</li>
          <li>自收到之日起二十个工作日内答复；依法延长的，最多再加二十个工作日并告知您（条例第三十三条）。</li>
          <li>申请不收费；数量、频次明显超过合理范围的，可能收取信息处理费（条例第四十二条）。</li>
          <li>选错了机关也不要紧：不归它负责的，它会答复您；能确定由谁负责的，一并告诉您（条例第三十六条）。</li>
          <li>书写有困难的，可以到机关口头申请，由工作人员代填（条例第二十九条）。</li>
        </ul>
        <p>
          已经申请过的，<a href="/applications/track">查询申请进度</a>。
        </p>
      </Sheet>
    </div>
  </PortalPage>
)

/** 一个机关的申请页：告知个人信息的处理，开始或者继续填写（`resume` 为接着填的一步，没有草稿的为 null）。 */
export function ApplyStartPage({ body, resume, submitted, lost, phone }: { body: ApplyBody; resume: CitizenStep | null; submitted: boolean; lost: boolean; phone: string }) {
  const hasDraft = resume !== null
  const base = applyPath(body)
  return (
    <PortalPage title={`向${body.name}申请公开政府信息`} crumbs={[HOME, APPLY]}>
      {lost && (
        <Notice tone="warn" title="没有找到您填写中的申请">
          可能已过七天，也可能换了手机、电脑或者浏览器，或者浏览器不让本站记住您（不保存 Cookie）。请重新开始；只有不让记住的，才须先改浏览器的设置。
        </Notice>
      )}
      <div className="two">
        <Sheet title={hasDraft ? '继续上次的填写' : '分八步填写，约十分钟'}>
          {hasDraft ? (
            <>
              <p>您在这台设备上有一份还没有提交的申请，填过的都在。</p>
              <p>
                <LinkButton href={`${base}/${resume}`}>继续填写</LinkButton>
              </p>
              <details>
                <summary>不要这一份了</summary>
                <p>删去之后，填过的、传过的都找不回来。</p>
                <PostButton action={`${base}/discard`} label="删去重填" kind="second" />
              </details>
            </>
          ) : (
            <>
              <p>需要写明：申请人与联系方式、所需的政府信息、怎样取得。身份证明可以拍照上传。</p>
              <p>每填一步即保存，断了网也可以在七天之内接着填；只能在这台设备的这个浏览器里接着填。</p>
              <PostButton action={`${base}/start`} label="看过说明，开始填写" />
              {submitted && (
                <p>
                  刚才提交的申请：<a href={`${base}/done`}>再看凭条</a>
                </p>
              )}
            </>
          )}
          {phone !== '' && <p>填写有困难的，可以打电话询问，或者到机关口头申请：{phone}（{body.name}）。</p>}
        </Sheet>
        <PrivacyNotice body={body} />
      </div>
    </PortalPage>
  )
}

// 个人信息保护法第十七条、第三十五条
const PrivacyNotice = ({ body }: { body: ApplyBody }) => (
  <Sheet title="怎样处理您的个人信息">
    <DefinitionList
      items={[
        ['谁来处理', body.name],
        ['为了什么', '办理本件申请：核对申请人、与您联系、送达答复（条例第二十九条）；履行法定职责所必需，不作他用'],
        ['处理哪些', '姓名或名称、证件号码、联系方式、您交来的材料；证件号码与身份证明属于敏感个人信息'],
        ['怎样保管', '加密存放；工作人员平时只看到遮盖后的，查看全部须写明事由并留痕'],
        ['保存多久', '没有提交的，七天不动即删去；提交了的，随案卷按档案规定的期限保存'],
        ['您的权利', '可以向该机关查阅、复制、更正您的个人信息，请求其说明处理规则'],
      ]}
    />
    <p className="quiet">《个人信息保护法》第十七条、第三十五条。</p>
  </Sheet>
)

export interface StepModel {
  body: ApplyBody
  step: CitizenStep
  answers: Answers
  state: FormState
  papers: readonly Paper[]
}

const LEADS: Partial<Record<CitizenStep, string>> = {
  agent: '由别人代您办理的才填；申请人仍是您。',
  content: '写明名称、文号，或者能据以查找的其他描述，如时间、事项、地点。不必写用途。一份申请请只写一件事。',
  help: '阅读有困难、视听有障碍的，机关应当提供必要的帮助（条例第四十三条）。不需要的，直接到下一步。',
  papers: '可以现在上传，也可以不传，等机关要时再交；选好的文件，点下面的按钮即上传。至多五份，每份不超过 10 MB，收 PDF、DOCX 和照片（JPEG、PNG）。',
  check: '请核对；要改的，点该处的「修改」，填过的都在。',
}

/** 一步：一组问题。 */
export function ApplyStepPage(model: StepModel) {
  const { body, step } = model
  const at = STEP_KEYS.indexOf(step)
  return (
    <PortalPage
      title={`${CITIZEN_STEPS[step]} - 向${body.name}申请公开`}
      heading={CITIZEN_STEPS[step]}
      crumbs={[HOME, APPLY, { label: body.name, href: applyPath(body) }]}
      lead={`第 ${at + 1} 步，共 ${STEP_KEYS.length} 步。${LEADS[step] ?? ''}`}
    >
      <div className="stack">
        {step === 'check' ? <Summary {...model} /> : step === 'papers' ? <Papers {...model} /> : <Questions {...model} />}
        {step === 'content' && <SuggestionBox asked={body} />}
        {step === 'content' && <Island name="suggest" />}
        <StepList {...model} />
      </div>
    </PortalPage>
  )
}

function StepList({ body, step }: StepModel) {
  const at = STEP_KEYS.indexOf(step)
  return (
    <Steps
      label="填到哪一步"
      steps={STEP_KEYS.map((key, i) => ({
        label: CITIZEN_STEPS[key],
        state: i < at ? 'done' : i === at ? 'current' : 'todo',
        ...(i < at ? { href: `${applyPath(body)}/${key}` } : {}),
      }))}
    />
  )
}

const backOf = ({ body, step }: StepModel): { label: string; href: string } => {
  const before = STEP_KEYS[STEP_KEYS.indexOf(step) - 1]
  return before === undefined ? { label: '返回', href: applyPath(body) } : { label: '上一步', href: `${applyPath(body)}/${before}` }
}

function Questions(model: StepModel) {
  const { body, step, answers, state } = model
  return (
    <Form action={`${applyPath(body)}/${step}`} submit="保存，到下一步" cancel={backOf(model)} state={Object.keys(state.errors).length > 0 ? state : { values: answers, errors: {} }}>
      {step === 'who' && <Who />}
      {step === 'person' && <PersonFields answers={answers} />}
      {step === 'agent' && <AgentFields answers={answers} />}
      {step === 'content' && <TextArea name="content" label="所需政府信息" required rows={8} maxLength={CONTENT_LIMIT} hint="例如：2024 年某某小区老旧改造项目的施工合同。" />}
      {step === 'delivery' && <Delivery />}
      {step === 'help' && <CheckboxGroup name="assistance" label="需要哪些帮助" options={Object.entries(ASSISTANCE).map(([value, label]) => ({ value, label }))} />}
    </Form>
  )
}

const Who = () => (
  <RadioGroup
    name="kind"
    label="由谁申请"
    required
    hint="只用于统计，不影响怎样答复。"
    options={[{ value: 'N', label: '本人（自然人）' }, ...ORGANISATION_KINDS.map(([value, label]) => ({ value, label: `单位：${label}` }))]}
  />
)

const COMPLETES: Readonly<Record<string, string>> = { name: 'name', contact: 'tel', email: 'email', postalAddress: 'address-line1', postcode: 'postal-code' }

const Field = ({ field, hint }: { field: ApplicantField; hint?: string }) => (
  <TextField
    name={field.key}
    label={field.label}
    maxLength={field.maxLength}
    required={field.required}
    type={field.type}
    hint={hint}
    autoComplete={COMPLETES[field.key] ?? 'off'}
    width={field.maxLength > 100 ? 'full' : 'middle'}
  />
)

const NO_ID = '不填也可以提交；但身份证明是申请应当包括的内容（条例第二十九条），机关会请您补正，答复会推迟。'
const HINTS: Readonly<Record<string, string>> = {
  contact: '机关要与您联系确认，才算收到申请。电话、电子邮箱、联系地址至少填一项。',
  postalAddress: '要邮寄的必填。',
}

function PersonFields({ answers }: { answers: Answers }) {
  const kind = kindOf(answers)
  return personFields(kind).map((field) => {
    if (field.key === 'idKind') return <SelectField key="idKind" name="idKind" label="证件名称" options={ID_KINDS.map((value) => ({ value, label: value }))} value="居民身份证" />
    return <Field key={field.key} field={field} hint={field.key === 'idNo' ? NO_ID : HINTS[field.key]} />
  })
}

const AGENT_HINTS: Readonly<Record<string, string>> = { agentName: '有代理人的必填；写姓名，与证件上的一致。', mandate: '委托书的日期与所托的事项；委托书可以在「附上材料」一步上传。' }

const AgentFields = ({ answers }: { answers: Answers }) => (
  <>
    <RadioGroup name="hasAgent" label="有没有代理人" required value="no" options={[{ value: 'no', label: '没有，自己办理' }, { value: 'yes', label: '有，以下填写代理人' }]} />
    {agentFields(kindOf(answers)).map((field) => (
      <Field key={field.key} field={field} hint={AGENT_HINTS[field.key]} />
    ))}
  </>
)

const Delivery = () => (
  <>
    <RadioGroup name="way" label="获取方式" required hint="机关一般按您的要求办；确有困难的，会改用别的方式并说明（条例第四十条）。" options={WAYS.map((value) => ({ value, label: value }))} />
    <RadioGroup name="carrier" label="载体形式" required options={CARRIERS.map((value) => ({ value, label: value }))} />
    <RadioGroup
      name="electronic"
      label="答复书可以电子送达吗"
      value="no"
      hint="电子送达：答复书放在本站的查询页，您凭登记号与查询码下载。答复发出之前，可以在查询页改。"
      options={[
        { value: 'no', label: '不同意', hint: '答复书当面交付或者邮寄' },
        { value: 'yes', label: '同意', hint: '到达查询页之日即为送达之日，申请行政复议、提起诉讼的期限自那一日起算，不论看了没有，请常来看' },
      ]}
    />
  </>
)

export const ACCEPT = '.pdf,.docx,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png'

function Papers(model: StepModel) {
  const { body, papers, state } = model
  const base = applyPath(body)
  return (
    <>
      {papers.length > 0 && (
        <Sheet title={`已附 ${papers.length} 份`}>
          <ul>
            {papers.map((paper, i) => (
              <li key={paper.paperId}>
                {paperWords(paper)}{' '}
                <PostButton action={`${base}/papers/remove`} label="删去" kind="link" fields={{ paper: paper.paperId }} spoken={`删去第 ${i + 1} 份：${paperWords(paper)}`} />
              </li>
            ))}
          </ul>
        </Sheet>
      )}
      <Form action={`${base}/papers`} submit="保存，到下一步" cancel={backOf(model)} state={state} multipart alternatives={[{ name: 'more', value: 'yes', label: '上传，再添一份' }]}>
        <FileField name="identity" label="身份证明" accept={ACCEPT} hint="身份证人像面的照片，或者单位的证照。" />
        <FileField name="mandate" label="委托书" accept={ACCEPT} hint="有代理人的。" />
        <FileField name="other" label="其他材料" accept={ACCEPT} multiple hint="能帮助查找的，如文件的照片。" />
      </Form>
    </>
  )
}

/** 一份材料怎样称呼；不写文件名。 */
/** 一份的格式与大小；还没有定种类的只写这些。 */
export const paperSize = ({ type, size }: Pick<Paper, 'type' | 'size'>): string => `${PAPER_TYPES[type].label}，${size >= 1 << 20 ? `${(size / (1 << 20)).toFixed(1)} MB` : `${Math.max(1, Math.round(size / 1024))} KB`}`
export const paperWords = (paper: Paper): string => `${PAPER_KINDS[paper.kind]}，${paperSize(paper)}`

function Summary(model: StepModel) {
  const { body, answers, papers } = model
  const base = applyPath(body)
  return (
    <>
      {summaryOf(answers).map(({ step, items }) => (
        <Sheet key={step} title={CITIZEN_STEPS[step]} actions={<Edit href={`${base}/${step}`} what={CITIZEN_STEPS[step]} />}>
          <DefinitionList items={items} />
        </Sheet>
      ))}
      <Sheet title={CITIZEN_STEPS.papers} actions={<Edit href={`${base}/papers`} what={CITIZEN_STEPS.papers} />}>
        {papers.length === 0 ? (
          <p>没有附材料</p>
        ) : (
          <ul>
            {papers.map((paper) => (
              <li key={paper.paperId}>{paperWords(paper)}</li>
            ))}
          </ul>
        )}
      </Sheet>
      <Form action={`${base}/submit`} submit="提交申请" cancel={backOf(model)}>
        <p>向{body.name}提交。提交之后不能在网上改，可以补正或者撤回。</p>
      </Form>
    </>
  )
}

const Edit = ({ href, what }: { href: string; what: string }) => (
  <a href={href} aria-label={`修改：${what}`}>
    修改
  </a>
)

export interface DoneModel {
  body: ApplyBody
  regNo: string
  code: string
  submittedOn: string
  content: string
  /** 要的是电子邮件、网上获取，而没有同意电子送达 */
  online: boolean
  /** 机关的联系电话；没有设的为空 */
  phone: string
  trackUrl: string
}

/** 提交之后的凭条：登记号与查询码只在此显示，可以打印。 */
export const ApplyDonePage = ({ body, regNo, code, submittedOn, content, online, phone, trackUrl }: DoneModel) => (
  <PortalPage title={`申请已提交 - ${body.name}`} heading="申请已提交" crumbs={[HOME, APPLY]} lead="请记下、截屏或者打印登记号与查询码：查询码只在这里显示，离开一小时后不能再看，机关也查不出。">
    <div className="two">
      <Sheet title="网上申请凭条">
        <DefinitionList
          items={[
            ['受理机关', body.name],
            ['登记号', <strong key="n">{regNo}</strong>],
            ['查询码', <strong key="c">{code}</strong>],
            ['提交之日', <time key="d" dateTime={submittedOn}>{submittedOn}</time>],
            ['所需政府信息', content],
            ['查询的网址', trackUrl],
          ]}
        />
        <p className="quiet">本凭条证明申请已提交到本站；机关与您确认之后另有登记回执，可凭以上两项在「查询申请进度」查看。查询码丢了的，带上身份证明到机关询问{phone === '' ? '' : `，电话 ${phone}`}。</p>
      </Sheet>
      <Sheet title="接下来">
        <ol>
          <li>机关按您留的联系方式与您确认。双方确认之日为收到申请之日（条例第三十一条）。</li>
          <li>自收到之日起二十个工作日内答复，当日不计；查询页上写明到期的日子。</li>
          <li>内容不明确的，机关在七个工作日内一次性告知您补正；收到补正之日起重新计算期限（条例第三十条）。</li>
          {online && <li>您想从网上取得答复：答复书要在网上送达，须您同意。请到「查询申请进度」里的「电子送达」选择；没有选的，答复书邮寄或者当面交付。</li>}
        </ol>
        <p className="noprint">
          <LinkButton href="/applications/track">查询申请进度</LinkButton>
        </p>
        <div className="noprint">
          <p className="quiet">用的是公用的电脑、别人的手机：记下之后请清去凭条，免得后来的人看到查询码。</p>
          <PostButton action={`${applyPath(body)}/discard`} label="记下了，清去凭条" kind="second" />
        </div>
      </Sheet>
    </div>
  </PortalPage>
)
