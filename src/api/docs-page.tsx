import { DataTable, PortalPage, Sheet } from '../platform/html/index.ts'
import { RETRY, WEBHOOK_EVENTS } from '../webhooks/index.ts'
import { PROBLEMS } from './problems.ts'
import type { ApiDocs, DocField, DocOperation } from './to-docs.ts'

/** 接口的说明：由 OpenAPI 的文档写出，故与实际的校验一致；不用脚本。 */
export function ApiDocsPage({ docs }: { docs: ApiDocs }) {
  return (
    <PortalPage title={docs.title} description="依申请公开的接口：登记申请、查询进度、取文书、回调" lead="给政务服务大厅、省级平台等系统的开发人员。">
      <div className="stack">
        <Sheet title="从哪里开始">
          {docs.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
          <ol>
            <li>请所接入机关的系统管理员在工作台「接入系统」里建一个系统，由安全管理员定权限，再发令牌。令牌只显示一次，有效一年；换发时新旧可以并用七日。</li>
            <li>
              每次调用写上 <code>Authorization: Bearer 令牌</code>。先试 <code>GET {docs.server}/api/system</code>。
            </li>
            <li>
              提交须带 <code>Idempotency-Key</code>：超时、断线时以同一键原样重发，只办一次，答复相同（带 <code>Idempotency-Replayed: true</code>）。没有办成的不占用键。
            </li>
            <li>
              机器可读的全文：<a href="/api/openapi.json">openapi.json</a>（OpenAPI 3.1）。
            </li>
          </ol>
          <pre className="sample">{example(docs.server)}</pre>
        </Sheet>
        <Sheet title="有哪些接口">
          <DataTable
            caption="各接口"
            columns={[
              { key: 'summary', label: '办什么', render: (each: DocOperation) => <a href={`#${each.id}`}>{each.summary}</a> },
              { key: 'path', label: '方法与路径', render: (each: DocOperation) => <code className="break">{`${each.method} ${each.path}`}</code> },
              { key: 'scope', label: '权限', render: (each: DocOperation) => (each.scope === null ? '有令牌即可' : <code>{each.scope}</code>) },
            ]}
            rows={docs.groups.flatMap(({ operations }) => operations)}
            rowKey={(each) => each.id}
            empty={{ title: '没有接口' }}
          />
        </Sheet>
        {docs.groups.map(({ tag, operations }) => (
          <Sheet key={tag} title={tag} id={`group-${tag}`}>
            {operations.map((operation) => (
              <OperationDocs key={operation.id} operation={operation} />
            ))}
          </Sheet>
        ))}
        <Sheet title="数据" id="schemas">
          {docs.schemas.map(({ name, description, fields }) => (
            <section key={name} id={`schema-${name}`} className="doc">
              <h3>
                <code>{name}</code>
              </h3>
              {description !== '' && <p>{description}</p>}
              {fields.length > 0 && <FieldTable caption={`${name} 的各栏`} fields={fields} />}
            </section>
          ))}
        </Sheet>
        <Webhooks />
        <Problems />
      </div>
    </PortalPage>
  )
}

const example = (server: string): string => `curl ${server}/api/applications \\
  -H 'Authorization: Bearer mc_…' -H 'Idempotency-Key: hall-2026-000123' \\
  -H 'Content-Type: application/json' \\
  -d '{ "channel": "IN_PERSON", "submittedOn": "2026-01-15",
        "applicant": { "kind": "N", "name": "姓名", "contact": "电话" },
        "content": "所需信息的名称、文号或者特征描述", "way": "邮寄", "carrier": "纸质" }'`

const PLACES: Readonly<Record<string, string>> = { path: '路径', query: '查询', header: '头' }

function OperationDocs({ operation }: { operation: DocOperation }) {
  const { id, method, path, summary, description, scope, parameters, body, responses } = operation
  return (
    <section id={id} className="doc">
      <h3>{summary}</h3>
      <p>
        <code>
          {method} {path}
        </code>
      </p>
      {description !== '' && <p>{description}</p>}
      {scope !== null && (
        <p className="quiet">
          须有权限 <code>{scope}</code>
        </p>
      )}
      {parameters.length > 0 && <FieldTable caption={`${summary}：参数`} fields={parameters} place={(field) => PLACES[parameters.find((each) => each.name === field.name)?.place ?? ''] ?? ''} />}
      {body !== null && (
        <p>
          内容：<code>{body.type}</code>
          {body.ref !== null && (
            <>
              ，格式 <SchemaLink name={body.ref} />
            </>
          )}
        </p>
      )}
      {body !== null && body.fields.length > 0 && <FieldTable caption={`${summary}：内容的各栏`} fields={body.fields} />}
      <p>
        {responses
          .filter(({ status }) => status.startsWith('2'))
          .map(({ status, description: said, ref }) => (
            <span key={status}>
              成了答 <code>{status}</code>：{said}
              {ref !== null && (
                <>
                  ，格式 <SchemaLink name={ref} />
                </>
              )}
              。
            </span>
          ))}
      </p>
    </section>
  )
}

const SchemaLink = ({ name }: { name: string }) => (
  <a href={`#schema-${name}`}>
    <code>{name}</code>
  </a>
)

function FieldTable({ caption, fields, place }: { caption: string; fields: readonly DocField[]; place?: (field: DocField) => string }) {
  return (
    <DataTable
      caption={caption}
      columns={[
        { key: 'name', label: '栏', render: (field: DocField) => <code>{field.name}</code> },
        ...(place === undefined ? [] : [{ key: 'place', label: '写在', render: place }]),
        { key: 'type', label: '类型', nowrap: true, render: (field: DocField) => (field.ref === null ? field.type : <a href={`#schema-${field.ref}`}>{field.type}</a>) },
        { key: 'required', label: '必有', nowrap: true, render: (field: DocField) => (field.required ? '必有' : '—') },
        { key: 'description', label: '说明', render: (field: DocField) => field.description },
      ]}
      rows={fields}
      rowKey={(field) => field.name}
      empty={{ title: '没有栏' }}
    />
  )
}

function Webhooks() {
  return (
    <Sheet title="回调" id="webhooks">
      <p>在工作台为系统订回调，申请有变即以 POST 通知所写的网址，不必反复来查。内容只有代码、登记号、状态与日期，没有个人信息；要知道更多的，凭代码来查。</p>
      <DataTable
        caption="可以订的事"
        columns={[
          { key: 'event', label: '事', render: ([event]: readonly [string, string]) => <code>{event}</code> },
          { key: 'words', label: '何时', render: ([, words]: readonly [string, string]) => words },
        ]}
        rows={Object.entries(WEBHOOK_EVENTS)}
        rowKey={([event]) => event}
        empty={{ title: '没有' }}
      />
      <pre className="sample">{`POST /你的地址
Mingchuang-Event: application.status-changed
Mingchuang-Event-Id: 01a20c5f-c89a-70a3-a655-209725326cf9
Mingchuang-Signature: t=1768449600,sha256=…,sm3=…

{"id":"01a20c5f-…","event":"application.status-changed","at":"2026-01-15T04:00:00.000Z",
 "data":{"applicationId":"…","regNo":"示公开申〔2026〕1号","status":"examining","before":"registered",
         "clock":"running","dueOn":"2026-02-12","version":2}}`}</pre>
      <ol>
        <li>
          验签：以订时所给的密钥，对「<code>t 的秒数.收到的原文</code>」作 HMAC，与 <code>sha256</code>（HMAC-SHA256）或者 <code>sm3</code>（HMAC-SM3）相同的才是我们发的；秒数与此刻差五分钟以上的不要认。
        </li>
        <li>十秒之内答 2xx 即为收到；不跟转址。收到之后再慢慢办。</li>
        <li>
          没有收到的隔 30 秒再发，每次加倍，最长隔两小时，满一日作罢；接连 {RETRY.disableAfter} 次不成的停用，须请管理员恢复。
        </li>
        <li>
          同一件可能来两次，先后也可能颠倒：以 <code>id</code> 认出重的，以 <code>version</code> 认出新的。
        </li>
      </ol>
    </Sheet>
  )
}

type Fault = [code: string, fault: (typeof PROBLEMS)[keyof typeof PROBLEMS]]

function Problems() {
  return (
    <Sheet title="错误" id="problems">
      <p>
        出错一律答 <code>application/problem+json</code>（RFC 9457）；<code>code</code> 为下列之一，所涉的栏写在 <code>errors</code>。
      </p>
      <DataTable
        caption="各类错误"
        columns={[
          { key: 'code', label: 'code', nowrap: true, render: ([code]: Fault) => <code id={code}>{code}</code> },
          { key: 'status', label: '状态码', align: 'end', render: ([, fault]: Fault) => fault.status },
          { key: 'title', label: '是什么', nowrap: true, render: ([, fault]: Fault) => fault.title },
          { key: 'detail', label: '怎么办', render: ([, fault]: Fault) => fault.detail },
        ]}
        rows={Object.entries(PROBLEMS)}
        rowKey={([code]) => code}
        empty={{ title: '没有' }}
      />
    </Sheet>
  )
}
