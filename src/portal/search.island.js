// 边写边提示：公开着的标题里的词与标题。没有这段脚本的，照样检索。
;(() => {
  const field = document.getElementById('q')
  const hints = document.getElementById('hints')
  if (field === null || hints === null) return
  const MOST = 40
  const WAIT_MS = 200
  let timer = 0
  let asking = null
  let asked = ''

  async function ask() {
    const q = field.value.trim()
    if (q === asked || q.length > MOST) return
    asked = q
    asking?.abort()
    if (q === '') return hints.replaceChildren()
    asking = new AbortController()
    try {
      const response = await fetch(`${field.dataset.from}?q=${encodeURIComponent(q)}`, { signal: asking.signal })
      if (!response.ok) return
      // 拼音写的，浏览器只按字面比：前面带上所写的，选项才不被滤掉
      hints.replaceChildren(...(await response.json()).map((text) => Object.assign(document.createElement('option'), { value: text, label: text.includes(q) ? '' : q })))
    } catch {
      // 断了网、已有新的一问：不打扰
    }
  }

  // 正用输入法拼着的，等选定了再问
  field.addEventListener('input', (event) => {
    if (event.isComposing) return
    clearTimeout(timer)
    timer = setTimeout(ask, WAIT_MS)
  })
  field.addEventListener('compositionend', () => {
    clearTimeout(timer)
    timer = setTimeout(ask, WAIT_MS)
  })
})()
