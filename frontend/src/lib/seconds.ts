/** A clock of whole seconds for what is counted while one looks at it; runs only while somebody does. Spans in milliseconds. */
import { onMounted, onUnmounted, readonly, ref, type Ref } from 'vue'

const value = ref(Date.now())
let watchers = 0
let timer: ReturnType<typeof setInterval> | undefined

export function useSeconds(): Readonly<Ref<number>> {
  onMounted(() => {
    value.value = Date.now()
    watchers += 1
    timer ??= setInterval(() => { value.value = Date.now() }, 1_000)
  })
  onUnmounted(() => {
    watchers -= 1
    if (watchers > 0) return
    clearInterval(timer)
    timer = undefined
  })
  return readonly(value)
}

const two = (n: number): string => String(n).padStart(2, '0')

/** 00:42, 12:05, 1:03:07. Never negative: clocks of two machines differ. */
export function stopwatch(milliseconds: number): string {
  const whole = Math.max(0, Math.floor(milliseconds / 1_000))
  const minutes = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
  return whole >= 3_600 ? `${Math.floor(whole / 3_600)}:${minutes}` : minutes
}

/** Seconds, as a stopwatch shows them. */
export const secondsText = (seconds: number): string => stopwatch(seconds * 1_000)

export const since = (iso: string | null | undefined, at: number): string => (iso ? stopwatch(at - Date.parse(iso)) : '')

/** What is left until then, in whole seconds, rounded up so that it shows 1 until it is over. */
export const secondsLeft = (until: string | null | undefined, at: number): number => (until ? Math.max(0, Math.ceil((Date.parse(until) - at) / 1_000)) : 0)
