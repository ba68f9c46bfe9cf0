// 大段的字填了没有存就要离开这一页的，由浏览器问一声。点「取消」是说不要了，不问。没有脚本的照常。
let leaving = false

// 退回来的表单里的字也还没有存下
const isUnsaved = (field) => field.value.trim() !== '' && (field.value !== field.defaultValue || document.getElementById('errors') !== null)

addEventListener('submit', (event) => {
  if (!event.defaultPrevented && event.target.matches('form.form')) leaving = true
})
addEventListener('click', (event) => {
  if (event.target.closest('form.form .buttons a') !== null) leaving = true
})
addEventListener('pageshow', () => {
  leaving = false
})
addEventListener('beforeunload', (event) => {
  // 会自己存草稿的表单不必问
  const fields = document.querySelectorAll('form.form[method=post]:not(:has([data-autosave])) textarea')
  if (!leaving && [...fields].some(isUnsaved)) event.preventDefault()
})
