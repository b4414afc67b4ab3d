/** Reading something for a page: what came, whether it is coming, and what went wrong, in the reader's words. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { words } from '../http'

export interface Loaded<T> {
  data: ShallowRef<T | null>
  error: Ref<string>
  busy: Ref<boolean>
  load: () => Promise<void>
}

/** The latest call wins: an answer that comes after a newer question is dropped. */
export function useLoad<T>(read: () => Promise<T>): Loaded<T> {
  const data = shallowRef<T | null>(null)
  const error = ref('')
  const busy = ref(false)
  let turn = 0
  async function load(): Promise<void> {
    const mine = ++turn
    busy.value = true
    error.value = ''
    try {
      const came = await read()
      if (mine === turn) data.value = came
    } catch (reason) {
      if (mine === turn) error.value = words(reason)
    } finally {
      if (mine === turn) busy.value = false
    }
  }
  return { data, error, busy, load }
}

/** A change sent to the server; answers whether it was taken. The refusal's words stay until the next try. */
export function useChange(): { busy: Ref<boolean>, error: Ref<string>, run: (change: () => Promise<unknown>) => Promise<boolean> } {
  const busy = ref(false)
  const error = ref('')
  async function run(change: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    error.value = ''
    try {
      await change()
      return true
    } catch (reason) {
      error.value = words(reason)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, error, run }
}
