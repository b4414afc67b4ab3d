import { mount } from '@vue/test-utils'
import { defineComponent, h } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import { aliveShortcuts, handleKey, keyOf, useShortcuts, type Shortcut } from './shortcuts'

const page = (shortcuts: Shortcut[], alone = false) => mount(defineComponent({ setup() { useShortcuts(() => shortcuts, alone); return () => h('div') } }))

function press(key: string, options: KeyboardEventInit = {}, target: EventTarget = document.body): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true, ...options })
  Object.defineProperty(event, 'target', { value: target })
  handleKey(event)
  return event
}

describe('keys', () => {
  it('are written as they are read', () => {
    expect(keyOf({ key: 'K', ctrlKey: true, metaKey: false, altKey: false })).toBe('mod+k')
    expect(keyOf({ key: '?', ctrlKey: false, metaKey: false, altKey: false })).toBe('?')
  })

  it('run for the innermost page, and rest when it is gone', () => {
    const outer = vi.fn()
    const inner = vi.fn()
    const below = page([{ key: 'j', label: 'a', run: outer }])
    const above = page([{ key: 'j', label: 'b', run: inner }])
    press('j')
    expect([outer.mock.calls.length, inner.mock.calls.length]).toEqual([0, 1])
    above.unmount()
    press('j')
    expect(outer).toHaveBeenCalledTimes(1)
    below.unmount()
    expect(aliveShortcuts()).toEqual([])
  })

  it('rest under a layer that stands alone, except those that work everywhere', () => {
    const below = vi.fn()
    const everywhere = vi.fn()
    const page1 = page([{ key: 'y', label: 'a', run: below }, { key: 'F2', label: 'b', run: everywhere, everywhere: true }])
    const over = page([{ key: 'Enter', label: 'c', run: vi.fn() }], true)
    press('y')
    press('F2')
    expect([below.mock.calls.length, everywhere.mock.calls.length]).toEqual([0, 1])
    over.unmount()
    press('y')
    expect(below).toHaveBeenCalledTimes(1)
    page1.unmount()
  })

  it('with Alt are the keys themselves, whatever letter the keyboard writes', () => {
    expect(keyOf({ key: '†', code: 'KeyT', altKey: true, ctrlKey: false, metaKey: false })).toBe('alt+t')
    expect(keyOf({ key: '1', code: 'Digit1', altKey: true, ctrlKey: false, metaKey: false })).toBe('alt+1')
  })

  it('never disturb typing, unless they say so', () => {
    const plain = vi.fn()
    const strong = vi.fn()
    const shown = page([{ key: 'y', label: 'a', run: plain }, { key: 'mod+Enter', label: 'b', run: strong, whileTyping: true }])
    const field = document.createElement('textarea')
    press('y', {}, field)
    press('Enter', { ctrlKey: true }, field)
    expect(plain).not.toHaveBeenCalled()
    expect(strong).toHaveBeenCalledTimes(1)
    shown.unmount()
  })

  it('leave ⏎ to a focused button, and Chinese input to itself', () => {
    const run = vi.fn()
    const shown = page([{ key: 'Enter', label: 'a', run }, { key: 'j', label: 'b', run }])
    press('Enter', {}, document.createElement('button'))
    press('j', { isComposing: true })
    expect(run).not.toHaveBeenCalled()
    shown.unmount()
  })
})
