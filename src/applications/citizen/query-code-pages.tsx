import { CheckboxGroup, DefinitionList, DeskPage, Form, Notice, RadioGroup, Sheet } from '../../platform/html/index.ts'
import type { FormState } from '../../platform/html/index.ts'
import { CODE_REASONS } from './give-query-code.ts'

interface CodeCase {
  caseId: string
  regNo: string
}

const crumbsOf = ({ caseId, regNo }: CodeCase) => [{ label: '在办申请', href: '/desk/applications' }, { label: regNo, href: `/desk/applications/${caseId}` }]

export const CHECKED = '已核实是申请人本人或代理人'

/** 给申请人查询码：先核对身份。`has` 为现在已有查询码。 */
export const GiveCodePage = (props: CodeCase & { has: boolean; formId: string; seen: string; state: FormState }) => (
  <DeskPage
    title={`${props.regNo} 给查询码`}
    heading="给申请人查询码"
    crumbs={crumbsOf(props)}
    lead="申请人凭登记号与查询码在网上看进度、取文书、补正、撤回。查询码只显示一次，谁、何时、因何给的都留痕。"
  >
    {props.has && (
      <Notice tone="warn" title="这件申请已有查询码">
        给新的，原来的立即失效；正用原来的查询码看着的，最多还能看三十分钟。
      </Notice>
    )}
    <Sheet>
      <Form
        action={`/desk/applications/${props.caseId}/query-code`}
        submit={props.has ? '给新的查询码，原来的失效' : '给查询码'}
        danger={props.has}
        cancel={{ href: `/desk/applications/${props.caseId}` }}
        hidden={{ formId: props.formId, seen: props.seen }}
        state={props.state}
      >
        <RadioGroup name="reason" label="为何给" required options={Object.entries(CODE_REASONS).map(([value, label]) => ({ value, label }))} />
        <CheckboxGroup
          name="checked"
          label="核对身份"
          required
          hint="当面看证件；代理人另看委托书。来电、来信索取的，按登记的联系方式回过去核实"
          options={[{ value: 'yes', label: CHECKED }]}
        />
      </Form>
    </Sheet>
  </DeskPage>
)

/** 交给申请人的查询凭条，只显示这一次，可以打印。 */
export const CodeSlipPage = (props: CodeCase & { code: string; bodyName: string; on: string; trackUrl: string }) => (
  <DeskPage title={`${props.regNo} 查询凭条`} heading="查询凭条" crumbs={crumbsOf(props)}>
    <div className="noprint">
      <Notice tone="ok" title="已给新的查询码，请打印或者抄下交给申请人" live>
        查询码只在这里显示，离开之后谁也查不出；交给申请人之后请不要留底。
      </Notice>
    </div>
    <Sheet title={props.bodyName}>
      <DefinitionList
        items={[
          ['登记号', <strong key="n">{props.regNo}</strong>],
          ['查询码', <strong key="c">{props.code}</strong>],
          ['查询的网址', props.trackUrl],
          ['给出之日', <time key="d" dateTime={props.on}>{props.on}</time>],
        ]}
      />
      <p>凭登记号与查询码在上面的网址查看办理进度、下载文书。以前的查询码已失效。请妥善保管，不要告诉他人；丢了的，带身份证明到本机关另取。</p>
      <p className="noprint">
        <a href={`/desk/applications/${props.caseId}`}>已交给申请人，返回案件</a>
      </p>
    </Sheet>
  </DeskPage>
)
