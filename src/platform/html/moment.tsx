const beijing = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
})

/** 某一时刻的北京时间，`YYYY-MM-DD HH:MM`。 */
export const momentText = (at: Date): string => beijing.format(at)

/** 时刻；没有则为「—」。 */
export const Moment = ({ at }: { at: Date | null }) =>
  at === null ? <>—</> : <time dateTime={at.toISOString()}>{momentText(at)}</time>
