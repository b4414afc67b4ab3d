/** One clock for the whole page: moves at whole quarter minutes, so that every row changes its words together. */
import { readonly, ref } from 'vue'

const value = ref(Date.now())
let timer: ReturnType<typeof setInterval> | undefined

export function startClock(): void {
  timer ??= setInterval(() => { value.value = Date.now() }, 15_000)
  document.addEventListener('visibilitychange', () => { if (!document.hidden) value.value = Date.now() })
}

export const now = readonly(value)
