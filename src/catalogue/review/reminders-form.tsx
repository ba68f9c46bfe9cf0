import { Form, Sheet } from '../../platform/html/index.ts'
import { ruleOf } from '../precheck/hit.ts'
import type { RuleName } from '../precheck/hit.ts'
import { reminderKey } from './open-reminders.ts'
import type { OpenReminder } from './open-reminders.ts'
import type { QueueRow } from './queue-queries.ts'

const valueOf = ({ itemId, contentHash, hit }: OpenReminder): string => reminderKey({ itemId, contentHash, hitKey: hit.key })

/** 只差确认提醒的：同一种提醒列在一处，逐处看过、确认，随即送审。 */
export function RemindersForm({ reminders, rows, action }: { reminders: readonly OpenReminder[]; rows: ReadonlyMap<string, QueueRow>; action: string }) {
  if (reminders.length === 0) return null
  const items = new Set(reminders.map(({ itemId }) => itemId)).size
  return (
    <Sheet title={`只差确认提醒的：${items} 条`}>
      <p className="quiet">逐处看过、可以公开的，勾上；一条的提醒全都确认了就送审。要改内容的，从下面点开去改。</p>
      <Form action={action} submit="看过所选的，确认并送审">
        {[...Map.groupBy(reminders, ({ hit }) => hit.rule)].map(([rule, group]) => (
          <Kind key={rule} rule={rule} group={group} rows={rows} />
        ))}
      </Form>
    </Sheet>
  )
}

function Kind({ rule, group, rows }: { rule: RuleName; group: readonly OpenReminder[]; rows: ReadonlyMap<string, QueueRow> }) {
  const { label, advice } = ruleOf(rule)
  return (
    <fieldset className="field">
      <legend>
        {label}：{group.length} 处
      </legend>
      <p className="hint">{advice}</p>
      {group.map((each) => (
        <input key={valueOf(each)} type="hidden" name={`of:${rule}`} value={valueOf(each)} />
      ))}
      {group.length > 1 && (
        <p>
          <label className="pick">
            <input type="checkbox" name="rules" value={rule} /> 下面 {group.length} 处都看过了，都可以
          </label>
        </p>
      )}
      <ul className="items">
        {group.map((each) => (
          <li key={valueOf(each)}>
            <span className="items-text">
              <label className="pick">
                <input type="checkbox" name="hits" value={valueOf(each)} /> {rows.get(each.itemId)?.title ?? '这一条'}，{each.hit.place}
              </label>
              {each.hit.said !== null && <span className="quiet">{each.hit.said}</span>}
              {each.hit.samples.map(({ at, excerpt }, i) => (
                <span key={i} className="quiet">
                  {at}：{excerpt}
                </span>
              ))}
              {each.hit.count > each.hit.samples.length && each.hit.samples.length > 0 && <span className="quiet">另有 {each.hit.count - each.hit.samples.length} 处，点开这一条的预检看</span>}
            </span>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
