/** 一封信的原文，给测试与演示用。 */
export function aMail({ from = '王某 <wang@example.cn>', subject = '反映专栏打不开', text = '示例街道办事处的专栏里，年度预算的链接打不开。', id = '<one@example.cn>', headers = [] }: { from?: string; subject?: string; text?: string; id?: string | null; headers?: readonly string[] } = {}): string {
  const coded = (words: string): string => `=?UTF-8?B?${Buffer.from(words).toString('base64')}?=`
  const name = /^(.*) (<.*>)$/.exec(from)
  return [
    `From: ${name === null ? from : `${coded(name[1] ?? '')} ${name[2] ?? ''}`}`,
    'To: tousu@example.gov',
    `Subject: ${coded(subject)}`,
    ...(id === null ? [] : [`Message-ID: ${id}`]),
    'Date: Mon, 03 Mar 2025 08:00:00 +0800',
    'MIME-Version: 1.0',
    ...headers,
    ...(headers.some((line) => line.startsWith('Content-Type')) ? [] : ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64']),
    '',
    headers.some((line) => line.startsWith('Content-Type')) ? text : Buffer.from(text).toString('base64'),
    '',
  ].join('\r\n')
}
