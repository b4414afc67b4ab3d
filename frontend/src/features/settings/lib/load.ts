/** Reading something for a page: what came, whether it is coming, and what went wrong, in the reader's words. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { forgetReference } from '@/api/reference'
import { messageOf, Problem } from '@/api/http'

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
      if (mine === turn) error.value = messageOf(reason)
    } finally {
      if (mine === turn) busy.value = false
    }
  }
  return { data, error, busy, load }
}

export interface Change {
  busy: Ref<boolean>
  error: Ref<string>
  /** What is wrong with each field, by its name. */
  fields: Ref<Record<string, string>>
  /** Someone else changed it meanwhile. */
  stale: Ref<boolean>
  run: (change: () => Promise<unknown>) => Promise<boolean>
}

/** A change sent to the server; answers whether it was taken. The refusal's words stay until the next try. */
export function useChange(): Change {
  const busy = ref(false)
  const error = ref('')
  const fields = ref<Record<string, string>>({})
  const stale = ref(false)

  function refused(reason: unknown): void {
    error.value = messageOf(reason)
    if (!(reason instanceof Problem)) return
    fields.value = reason.byField()
    stale.value = reason.status === 409 && /stale|version/.test(reason.code)
  }

  async function run(change: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    error.value = ''
    fields.value = {}
    stale.value = false
    try {
      await change()
      forgetReference()
      return true
    } catch (reason) {
      refused(reason)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, error, fields, stale, run }
}
