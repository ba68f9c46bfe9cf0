// 写「所需政府信息」时，边写边提示已经公开的；没有这段脚本的，到下一步再提示。
;(() => {
  const box = document.getElementById('suggestions')
  const field = document.querySelector('textarea[name="content"]')
  if (box === null || field === null) return
  const LEAST = 4
  const MOST = 200
  const WAIT_MS = 600
  let timer = 0
  let asking = null
  let asked = ''
  let seen = false

  const sawThem = () => {
    seen = true
    field.form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'seen', value: 'yes' }))
  }

  async function ask() {
    const q = field.value.trim().slice(0, MOST)
    if (q === asked) return
    asked = q
    asking?.abort()
    if (q.length < LEAST) return box.replaceChildren()
    asking = new AbortController()
    try {
      const response = await fetch(box.dataset.from, { method: 'POST', body: new URLSearchParams({ q, first: seen ? 'no' : 'yes' }), signal: asking.signal })
      // 问得太勤、一时答不出的，留着先前的
      if (!response.ok) return
      box.innerHTML = response.status === 204 ? '' : await response.text()
      if (response.status !== 204 && !seen) sawThem()
    } catch {
      // 断了网、已有新的一问：不打扰填写
    }
  }

  field.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(ask, WAIT_MS)
  })
  void ask()
})()
