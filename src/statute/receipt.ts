import type { PlainDate } from './plain-date.ts'

/** 收到申请之日的认定（条例第三十一条）。 */
export const CHANNELS = {
  IN_PERSON: { label: '当面提交', receivedOn: 'submitted', basis: '以提交之日为收到申请之日' },
  ORAL: { label: '口头申请（工作机构代填）', receivedOn: 'submitted', basis: '以提交之日为收到申请之日' },
  POST_SIGNED: { label: '邮寄（需签收）', receivedOn: 'signed', basis: '以行政机关签收之日为收到申请之日' },
  POST_PLAIN: { label: '平常信函', receivedOn: 'confirmed', basis: '当日与申请人确认，以确认之日为收到申请之日' },
  ONLINE: { label: '互联网', receivedOn: 'confirmed', basis: '以双方确认之日为收到申请之日' },
  EMAIL: { label: '电子邮件', receivedOn: 'confirmed', basis: '以双方确认之日为收到申请之日' },
  FAX: { label: '传真', receivedOn: 'confirmed', basis: '以双方确认之日为收到申请之日' },
} as const satisfies Record<string, { label: string; receivedOn: 'submitted' | 'signed' | 'confirmed'; basis: string }>

export type Channel = keyof typeof CHANNELS

/** 何日算收到；所需的签收、确认尚未发生则 null，期限不走。 */
export function receivedOn(
  channel: Channel,
  evidence: { submittedOn: PlainDate; signedOn?: PlainDate | null; confirmedOn?: PlainDate | null },
): PlainDate | null {
  switch (CHANNELS[channel].receivedOn) {
    case 'submitted':
      return evidence.submittedOn
    case 'signed':
      return evidence.signedOn ?? null
    case 'confirmed':
      return evidence.confirmedOn ?? null
  }
}
