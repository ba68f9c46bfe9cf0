import { useFrame } from './frame.ts'

/**
 * 一段小脚本：`src` 下名为 `<name>.island.js` 的文件，浏览器可直接运行，按内容散列取址，故可永久缓存。
 * 只添便利：没有脚本时页面照样办得成事。没有这个文件的抛错。
 */
export function Island({ name, shared = false }: { name: string; /** 页面上几处都要的，只放一份 */ shared?: boolean }) {
  const href = useFrame().islands[name]
  if (href === undefined) throw new Error(`没有脚本 ${name}.island.js`)
  // 写作 async 的，React 提到 head 里，同址的只留一份
  return shared ? <script async src={href} /> : <script defer src={href} />
}
