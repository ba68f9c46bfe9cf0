import qrcode from 'qrcode-generator'

const QUIET = 4

/** 二维码，服务器上画成 SVG：不用脚本，也不经外面的网站（内容是密钥）。 */
export function QrCode({ text, label }: { text: string; label: string }) {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const size = code.getModuleCount()
  const modules = Array.from({ length: size }, (_, i) => i)
  const path = modules
    .flatMap((row) => modules.filter((column) => code.isDark(row, column)).map((column) => `M${column} ${row}h1v1h-1z`))
    .join('')
  const whole = size + QUIET * 2
  return (
    <svg role="img" aria-label={label} width="232" height="232" viewBox={`${-QUIET} ${-QUIET} ${whole} ${whole}`} shapeRendering="crispEdges">
      <rect x={-QUIET} y={-QUIET} width={whole} height={whole} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
