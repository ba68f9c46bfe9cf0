import qrcode from 'qrcode-generator'

const QUIET = 4

/** 二维码，服务器上画成 SVG：不用脚本，也不经外面的网站。`size` 为边长，像素。 */
export function QrCode({ text, label, size = 232 }: { text: string; label: string; size?: number }) {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const count = code.getModuleCount()
  const modules = Array.from({ length: count }, (_, i) => i)
  const path = modules
    .flatMap((row) => modules.filter((column) => code.isDark(row, column)).map((column) => `M${column} ${row}h1v1h-1z`))
    .join('')
  const whole = count + QUIET * 2
  return (
    <svg className="qr" role="img" aria-label={label} width={size} height={size} viewBox={`${-QUIET} ${-QUIET} ${whole} ${whole}`} shapeRendering="crispEdges">
      <rect x={-QUIET} y={-QUIET} width={whole} height={whole} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
