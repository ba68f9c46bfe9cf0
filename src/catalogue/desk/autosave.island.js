// 填到哪里自动存为草稿：停笔几秒、切到别的窗口时存一次。没有脚本的按「先存着」，一样存得下。
;(function () {
  var said = document.querySelector('[data-autosave]')
  var form = said && said.closest('form')
  if (!form || !window.fetch || !window.FormData || !window.CustomEvent) return
  var known = said.getAttribute('data-autosave')
  var WAIT = 10000
  var timer = null
  var dirty = false
  var busy = false
  var over = false

  function say(text) {
    said.hidden = false
    said.textContent = text
  }
  function gathered() {
    form.dispatchEvent(new CustomEvent('gather'))
    var data = new FormData(form)
    // 附件、Word 文件按按钮才交，免得反复上传
    data.delete('files')
    data.delete('word')
    data.set('do', 'auto')
    data.set('known', known)
    return data
  }
  function later() {
    if (timer === null && !over) timer = setTimeout(save, WAIT)
  }
  function save() {
    clearTimeout(timer)
    timer = null
    if (!dirty || over) return
    if (busy) return later()
    dirty = false
    busy = true
    void fetch(form.action, { method: 'POST', body: gathered(), credentials: 'same-origin' })
      .then(function (answer) {
        if (answer.redirected || answer.status === 401) throw new Error('登录已过期，没有自动保存：先不要离开这一页，另开一个窗口登录，再接着填')
        return answer.json().then(function (told) {
          if (answer.status === 409) over = true
          if (!answer.ok) throw new Error(told.message || '没有自动保存')
          known = told.known
          // 还没有登记的，刷新之后接着填的是这一份
          if (/\/new$/.test(location.pathname)) history.replaceState(null, '', location.pathname + '?item=' + form.elements.itemId.value)
          say(told.said)
        })
      })
      .catch(function (error) {
        dirty = true
        if (error instanceof TypeError || error instanceof SyntaxError) say('没有连上，没有自动保存；填的还在这里，稍后再试')
        else say(error.message)
        later()
      })
      .then(function () {
        busy = false
      })
  }
  function touched(event) {
    if (event.target && event.target.type === 'file') return
    dirty = true
    later()
  }
  form.addEventListener('input', touched)
  form.addEventListener('change', touched)
  document.addEventListener('visibilitychange', function () {
    if (document.visibilityState === 'hidden') save()
  })
  form.addEventListener('submit', function () {
    over = true
    clearTimeout(timer)
  })
  // 交了又退回来的，再填再存
  window.addEventListener('pageshow', function (event) {
    if (event.persisted) over = false
  })
})()
