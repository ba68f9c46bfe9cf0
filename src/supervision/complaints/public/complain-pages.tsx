import { CheckboxGroup, DefinitionList, FieldGroup, FileField, Form, LinkButton, PortalPage, RadioGroup, SelectField, Sheet, TextArea, TextField } from '../../../platform/html/index.ts'
import type { FormState } from '../../../platform/html/index.ts'
import { MATTERS } from '../complaint.ts'
import { OTHER_LENGTH } from '../desk/intake-form.ts'
import { PersonFields, optionsOf } from '../desk/intake-page.tsx'
import { ACCEPT } from '../file-store.ts'
import { MOST_TEXT } from '../text-store.ts'
import { TRACK_PATH } from '../tell-complainant.ts'

export const PATH = '/complain'
const HOME = { label: '首页', href: '/' }
const COMPLAIN = { label: '投诉与反映', href: PATH }

export interface ComplainModel {
  complaintId: string
  formKey: string
  bodies: readonly { value: string; label: string }[]
  about: string
  /** 主管部门的名称；还没有录入的为空串 */
  office: string
  days: number
  state: FormState
}

/** 公众提出投诉、反映：可以匿名。 */
export const ComplainPage = ({ complaintId, formKey, bodies, about, office, days, state }: ComplainModel) => (
  <PortalPage title="投诉与反映" crumbs={[HOME]} lead="认为机关没有依法公开、没有依法答复的，可以反映（条例第四十七条）；认为侵犯了合法权益的，可以投诉、举报（第五十一条）。" description="反映、投诉政府信息公开工作，可以匿名">
    <div className="two">
      <Form action={PATH} submit="提交" hidden={{ complaintId, formKey }} state={state} multipart>
        <FieldGroup title="反映什么">
          <SelectField name="about" label="反映哪个机关" required options={bodies} value={about} />
          <RadioGroup name="matter" label="什么事" required options={optionsOf(MATTERS)} />
          <TextArea name="content" label="说说经过" required rows={8} maxLength={MOST_TEXT.content} hint="何时、何处、怎样；网址、文号有的写上。" />
          <TextField name="disputed" label="申请的登记号" maxLength={OTHER_LENGTH.disputed} hint="对申请的答复不满意的填写；办过那一件的人都要回避。" />
          <TextField name="accused" label="反映的是谁" maxLength={OTHER_LENGTH.accused} hint="反映到具体的人的填写；他看不到这一件。" />
          <CheckboxGroup name="unit" label="反映的是科室" options={[{ value: 'yes', label: '是，请科室负责人回避' }]} />
        </FieldGroup>
        <FieldGroup title="由谁办">
          <RadioGroup name="basis" label="是否认为侵犯了您的合法权益" required value="A47" options={[{ value: 'A47', label: '没有，是反映情况' }, { value: 'A51', label: '是，投诉、举报：由主管部门办' }]} />
          <RadioGroup name="to" label="反映情况的，向谁提出" required value="office" options={[{ value: 'office', label: office === '' ? '主管部门' : `主管部门（${office}）` }, { value: 'own', label: '所反映的机关自己，如专栏打不开、内容写错' }]} hint="反映机关负责人的，一律由主管部门办。" />
        </FieldGroup>
        <FieldGroup title="您是谁" lead="可以都不填，即匿名；匿名的，答复只在查询页上看。填了的加密存放，只有办理的人因办理才能看，每次都留痕，不会告诉被反映的人。">
          <PersonFields />
        </FieldGroup>
        <FieldGroup title="材料">
          <FileField name="files" label="附件" accept={ACCEPT} multiple hint="至多五份，每份不超过 10 MB、合计不超过 20 MB，收 PDF、DOCX 和照片（JPEG、PNG）。" />
        </FieldGroup>
      </Form>
      <div className="stack">
        <Sheet title="提交之后">
          <ul>
            <li>得到登记号与查询码，凭它查办到哪里、补充、看答复、评价。</li>
            <li>自收到的次日起 {days} 个工作日内答复您；要延长的，理由写在查询页上。这是本区的工作要求，条例没有规定期限。</li>
            <li>与被反映的人、办过争议申请的人有关的，他们都回避。</li>
          </ul>
          <p>
            已经提出过的，<a href={TRACK_PATH}>查询办理的情况</a>。
          </p>
        </Sheet>
        <Sheet title="这里不办的">
          <ul>
            <li>
              要某项政府信息的，<a href="/apply">申请公开</a>。
            </li>
            <li>不服答复的，还可以依法申请行政复议、提起行政诉讼，各有期限，见给您的答复书；向这里反映不停止期限。</li>
            <li>政府信息公开之外的事，请打 12345。</li>
          </ul>
          <p>
            <a href="/supervision">办理情况的统计</a>
          </p>
        </Sheet>
      </div>
    </div>
  </PortalPage>
)

/** 提交之后：登记号与查询码。 */
export const ComplainDonePage = ({ regNo, code, dueOn, handledBy }: { regNo: string; code: string; dueOn: string | null; handledBy: string }) => (
  <PortalPage title="已收到" crumbs={[HOME, COMPLAIN]} lead="请记下登记号与查询码；离开本页半小时之后不再显示，机关也查不出。">
    <Sheet title="凭条">
      <DefinitionList items={[['登记号', regNo], ['查询码', code], ['由谁办', handledBy], ...(dueOn === null ? [] : [['答复您不晚于', dueOn] as const])]} />
      <p className="quiet noprint">可以用浏览器打印本页，或者拍照、抄下。</p>
    </Sheet>
    <p className="noprint">
      <LinkButton href={TRACK_PATH}>查询办理的情况</LinkButton>
    </p>
  </PortalPage>
)
