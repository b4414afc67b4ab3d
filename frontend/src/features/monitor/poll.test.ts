import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import { usePoll, type Polled } from './poll'

let hidden = false
beforeEach(() => { vi.useFakeTimers(); hidden = false; Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden }) })
afterEach(() => { vi.useRealTimers(); Reflect.deleteProperty(document, 'hidden') })

function polled(read: () => Promise<number>): { poll: Polled<number>, stop: () => void } {
  let poll!: Polled<number>
  const shown = mount(defineComponent({ setup() { poll = usePoll(read, 2000); return () => null } }))
  return { poll, stop: () => shown.unmount() }
}
const turn = (to: boolean): void => { hidden = to; document.dispatchEvent(new Event('visibilitychange')) }

describe('a poll', () => {
  it('asks every two seconds, not while hidden, and at once when looked at again', async () => {
    const read = vi.fn(async () => read.mock.calls.length)
    const { poll, stop } = polled(read)
    await vi.advanceTimersByTimeAsync(4100)
    expect(read).toHaveBeenCalledTimes(3)
    expect(poll.data.value).toBe(3)
    turn(true)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(read).toHaveBeenCalledTimes(3)
    turn(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(read).toHaveBeenCalledTimes(4)
    stop()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(read).toHaveBeenCalledTimes(4)
  })
  it('keeps what it knew when it is not answered, and says so', async () => {
    const read = vi.fn(async () => { if (read.mock.calls.length > 1) throw new Error('away'); return 7 })
    const { poll, stop } = polled(read)
    await vi.advanceTimersByTimeAsync(2100)
    expect([poll.data.value, poll.error.value]).toEqual([7, 'away'])
    await vi.advanceTimersByTimeAsync(3000)
    expect(read).toHaveBeenCalledTimes(2)
    await vi.advanceTimersByTimeAsync(1000)
    expect(read).toHaveBeenCalledTimes(3)
    stop()
  })
})
