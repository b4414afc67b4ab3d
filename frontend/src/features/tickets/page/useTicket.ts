/**
 * One ticket on the screen: read whole, refreshed in place when the server says that it changed, acted upon with the version
 * that was shown. Refreshing never clears what is being typed.
 */
import { computed, shallowRef, watch, type Ref } from 'vue'
import { messageOf, Problem } from '@/api/http'
import { act, readMessages, readTicket, readTrack, type Message, type Ticket, type Track, type Verb, type VerbAnswer } from '@/api/tickets'
import { freshKey } from '@/lib/text'
import { concerns, useLive } from '@/live'
import { markSeen } from '../shared/seen'
import { refreshCounts } from '../shared/counts'

export interface TicketOnScreen {
  ticket: Ref<Ticket | null>
  track: Ref<Track | null>
  messages: Ref<Message[]>
  error: Ref<string>
  missing: Ref<boolean>
  refresh(): Promise<void>
  perform(verb: Verb, args: Record<string, unknown>, key?: string): Promise<VerbAnswer>
}

export function useTicket(number: Ref<string>): TicketOnScreen {
  const ticket = shallowRef<Ticket | null>(null)
  const track = shallowRef<Track | null>(null)
  const messages = shallowRef<Message[]>([])
  const problem = shallowRef<unknown>(null)
  let turn = 0

  async function refresh(): Promise<void> {
    const mine = ++turn
    const wanted = number.value
    try {
      const [found, way, words] = await Promise.all([readTicket(wanted), readTrack(wanted), readMessages(wanted)])
      if (mine !== turn) return
      ticket.value = found
      track.value = way
      messages.value = words
      problem.value = null
      markSeen(found.number, found.updated_at)
    } catch (error) { if (mine === turn) problem.value = error }
  }

  async function perform(verb: Verb, args: Record<string, unknown>, key: string = freshKey()): Promise<VerbAnswer> {
    try {
      // Whoever accepts is to hear who was first, not only that something changed: the server's row lock decides, not the version.
      const seen = verb === 'accept' ? {} : { version: ticket.value?.version }
      const answer = await act(number.value, verb, { ...seen, ...args }, key)
      await Promise.all([refresh(), refreshCounts()])
      return answer
    } catch (error) {
      if (error instanceof Problem && (error.status === 409 || error.status === 404)) await refresh()
      throw error
    }
  }

  watch(number, () => { ticket.value = null; track.value = null; messages.value = []; void refresh() }, { immediate: true })
  /** Its own changes, and what becomes of its calls: they end, their recordings come. */
  const touches = (found: Ticket, change: { type: string, ids: (string | number)[] }): boolean =>
    change.ids.includes(found.id) || (/^(Call|Recording)/.test(change.type) && (found.calls ?? []).some((call) => change.ids.includes(call.id)))
  useLive((changes) => { if (concerns(changes, number.value) || (ticket.value && changes.some((one) => touches(ticket.value!, one)))) void refresh() })

  return {
    ticket, track, messages, refresh, perform,
    error: computed(() => (problem.value && ticket.value === null ? messageOf(problem.value) : '')) as Ref<string>,
    missing: computed(() => problem.value instanceof Problem && problem.value.status === 404) as Ref<boolean>,
  }
}
