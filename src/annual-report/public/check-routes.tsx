import { Hono, type Context } from 'hono'
import { parseForm, publicPage, rateLimit, type ParsedForm, type UploadedFile } from '../../platform/http/index.ts'
import { renderPage, type FormState } from '../../platform/html/index.ts'
import { CheckPage, CheckResultPage } from './check-pages.tsx'
import { checkReport } from '../checker/check-report.ts'
import { readReportBytes, UnreadableReport, type ReadReport } from '../reading/index.ts'
import { inBeijing } from '../beijing-time.ts'

/** 核查所：谁都可以用，什么都不存。 */
export const checkRoutes = new Hono()

checkRoutes.get('/check', (c) => publicPage(c, () => renderPage(c, <CheckPage />)))

const LIMITS = { maxBytes: 42 * 1024 * 1024, maxFiles: 2, maxFields: 10 }

// 读文件要起子进程，较费，故限速
checkRoutes.post('/check', rateLimit({ burst: 20, perMinute: 20 }), async (c) => {
  const form = await parseForm(c, LIMITS)
  const file = form.files.find((one) => one.field === 'file') ?? pasted(form)
  if (file === null) return again(c, form, { file: '请选择一个文件，或者粘贴文字' })
  const report = await readOr(file)
  if ('refusal' in report) return again(c, form, { [file.field]: report.refusal })
  const previousFile = form.files.find((one) => one.field === 'previous')
  const previous = previousFile === undefined ? null : await readOr(previousFile)
  if (previous !== null && 'refusal' in previous) return again(c, form, { previous: previous.refusal })
  return renderPage(
    c,
    <CheckResultPage
      report={report}
      previous={previous}
      findings={checkReport(report, previous)}
      checkedAt={inBeijing(c.get('deps').clock.now())}
    />,
  )
})

function pasted(form: ParsedForm): UploadedFile | null {
  const text = form.fields['text']?.[0] ?? ''
  return text.trim() === '' ? null : { field: 'text', name: '粘贴的文字.txt', bytes: Buffer.from(text) }
}

async function readOr(file: UploadedFile): Promise<ReadReport | { refusal: string }> {
  try {
    return await readReportBytes(file.bytes, file.name)
  } catch (error) {
    if (error instanceof UnreadableReport) return { refusal: error.message }
    throw error
  }
}

const again = (c: Context, form: ParsedForm, errors: FormState['errors']) =>
  renderPage(c, <CheckPage state={{ values: form.fields, errors }} />, { status: 422 })
