import type { ApiDocument } from './openapi-document.ts'

/** 说明页上的一栏：头、参数，或者内容里的一项。 */
export interface DocField {
  name: string
  type: string
  /** 所用的格式，在「数据」里 */
  ref: string | null
  required: boolean
  description: string
}

export interface DocOperation {
  id: string
  method: string
  path: string
  summary: string
  description: string
  scope: string | null
  parameters: readonly (DocField & { place: string })[]
  /** 请求内容的格式：JSON 的为其名，multipart 的逐栏 */
  body: { type: string; ref: string | null; fields: readonly DocField[] } | null
  responses: readonly { status: string; description: string; ref: string | null }[]
}

export interface ApiDocs {
  title: string
  notes: readonly string[]
  server: string
  groups: readonly { tag: string; operations: readonly DocOperation[] }[]
  schemas: readonly { name: string; description: string; fields: readonly DocField[] }[]
}

type PathItem = NonNullable<ApiDocument['paths']>[string]
type Operation = NonNullable<PathItem['get']>
type Schemas = NonNullable<NonNullable<ApiDocument['components']>['schemas']>
type Schema = Schemas[string]

const refOf = (schema: Schema | undefined): string | null => (schema !== undefined && '$ref' in schema ? (schema.$ref?.split('/').at(-1) ?? null) : null)

const TYPES: Readonly<Record<string, string>> = { string: '文字', integer: '整数', number: '数', boolean: '是否', object: '对象', array: '列表', null: 'null' }
const FORMATS: Readonly<Record<string, string>> = { date: '日期', 'date-time': '时刻', uuid: '代码（UUID）', binary: '文件' }

const alternativesOf = (schema: Schema): readonly Schema[] => ('$ref' in schema ? [] : (schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []))
const isNull = (schema: Schema): boolean => !('$ref' in schema) && schema.type === 'null'

/** 用的是哪一种格式：直接用、可以为 null 的、列表里的。 */
function usedBy(schema: Schema | undefined): string | null {
  if (schema === undefined) return null
  if ('$ref' in schema) return refOf(schema)
  return usedBy(alternativesOf(schema).find((one) => !isNull(one)) ?? schema.items)
}

/** 一种格式的中文叫法，如「文字，至多 200 字」「列表：文件」。 */
function typeText(schema: Schema | undefined): string {
  if (schema === undefined) return ''
  if ('$ref' in schema) return refOf(schema) ?? ''
  const types = [schema.type ?? []].flat()
  const parts = alternativesOf(schema)
  const nullable = types.includes('null') || parts.some(isNull)
  const orNull = nullable ? '或 null' : ''
  const main = types.find((type) => type !== 'null')
  if (main === undefined) return `${parts.filter((one) => !isNull(one)).map(typeText).join('或')}${orNull}`
  if (schema.enum !== undefined) return `枚举${orNull}`
  const name = FORMATS[schema.format ?? ''] ?? TYPES[main] ?? main
  const inner = main === 'array' ? `：${typeText(schema.items)}` : ''
  const most = schema.maxLength === undefined ? '' : `，至多 ${schema.maxLength} 字`
  return `${name}${inner}${most}${orNull}`
}

const describe = (schema: Schema | undefined): string => (schema === undefined || '$ref' in schema ? '' : (schema.description ?? ''))

/** 一个对象的各栏；嵌着的对象以点相连。 */
function fieldsOf(schema: Schema | undefined, prefix = ''): DocField[] {
  if (schema === undefined || '$ref' in schema) return []
  return Object.entries(schema.properties ?? {}).flatMap(([key, own]): DocField[] => {
    const name = `${prefix}${key}`
    const items = !('$ref' in own) && own.type === 'array' ? own.items : undefined
    const inside = items === undefined ? fieldsOf(own, `${name}.`) : fieldsOf(items, `${name}[].`)
    return [{ name, type: typeText(own), ref: usedBy(own), required: (schema.required ?? []).includes(key), description: describe(own) }, ...inside]
  })
}

function toOperation(path: string, method: string, operation: Operation): DocOperation {
  const { summary = '', description = '', parameters = [], requestBody, responses = {}, security = [] } = operation
  const content = requestBody === undefined || '$ref' in requestBody ? undefined : requestBody.content
  const [body] = Object.entries(content ?? {})
  const scopes = security.flatMap((each) => each['bearer'] ?? [])
  return {
    id: `${method}-${path.replaceAll(/[^a-z]+/gi, '-')}`.replace(/-$/, ''),
    method: method.toUpperCase(),
    path,
    summary,
    description,
    scope: scopes[0] ?? null,
    parameters: parameters.flatMap((each) =>
      '$ref' in each ? [] : [{ name: each.name, place: each.in, type: typeText(each.schema), ref: usedBy(each.schema), required: each.required === true || describe(each.schema).startsWith('必填'), description: each.description ?? describe(each.schema) }],
    ),
    body: body === undefined ? null : { type: body[0], ref: refOf(body[1].schema), fields: fieldsOf(body[1].schema) },
    responses: Object.entries(responses).map(([status, each]) => {
      const answer = each as { description?: string; content?: Record<string, { schema?: Schema }> }
      return { status, description: answer.description ?? '', ref: refOf(Object.values(answer.content ?? {})[0]?.schema) }
    }),
  }
}

/** OpenAPI 的文档 → 说明页的内容：页面只照印。 */
export function toDocs(document: ApiDocument): ApiDocs {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    (['post', 'get'] as const).flatMap((method) => {
      const operation = item[method]
      return operation === undefined ? [] : [{ tag: operation.tags?.[0] ?? '', operation: toOperation(path, method, operation) }]
    }),
  )
  const byTag = Map.groupBy(operations, ({ tag }) => tag)
  return {
    title: document.info.title,
    notes: (document.info.description ?? '').split('\n\n'),
    server: document.servers?.[0]?.url ?? '',
    groups: [...byTag].map(([tag, list]) => ({ tag, operations: list.map(({ operation }) => operation) })),
    schemas: Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => ({ name, description: describe(schema), fields: fieldsOf(schema) })),
  }
}
