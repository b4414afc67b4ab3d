/**
 * Keys of the desk. A page announces its keys while it is shown; the latest page wins; typing is never disturbed.
 * A key is written as it is read: "j", "Enter", "mod+k", "?". `mod` is ⌘ on a Mac and Ctrl elsewhere.
 */
import { onMounted, onUnmounted, shallowReactive } from 'vue'

export interface Shortcut {
  key: string
  label: string
  run: (event: KeyboardEvent) => void
  /** Also while typing in a field (mod combinations). */
  whileTyping?: boolean
  /** Not listed in the help. */
  quiet?: boolean
  /** Stays alive under a layer that stands alone: the frame's and the telephone's keys. */
  everywhere?: boolean
  /** Alive only then, and then before all others: the keys of a panel that has the focus. */
  when?: () => boolean
}

interface Layer extends Array<Shortcut> { alone?: boolean }
const layers = shallowReactive<Layer[]>([])

/** With `alone`, what lies below answers no key while this is shown, except what works everywhere. */
export function useShortcuts(shortcuts: () => Shortcut[], alone = false): void {
  const layer: Layer = shallowReactive<Shortcut[]>([])
  layer.alone = alone
  onMounted(() => { layer.push(...shortcuts()); layers.push(layer) })
  onUnmounted(() => { const at = layers.indexOf(layer); if (at >= 0) layers.splice(at, 1) })
}

/** All keys now alive, the innermost first, each key once. */
export function aliveShortcuts(): Shortcut[] {
  const seen = new Set<string>()
  const alive: Shortcut[] = []
  const add = (shortcut: Shortcut): void => { if (!seen.has(shortcut.key)) { seen.add(shortcut.key); alive.push(shortcut) } }
  let covered = false
  for (const layer of layers) for (const shortcut of layer) if (shortcut.when?.()) add(shortcut)
  for (const layer of [...layers].reverse()) {
    for (const shortcut of layer) if (!shortcut.when && (!covered || shortcut.everywhere)) add(shortcut)
    covered ||= layer.alone === true
  }
  return alive
}

export function keyOf(event: Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'altKey'> & { code?: string }): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  // With Alt some keyboards write another letter; the key itself is meant.
  if (event.altKey) return `alt+${/^Key[A-Z]$/.test(event.code ?? '') ? event.code!.slice(3).toLowerCase() : key}`
  return event.metaKey || event.ctrlKey ? `mod+${key}` : key
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

/** A focused button or link answers ⏎ and space itself. */
function answersItself(key: string, target: EventTarget | null): boolean {
  if (key !== 'Enter' && key !== ' ') return false
  return target instanceof HTMLElement && target.closest('button, a, summary, [role="button"], [role="tab"], [role="option"]') !== null
}

export function handleKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const key = keyOf(event)
  const typing = isTyping(event.target)
  const shortcut = aliveShortcuts().find((one) => one.key === key && (!typing || one.whileTyping))
  if (!shortcut || answersItself(key, event.target)) return
  event.preventDefault()
  shortcut.run(event)
}

export function listenForKeys(): void {
  window.addEventListener('keydown', combinationFirst, true)
  window.addEventListener('keydown', handleKey)
}

/** Lists and editors take ⏎ for themselves, also with Ctrl: a page's mod+Enter comes before them. */
function combinationFirst(event: KeyboardEvent): void {
  if (keyOf(event) !== 'mod+Enter') return
  handleKey(event)
  if (event.defaultPrevented) event.stopPropagation()
}

export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform)

/** How a key is printed on a key cap. */
export function keyCap(key: string): string {
  const names: Record<string, string> = { Enter: '⏎', Escape: 'Esc', ' ': '␣', ArrowUp: '↑', ArrowDown: '↓', alt: isMac() ? '⌥' : 'Alt', mod: isMac() ? '⌘' : 'Ctrl' }
  return key.split('+').map((part) => names[part] ?? part.toUpperCase()).join(isMac() ? '' : '+')
}
