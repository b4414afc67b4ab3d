/** Accepting from a list: the winner is told so, the other hears who was first. */
import { ref } from 'vue'
import { messageOf } from '@/api/http'
import { act } from '@/api/tickets'
import { t } from '@/lib/i18n'
import { freshKey } from '@/lib/text'

export interface Told { tone: 'done' | 'late', text: string, number: string }

export function useAccept(after: () => Promise<void>) {
  const told = ref<Told | null>(null)
  const busy = ref<number | null>(null)
  let forget: ReturnType<typeof setTimeout> | undefined

  async function accept(number: string, item: number): Promise<void> {
    if (busy.value !== null) return
    busy.value = item
    clearTimeout(forget)
    try {
      await act(number, 'accept', { item }, freshKey())
      told.value = { tone: 'done', text: t('tickets.accepted_now', { number }), number }
      forget = setTimeout(() => { told.value = null }, 6_000)
    } catch (problem) {
      told.value = { tone: 'late', text: messageOf(problem), number }
    } finally {
      busy.value = null
      await after()
    }
  }

  return { told, busy, accept }
}
