// 朗读、复制链接、打印：浏览器没有这本领的去掉按钮；没有脚本时按钮都不出现，页面照样看、照样下载。
const tools = document.getElementById('page-tools')

tools?.classList.add('ready')

const find = (name) => tools?.querySelector(`[data-tool="${name}"]`) ?? null
const use = (name, act) => find(name)?.addEventListener('click', ({ currentTarget }) => act(currentTarget))
const drop = (name) => {
  const button = find(name)
  if (button !== null) button.hidden = true
}

const said = (words) => {
  const line = document.getElementById('page-tools-said')
  if (line !== null) line.textContent = words
}

// 长文一口气交出去，有的浏览器念到一半就停，故一段一段地念
const paragraphs = () => {
  const parts = [document.querySelector('h1'), ...document.querySelectorAll('.item-body :is(p, li, h2, h3, h4, td, th, figcaption)')]
  // 列项里还有列项的，随外层念过了
  const own = parts.filter((part) => part?.parentElement?.closest('.item-body :is(p, li, td, th)') === null)
  return own.map((part) => part?.textContent.trim() ?? '').filter((text) => text !== '')
}

const voice = () => speechSynthesis.getVoices().find(({ lang }) => /^(zh|cmn)([-_]|$)/i.test(lang)) ?? null

if (!('speechSynthesis' in window) || !('SpeechSynthesisUtterance' in window)) drop('read')
else {
  let reading = false
  const stop = (button) => {
    reading = false
    speechSynthesis.cancel()
    button.textContent = '朗读'
    button.setAttribute('aria-pressed', 'false')
  }
  use('read', (button) => {
    if (reading) {
      said('已停止朗读')
      return stop(button)
    }
    reading = true
    button.textContent = '停止朗读'
    button.setAttribute('aria-pressed', 'true')
    const chosen = voice()
    said(chosen === null ? '这台设备没有中文语音，念出来可能听不懂' : '正在朗读')
    const left = paragraphs()
    const next = () => {
      if (!reading) return
      const text = left.shift()
      if (text === undefined) {
        said('读完了')
        return stop(button)
      }
      const utterance = new SpeechSynthesisUtterance(text)
      utterance.lang = 'zh-CN'
      if (chosen !== null) utterance.voice = chosen
      utterance.onend = next
      utterance.onerror = () => {
        if (!reading) return
        said('读不出来，请看页面上的文字')
        stop(button)
      }
      speechSynthesis.speak(utterance)
    }
    speechSynthesis.cancel()
    next()
  })
  addEventListener('pagehide', () => speechSynthesis.cancel())
}

if (navigator.clipboard === undefined) drop('copy')
else
  use('copy', async (button) => {
    const address = document.querySelector('link[rel="canonical"]')?.href ?? location.href
    try {
      await navigator.clipboard.writeText(address)
      said('链接已复制')
    } catch {
      said(`复制不了，请自己复制：${address}`)
    }
    button.focus()
  })

use('print', () => print())
