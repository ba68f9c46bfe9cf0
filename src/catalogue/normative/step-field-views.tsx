import { DateField, RadioGroup, SelectField, TextArea, TextField } from '../../platform/html/index.ts'
import type { StepField } from './step-fields.ts'

const MOST_RADIOS = 5
const MOST_TEXT = 500

/** 一栏，由数据生成。 */
export function FieldView({ field }: { field: StepField }) {
  const { name, label, hint, required, value, maxLength = MOST_TEXT } = field
  const shared = { name, label, hint, required, value }
  switch (field.kind) {
    case 'date':
      return <DateField {...shared} />
    case 'long':
      return <TextArea {...shared} rows={3} maxLength={maxLength} />
    case 'text':
      return <TextField {...shared} maxLength={maxLength} />
    case 'choice': {
      const options = Object.entries(field.options ?? {}).map(([key, text]) => ({ value: key, label: text }))
      return options.length <= MOST_RADIOS ? <RadioGroup {...shared} options={options} /> : <SelectField {...shared} options={options} />
    }
  }
}

export const FieldViews = ({ fields }: { fields: readonly StepField[] }) => fields.map((field) => <FieldView key={field.name} field={field} />)
