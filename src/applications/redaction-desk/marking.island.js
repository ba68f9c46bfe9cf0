// 标记遮盖之处：在图上选字、画框（鼠标、触屏、键盘），在段落里选文字；所选都落在右边的表单里。
// 交表单不换页，免得每标一处都从头翻起；没有这段脚本时，表单照样用。
;(() => {
  const SVG = 'http://www.w3.org/2000/svg'
  const STEP = 0.01
  const LEAST = 0.004
  const picture = document.getElementById('picture')
  const panel = () => document.getElementById('marking-panel')
  const choosing = () => document.querySelector('#choosing form')
  const live = Object.assign(document.createElement('p'), { className: 'quiet marking-said' })
  live.setAttribute('role', 'status')

  const say = (text) => {
    live.textContent = text
  }

  /* —— 所选 —— */
  const inputs = (name) => [...(choosing()?.querySelectorAll(`input[name="${name}"]`) ?? [])]
  const words = () => inputs('w').map((input) => ({ input, box: input.dataset.box.split(' ').map(Number), text: input.getAttribute('aria-label') ?? input.parentElement.textContent.trim() }))
  const lineOf = (input) => input.closest('li')
  const isChosen = ({ input }) => input.checked || lineOf(input)?.querySelector('input[name="line"]')?.checked === true
  const boxes = () => inputs('area').map((input) => input.value.split(',').map(Number))

  const keep = (name, value) => choosing().append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }))

  function clear() {
    for (const { input } of words()) input.checked = false
    for (const input of inputs('line')) input.checked = false
    for (const input of [...inputs('area'), ...inputs('span')]) input.remove()
    show()
  }

  function chosenWords() {
    return words().filter(isChosen).map((word) => word.text).join('')
  }

  function report() {
    const [text, drawn, spans] = [chosenWords(), boxes().length, inputs('span').length]
    const parts = [text === '' ? '' : `「${text.length > 40 ? `${text.slice(0, 40)}…` : text}」`, drawn > 0 ? `${drawn} 个框` : '', spans > 0 ? `文字 ${spans} 处` : ''].filter((part) => part !== '')
    say(parts.length === 0 ? '还没有选' : `已选 ${parts.join('，')}；选好依据与理由，点「遮盖所选」`)
  }

  /* —— 画出所选 —— */
  let layer = null
  let caret = -1
  let anchor = -1
  let box = null
  let drag = null

  const size = () => picture.viewBox.baseVal
  function draw(className, [x, y, w, h]) {
    const rect = document.createElementNS(SVG, 'rect')
    const { width, height } = size()
    for (const [name, value] of Object.entries({ class: className, x: x * width, y: y * height, width: w * width, height: h * height })) rect.setAttribute(name, String(value))
    layer.append(rect)
  }

  function show() {
    if (layer !== null) {
      layer.replaceChildren()
      const all = words()
      all.forEach((word, i) => {
        if (isChosen(word) || inDrag(i)) draw('chosen', word.box)
      })
      for (const area of boxes()) draw('chosen', area)
      if (document.activeElement === picture) {
        if (tool === 'word' && all[caret] !== undefined) draw('caret', all[caret].box)
        if (tool === 'box' && box !== null) draw('caret', box)
      }
      if (drag !== null && drag.tool === 'box') draw('caret', boxOf(drag.from, drag.to))
    }
    report()
  }

  const inDrag = (i) => drag !== null && drag.tool === 'word' && drag.first >= 0 && i >= Math.min(drag.first, drag.last) && i <= Math.max(drag.first, drag.last)
  const boxOf = (a, b) => [Math.min(a.x, b.x), Math.min(a.y, b.y), Math.abs(a.x - b.x), Math.abs(a.y - b.y)]

  /* —— 工具 —— */
  let tool = 'box'
  const TOOLS = { word: '选字', box: '画框', look: '只看' }

  function toolbar() {
    const bar = document.createElement('fieldset')
    bar.className = 'marking-tools'
    bar.append(Object.assign(document.createElement('legend'), { className: 'vh', textContent: '在图上怎样选' }))
    for (const [name, label] of Object.entries(TOOLS)) {
      const radio = Object.assign(document.createElement('input'), { type: 'radio', name: 'tool', value: name, checked: name === tool })
      radio.addEventListener('change', () => setTool(name))
      const wrap = document.createElement('label')
      wrap.append(radio, ` ${label}`)
      bar.append(wrap)
    }
    const wipe = Object.assign(document.createElement('button'), { type: 'button', className: 'link', textContent: '清去所选' })
    wipe.addEventListener('click', clear)
    bar.append(wipe)
    return bar
  }

  const HELP = {
    word: '选字：左右键逐字、上下键换行，按住 Shift 连选，空格或回车选定，Esc 清去',
    box: '画框：方向键移动，按住 Shift 改大小，回车选定，Esc 清去',
    look: '只看：拖动翻看，不选',
  }

  function setTool(name) {
    tool = name
    picture.classList.toggle('choosing', tool !== 'look')
    picture.setAttribute('aria-label', `${picture.dataset.label}。${HELP[tool]}`)
    show()
    say(HELP[tool])
  }

  /* —— 鼠标与触屏 —— */
  function pointOf(event) {
    const frame = picture.getBoundingClientRect()
    const within = (n) => Math.min(1, Math.max(0, n))
    return { x: within((event.clientX - frame.left) / frame.width), y: within((event.clientY - frame.top) / frame.height) }
  }

  // 最近的一个字；离得太远的不算
  function wordAt({ x, y }, all) {
    let [best, least] = [-1, 0.03]
    all.forEach(({ box: [left, top, w, h] }, i) => {
      const [dx, dy] = [Math.max(left - x, 0, x - left - w), Math.max(top - y, 0, y - top - h)]
      const far = Math.hypot(dx, dy * 2)
      if (far < least) [best, least] = [i, far]
    })
    return best
  }

  function onDown(event) {
    if (tool === 'look' || event.button !== 0) return
    event.preventDefault()
    picture.focus({ preventScroll: true })
    picture.setPointerCapture(event.pointerId)
    const from = pointOf(event)
    const first = tool === 'word' ? wordAt(from, words()) : -1
    drag = { tool, from, to: from, first, last: first, moved: false }
    show()
  }

  function onMove(event) {
    if (drag === null) return
    drag.to = pointOf(event)
    drag.moved ||= Math.hypot(drag.to.x - drag.from.x, drag.to.y - drag.from.y) > LEAST
    if (drag.tool === 'word') {
      const at = wordAt(drag.to, words())
      if (at >= 0) drag.last = at
      if (drag.first < 0) drag.first = at
    }
    show()
  }

  function onUp() {
    const done = drag
    drag = null
    if (done === null) return
    if (done.tool === 'box') {
      const area = boxOf(done.from, done.to)
      if (area[2] > LEAST && area[3] > LEAST) keep('area', area.map((n) => n.toFixed(5)).join(','))
    } else if (done.first >= 0) choose(done.first, done.last, !done.moved)
    show()
  }

  /** 选中从某字到某字；`toggle` 时已选的改为不选。 */
  function choose(from, to, toggle) {
    const range = words().slice(Math.min(from, to), Math.max(from, to) + 1)
    const on = !(toggle && range.every(({ input }) => input.checked))
    for (const { input } of range) input.checked = on
    caret = to
    anchor = -1
  }

  /* —— 键盘 —— */
  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

  function onKey(event) {
    if (tool === 'look' || event.ctrlKey || event.metaKey || event.altKey) return
    const move = MOVES[event.key]
    const handled = tool === 'word' ? wordKey(event, move) : boxKey(event, move)
    if (handled) event.preventDefault()
  }

  function wordKey(event, move) {
    const all = words()
    if (all.length === 0) return false
    if (move !== undefined) {
      if (event.shiftKey && anchor < 0) anchor = Math.max(0, caret)
      if (!event.shiftKey) anchor = -1
      caret = caret < 0 ? 0 : move[1] === 0 ? Math.min(all.length - 1, Math.max(0, caret + move[0])) : neighbour(all, caret, move[1])
      drag = anchor < 0 ? null : { tool: 'word', first: anchor, last: caret }
      show()
      drag = null
      say(anchor < 0 ? all[caret].text : `连选到「${all[caret].text}」，${Math.abs(caret - anchor) + 1} 字`)
      scrollTo(all[caret].box)
      return true
    }
    if (event.key === ' ' || event.key === 'Enter') {
      if (caret < 0) return false
      choose(anchor < 0 ? caret : anchor, caret, anchor < 0)
      show()
      return true
    }
    return escape(event)
  }

  // 上一行、下一行里左右最近的字
  function neighbour(all, from, way) {
    const [x, y, w, h] = all[from].box
    let [best, least] = [from, Infinity]
    all.forEach(({ box: [left, top, width] }, i) => {
      const dy = (top - y) * way
      if (dy < h * 0.5) return
      const far = dy * 4 + Math.abs(left + width / 2 - x - w / 2)
      if (far < least) [best, least] = [i, far]
    })
    return best
  }

  function boxKey(event, move) {
    box ??= [0.1, 0.1, 0.2, 0.03]
    if (move !== undefined) {
      const [dx, dy] = [move[0] * STEP, move[1] * STEP]
      const [x, y, w, h] = box
      const within = (n, most) => Math.min(most, Math.max(0, n))
      box = event.shiftKey ? [x, y, Math.min(1 - x, Math.max(STEP, w + dx)), Math.min(1 - y, Math.max(STEP, h + dy))] : [within(x + dx, 1 - w), within(y + dy, 1 - h), w, h]
      show()
      say(`框：距左 ${percent(box[0])}，距上 ${percent(box[1])}，宽 ${percent(box[2])}，高 ${percent(box[3])}`)
      scrollTo(box)
      return true
    }
    if (event.key === ' ' || event.key === 'Enter') {
      keep('area', box.map((n) => n.toFixed(5)).join(','))
      show()
      return true
    }
    return escape(event)
  }

  const percent = (n) => `${Math.round(n * 100)}%`

  function escape(event) {
    if (event.key !== 'Escape') return false
    anchor = -1
    clear()
    return true
  }

  // 键盘移到窗外的，跟过去
  function scrollTo([, y]) {
    const frame = picture.getBoundingClientRect()
    const at = frame.top + y * frame.height
    if (at < 40 || at > window.innerHeight - 60) window.scrollBy({ top: at - window.innerHeight / 2 })
  }

  /* —— 段落里的文字 —— */
  function onTextChosen() {
    const selection = document.getSelection()
    if (selection === null || selection.isCollapsed || choosing() === null) return
    const range = selection.getRangeAt(0)
    let added = false
    for (const text of document.querySelectorAll('.block-text[data-block]')) {
      if (!range.intersectsNode(text)) continue
      const whole = document.createRange()
      whole.selectNodeContents(text)
      const start = range.compareBoundaryPoints(Range.START_TO_START, whole) > 0 ? lengthTo(text, range.startContainer, range.startOffset) : 0
      const end = range.compareBoundaryPoints(Range.END_TO_END, whole) < 0 ? lengthTo(text, range.endContainer, range.endOffset) : text.textContent.length
      if (end <= start) continue
      keep('span', `${text.dataset.block}:${start}:${end}`)
      added = true
    }
    if (added) showSpans()
  }

  function lengthTo(text, node, offset) {
    const before = document.createRange()
    before.setStart(text, 0)
    before.setEnd(node, offset)
    return before.toString().length
  }

  // 所选的各处列在段落之下，可以逐个去掉
  function showSpans() {
    for (const list of document.querySelectorAll('.block-chosen')) list.remove()
    for (const input of inputs('span')) {
      const [block, from, to] = input.value.split(':').map(Number)
      const text = document.querySelector(`.block-text[data-block="${block}"]`)
      if (text === null) continue
      const item = Object.assign(document.createElement('p'), { className: 'block-chosen', textContent: `已选「${text.textContent.slice(from, to)}」` })
      const drop = Object.assign(document.createElement('button'), { type: 'button', className: 'link', textContent: '不选' })
      drop.addEventListener('click', () => {
        input.remove()
        showSpans()
      })
      item.append(' ', drop)
      text.after(item)
    }
    report()
  }

  /* —— 交表单不换页 —— */
  async function onSubmit(event) {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || form.method !== 'post' || panel()?.contains(form) !== true) return
    event.preventDefault()
    const fields = new URLSearchParams()
    for (const [name, value] of new FormData(form, event.submitter)) if (typeof value === 'string') fields.append(name, value)
    try {
      const response = await fetch(form.action, { method: 'POST', body: fields })
      const page = new DOMParser().parseFromString(await response.text(), 'text/html')
      const next = page.getElementById('marking-panel')
      if (next === null) return location.reload()
      panel().replaceWith(next)
      picture?.querySelector('#picture-marks')?.replaceWith(document.importNode(page.getElementById('picture-marks'), true))
      const fresh = page.getElementById('blocks')
      if (fresh !== null) showSpans()
      settle()
    } catch {
      say('没有交上，请检查网络之后再点一次；所选的都在')
    }
  }

  function settle() {
    caret = -1
    anchor = -1
    choosing()?.addEventListener('change', show)
    panel().querySelector('h2')?.before(live)
    show()
    const said = panel().querySelector('.notice')
    if (said !== null) {
      said.tabIndex = -1
      said.focus({ preventScroll: said.classList.contains('ok') })
    }
  }

  /* —— 起 —— */
  document.addEventListener('submit', (event) => void onSubmit(event))
  document.addEventListener('mouseup', onTextChosen)
  document.addEventListener('touchend', () => setTimeout(onTextChosen, 300))
  if (choosing() === null) return
  choosing().addEventListener('change', show)
  panel().querySelector('h2')?.before(live)
  if (picture !== null) {
    layer = document.createElementNS(SVG, 'g')
    picture.append(layer)
    picture.dataset.label = picture.getAttribute('aria-label')
    picture.setAttribute('role', 'application')
    picture.tabIndex = 0
    tool = matchMedia('(pointer: coarse)').matches ? 'look' : words().length > 0 ? 'word' : 'box'
    picture.before(toolbar())
    picture.addEventListener('pointerdown', onDown)
    picture.addEventListener('pointermove', onMove)
    picture.addEventListener('pointerup', onUp)
    picture.addEventListener('pointercancel', () => {
      drag = null
      show()
    })
    picture.addEventListener('keydown', onKey)
    picture.addEventListener('focus', show)
    picture.addEventListener('blur', show)
    setTool(tool)
  }
  report()
})()
