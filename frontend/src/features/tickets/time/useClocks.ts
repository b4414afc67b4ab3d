/** A ticket's clocks: asked again when the ticket changes, and once a minute while they are looked at. */
import { onMounted, onUnmounted, shallowRef, watch, ref } from 'vue'
import { readClocks, type Clocks } from '@/api/clocks'
import { messageOf } from '@/api/http'
import type { Ticket } from '@/api/tickets'

const often = 60_000

export function useClocks(ticket: () => Ticket) {
  const clocks = shallowRef<Clocks | null>(null)
  const error = ref('')
  let turn = 0
  let timer: ReturnType<typeof setInterval> | undefined

  async function refresh(): Promise<void> {
    const mine = ++turn
    try {
      const found = await readClocks(ticket().number)
      if (mine !== turn) return
      clocks.value = found
      error.value = ''
    } catch (problem) { if (mine === turn && clocks.value === null) error.value = messageOf(problem) }
  }

  watch(() => ticket().number, () => { clocks.value = null; error.value = '' })
  watch(() => [ticket().number, ticket().version, ticket().updated_at], () => { void refresh() }, { immediate: true })
  onMounted(() => { timer = setInterval(() => { if (!document.hidden) void refresh() }, often) })
  onUnmounted(() => clearInterval(timer))

  return { clocks, error, refresh }
}
