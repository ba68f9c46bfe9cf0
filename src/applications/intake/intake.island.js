// 登记申请：边填边查可能重复的。只是提示，登记时照样再查；没有脚本也不误事。
;(function () {
  var box = document.getElementById('intake-found')
  var form = box && box.closest('form')
  if (!form || !window.fetch || !window.AbortController) return
  var NAMES = ['name', 'idNo', 'content', 'submittedOn', 'confirmedOn']
  var PAUSE = 600
  var timer = 0
  var sent = ''
  var asking = null

  function valueOf(name) {
    var field = form.elements.namedItem(name)
    return field && typeof field.value === 'string' ? field.value.trim() : ''
  }

  function show(found) {
    box.textContent = ''
    if (found.length === 0) return
    var notice = document.createElement('div')
    notice.className = 'notice warn'
    var title = document.createElement('p')
    title.className = 'notice-title'
    title.textContent = '有 ' + found.length + ' 件可能重复，请核对'
    var list = document.createElement('ul')
    found.forEach(function (one) {
      var item = document.createElement('li')
      var link = document.createElement('a')
      link.href = one.href
      link.target = '_blank'
      link.rel = 'noopener'
      link.textContent = one.regNo
      item.appendChild(link)
      item.appendChild(document.createTextNode('（' + one.words + '）：' + one.content))
      list.appendChild(item)
    })
    notice.appendChild(title)
    notice.appendChild(list)
    box.appendChild(notice)
  }

  function ask() {
    var body = new URLSearchParams()
    NAMES.forEach(function (name) {
      body.set(name, valueOf(name))
    })
    var text = body.toString()
    if (text === sent || (valueOf('name') === '' && valueOf('idNo') === '' && valueOf('content') === '')) return
    sent = text
    if (asking) asking.abort()
    asking = new AbortController()
    fetch(box.dataset.post, { method: 'POST', body: body, credentials: 'same-origin', signal: asking.signal })
      .then(function (response) {
        return response.ok ? response.json() : { found: [] }
      })
      .then(function (answer) {
        show(answer.found)
      })
      .catch(function () {
        // 断网、登录过期：登记时还会再查
      })
  }

  form.addEventListener('input', function (event) {
    if (NAMES.indexOf(event.target.name) < 0) return
    clearTimeout(timer)
    timer = setTimeout(ask, PAUSE)
  })
})()
