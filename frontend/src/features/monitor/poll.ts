/** Reads again and again while the page is looked at: the next question only after the answer to the last. */
import { onMounted, onUnmounted, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { messageOf } from '@/api/http'

export interface Polled<T> {
  data: ShallowRef<T | null>
  /** Why the last question was not answered; "" when it was. */
  error: Ref<string>
  /** When the last answer came, in milliseconds; 0 before the first. */
  heardAt: Ref<number>
  again: () => Promise<void>
}

/** Every `pause` milliseconds; after a failure `patience` times that, so that a server in trouble is not asked by everyone at once. */
export function usePoll<T>(read: () => Promise<T>, pause: number, patience = 2): Polled<T> {
  const data = shallowRef<T | null>(null)
  const error = ref('')
  const heardAt = ref(0)
  let timer: ReturnType<typeof setTimeout> | undefined
  let alive = false
  let asking = false

  async function again(): Promise<void> {
    clearTimeout(timer)
    if (asking) return
    asking = true
    try {
      const came = await read()
      if (!alive) return
      data.value = came
      heardAt.value = Date.now()
      error.value = ''
    } catch (reason) { error.value = messageOf(reason) } finally {
      asking = false
      if (alive && !document.hidden) timer = setTimeout(() => { void again() }, error.value ? pause * patience : pause)
    }
  }
  const turned = (): void => { if (document.hidden) clearTimeout(timer); else void again() }
  onMounted(() => { alive = true; document.addEventListener('visibilitychange', turned); void again() })
  onUnmounted(() => { alive = false; clearTimeout(timer); document.removeEventListener('visibilitychange', turned) })
  return { data, error, heardAt, again }
}
