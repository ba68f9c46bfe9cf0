/** 北京时间，到分，如 `2025-01-09 10:30`。 */
export const inBeijing = (at: Date): string =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
