// 有表单的页面上切换适老模式：不重开页面，填了没交的都在。没有脚本的照常提交，页面上写明要重填。
const remember = async (form, button) => {
  const on = button.value === '1'
  try {
    const body = new URLSearchParams({ on: button.value, back: '/accessibility' })
    const response = await fetch(form.action, { method: 'POST', body, redirect: 'manual' })
    if (response.type !== 'opaqueredirect' && !response.ok) throw new Error('没有记下')
  } catch {
    form.dataset.plain = '1'
    form.requestSubmit(button)
    return
  }
  document.documentElement.toggleAttribute('data-elder', on)
  button.value = on ? '0' : '1'
  button.textContent = on ? '退出适老模式' : '适老模式'
}

for (const form of document.querySelectorAll('form.elder'))
  form.addEventListener('submit', (event) => {
    const button = form.querySelector('button')
    if (button === null || form.dataset.plain === '1') return
    event.preventDefault()
    void remember(form, button)
  })
