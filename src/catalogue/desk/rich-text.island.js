// 正文的编辑框：工具栏、粘贴洗净、插图。没有脚本时用文字栏，一样办得成。
;(function () {
  var box = document.querySelector('[data-richtext]')
  var area = box && document.getElementById(box.getAttribute('data-richtext'))
  if (!area || !window.fetch || !window.FormData || !document.execCommand) return
  var endpoint = box.getAttribute('data-endpoint')
  var source = box.querySelector('.richtext-source')
  var label = document.getElementById(area.id + '-label')

  var editor = document.createElement('div')
  editor.className = 'richtext-area document'
  editor.contentEditable = 'true'
  editor.setAttribute('role', 'textbox')
  editor.setAttribute('aria-multiline', 'true')
  editor.setAttribute('aria-labelledby', label.id)
  if (area.getAttribute('aria-describedby')) editor.setAttribute('aria-describedby', area.getAttribute('aria-describedby'))
  while (source.firstChild) editor.appendChild(source.firstChild)
  source.remove()
  var said = document.createElement('p')
  said.className = 'quiet richtext-said'
  said.setAttribute('role', 'status')

  var picker = document.createElement('input')
  picker.type = 'file'
  picker.accept = 'image/png,image/jpeg,image/gif,image/webp'
  picker.hidden = true

  function run(command, value) {
    editor.focus()
    document.execCommand('styleWithCSS', false, false)
    document.execCommand(command, false, value)
  }
  function heading(tag) {
    return function () {
      run('formatBlock', '<' + tag + '>')
    }
  }
  function insert(html) {
    run('insertHTML', html)
  }
  function cellHere() {
    var node = window.getSelection().anchorNode
    while (node && node !== editor) {
      if (node.nodeName === 'TD' || node.nodeName === 'TH') return node
      node = node.parentNode
    }
    return null
  }
  function table() {
    var size = window.prompt('表格几行几列？如 3x4', '3x3')
    var found = size && /^\s*(\d{1,2})\s*[x×*，, ]\s*(\d{1,2})\s*$/.exec(size)
    if (!found) return
    var rows = Math.max(1, Number(found[1]))
    var columns = Math.max(1, Number(found[2]))
    var html = '<table><tbody>'
    for (var r = 0; r < rows; r++) {
      html += '<tr>'
      for (var c = 0; c < columns; c++) html += r === 0 ? '<th><br></th>' : '<td><br></td>'
      html += '</tr>'
    }
    insert(html + '</tbody></table><p><br></p>')
  }
  function row() {
    var cell = cellHere()
    if (!cell) return say('先把光标放在表格里')
    var fresh = cell.parentNode.cloneNode(true)
    Array.prototype.forEach.call(fresh.children, function (each) {
      each.innerHTML = '<br>'
      each.removeAttribute('rowspan')
    })
    cell.parentNode.after(fresh)
  }
  function column() {
    var cell = cellHere()
    if (!cell) return say('先把光标放在表格里')
    var at = Array.prototype.indexOf.call(cell.parentNode.children, cell)
    Array.prototype.forEach.call(cell.closest('table').rows, function (each) {
      var beside = each.children[Math.min(at, each.children.length - 1)]
      if (!beside) return
      var fresh = document.createElement(beside.nodeName)
      fresh.innerHTML = '<br>'
      beside.after(fresh)
    })
  }
  function link() {
    var href = window.prompt('链接到哪里（https:// 开头的网址，或者本站以 / 开头的地址）', 'https://')
    if (href && /^(https?:\/\/|\/|mailto:|tel:)/.test(href)) run('createLink', href)
  }

  // execCommand 对齐写成样式，本站的策略不许；交上去由服务器认 align
  function align(where) {
    return function () {
      var node = window.getSelection().anchorNode
      while (node && node.parentNode !== editor) {
        if (node.nodeName === 'TD' || node.nodeName === 'TH') break
        node = node.parentNode
      }
      if (!node || node.nodeType !== 1) return
      if (where === 'left') node.removeAttribute('data-align')
      else node.setAttribute('data-align', where)
    }
  }

  var TOOLS = [
    ['段落', heading('p')],
    ['一级标题', heading('h2')],
    ['二级标题', heading('h3')],
    ['加粗', function () { run('bold') }],
    ['居中', align('center')],
    ['靠右', align('right')],
    ['靠左', align('left')],
    ['圆点列表', function () { run('insertUnorderedList') }],
    ['编号列表', function () { run('insertOrderedList') }],
    ['表格', table],
    ['加一行', row],
    ['加一列', column],
    ['链接', link],
    ['图片', function () { picker.click() }],
    ['撤销', function () { run('undo') }],
  ]
  var bar = document.createElement('div')
  bar.className = 'richtext-bar'
  bar.setAttribute('role', 'toolbar')
  bar.setAttribute('aria-label', '正文的格式')
  TOOLS.forEach(function (tool, i) {
    var button = document.createElement('button')
    button.type = 'button'
    button.textContent = tool[0]
    button.tabIndex = i === 0 ? 0 : -1
    // 按下时不抢走光标
    button.addEventListener('mousedown', function (event) { event.preventDefault() })
    button.addEventListener('click', tool[1])
    bar.appendChild(button)
  })
  bar.addEventListener('keydown', function (event) {
    var buttons = Array.prototype.slice.call(bar.children)
    var at = buttons.indexOf(document.activeElement)
    var to = event.key === 'ArrowRight' ? at + 1 : event.key === 'ArrowLeft' ? at - 1 : event.key === 'Home' ? 0 : event.key === 'End' ? buttons.length - 1 : at
    if (to === at || to < 0 || to >= buttons.length) return
    event.preventDefault()
    buttons.forEach(function (each) { each.tabIndex = -1 })
    buttons[to].tabIndex = 0
    buttons[to].focus()
  })

  function say(text) {
    said.textContent = text
  }
  function ask(form, working) {
    say(working)
    return fetch(endpoint, { method: 'POST', body: form, credentials: 'same-origin' })
      .then(function (answer) {
        if (answer.redirected || answer.status === 401) throw new Error('登录已过期：先不要离开这一页，另开一个窗口登录，再粘贴一次')
        return answer.json().then(function (told) {
          if (!answer.ok) throw new Error(told.message || '没有成')
          return told
        })
      })
      .then(function (told) {
        insert(told.html)
        say((told.notes || []).join('；') || '好了')
      })
      .catch(function (error) {
        say(error.message === 'Failed to fetch' ? '没有连上，请再试一次' : error.message)
      })
  }
  function picture(file) {
    var alt = window.prompt('图里是什么？写给看不见图的人', '') || ''
    var form = new FormData()
    form.append('alt', alt)
    form.append('picture', file, file.name || 'picture.png')
    return ask(form, '正在存图片…')
  }
  editor.addEventListener('paste', function (event) {
    var data = event.clipboardData
    if (!data) return
    var html = data.getData('text/html')
    var file = Array.prototype.filter.call(data.files || [], function (each) { return /^image\//.test(each.type) })[0]
    if (html) {
      event.preventDefault()
      var form = new FormData()
      form.append('html', html)
      void ask(form, '正在整理粘贴的内容…')
    } else if (file) {
      event.preventDefault()
      void picture(file)
    }
  })
  picker.addEventListener('change', function () {
    if (picker.files[0]) void picture(picker.files[0])
    picker.value = ''
  })
  // 新的一段是 p，不是 div
  document.execCommand('defaultParagraphSeparator', false, 'p')
  if (!editor.textContent.trim() && !editor.querySelector('img, table, hr')) editor.innerHTML = '<p><br></p>'

  box.appendChild(bar)
  box.appendChild(editor)
  box.appendChild(picker)
  box.appendChild(said)
  area.hidden = true
  label.removeAttribute('for')
  label.addEventListener('click', function () { editor.focus() })
  box.hidden = false
  function gather() {
    area.value = editor.innerHTML
  }
  area.form.addEventListener('submit', gather)
  // 自动保存之前
  area.form.addEventListener('gather', gather)
})()
