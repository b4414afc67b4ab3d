// What is wrong with the page as it stands, one sentence each: words, names, labels, contrast, width. No finding, no sentence.
() => {
  const found = []
  const shown = (element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false
    const box = element.getBoundingClientRect()
    return box.width > 1 && box.height > 1
  }
  const tell = (element) => {
    const text = (element.textContent ?? '').trim().slice(0, 24)
    return `<${element.tagName.toLowerCase()}${element.className?.baseVal ?? element.className ? ` class="${element.className?.baseVal ?? element.className}"` : ''}> ${text}`
  }
  const all = [...document.querySelectorAll('body *')].filter(shown)

  // Words: a key of a locale file on the screen was never translated.
  const texts = []
  for (const element of all) {
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE && node.data.trim()) texts.push([element, node.data.trim()])
    }
    for (const name of ['placeholder', 'title', 'aria-label']) {
      if (element.getAttribute(name)) texts.push([element, element.getAttribute(name).trim()])
    }
  }
  for (const [element, text] of texts) {
    if (!/^[a-z_]+(\.[a-z_]+)+$/.test(text) || element.closest('.number, .cm-editor, code, input')) continue
    found.push(`untranslated: ${text}`)
  }
  if (!document.documentElement.lang) found.push('the page has no language')
  if (document.querySelectorAll('main').length < 1) found.push('the page has no main part')

  // Names: whoever hears the page instead of seeing it.
  const named = (element) => Boolean(
    (element.getAttribute('aria-label') ?? '').trim() || (element.textContent ?? '').trim() || element.getAttribute('title')
    || (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).some((id) => id && document.getElementById(id)?.textContent.trim()))
  for (const element of all) {
    if (element.matches('button, a[href], [role=button], [role=tab], summary') && !element.closest('[aria-hidden=true]') && !named(element)) {
      found.push(`nameless: ${tell(element)}`)
    }
    if (element.matches('input:not([type=hidden]), select, textarea') && !element.closest('[aria-hidden=true]') && !element.labels?.length && !element.getAttribute('aria-label')
      && !element.getAttribute('aria-labelledby')) found.push(`without a label: ${tell(element)} ${element.placeholder ?? ''}`)
    if (element.tagName === 'IMG' && !element.hasAttribute('alt')) found.push(`without words: ${tell(element)}`)
  }
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id)
  for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) found.push(`twice: id ${id}`)

  // Contrast: text against the ground it stands on, 4.5 : 1, large text 3 : 1.
  const channels = (colour) => {
    const numbers = (colour.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number)
    const [r, g, b, a = 1] = colour.startsWith('color(') ? [...numbers.slice(0, 3).map((one) => one * 255), numbers[3] ?? 1] : numbers
    return [r, g, b, a]
  }
  const over = ([r, g, b, a], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1]
  const ground = (element) => {
    const layers = []
    for (let one = element; one; one = one.parentElement) {
      const colour = channels(getComputedStyle(one).backgroundColor)
      if (colour[3] > 0) layers.unshift(colour)
      if (colour[3] === 1) break
    }
    return layers.reduce((below, layer) => over(layer, below), [255, 255, 255, 1])
  }
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((one) => one / 255).map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    return 0.2126 * x + 0.7152 * y + 0.0722 * z
  }
  const faded = (element) => { for (let one = element; one; one = one.parentElement) if (getComputedStyle(one).opacity !== '1') return true; return false }
  const weak = new Set()
  for (const element of all) {
    const speaks = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
    if (!speaks || element.closest('[disabled], [aria-hidden=true], .is-disabled') || faded(element)) continue
    const style = getComputedStyle(element)
    const behind = ground(element)
    const ink = over(channels(element.namespaceURI.endsWith('svg') ? style.fill : style.color), behind)
    const [low, high] = [light(ink), light(behind)].sort((a, b) => a - b)
    const size = parseFloat(style.fontSize)
    const needed = size >= 24 || (size >= 18.6 && Number(style.fontWeight) >= 600) ? 3 : 4.5
    const ratio = (high + 0.05) / (low + 0.05)
    if (ratio < needed - 0.01) weak.add(`pale (${ratio.toFixed(2)}): ${tell(element)}`)
  }
  found.push(...weak)

  // A phone widens its view to whatever sticks out; its screen does not grow.
  const wide = document.documentElement.scrollWidth - Math.min(document.documentElement.clientWidth, screen.width)
  if (wide > 0) {
    const out = all.filter((element) => element.getBoundingClientRect().right > screen.width + 1).slice(0, 3).map(tell).join(' | ')
    found.push(`too wide by ${wide} px: ${out}`)
  }
  return found
}
