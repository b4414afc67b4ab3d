/** What ⌘K finds: tickets by number or words, customers by name or number. The latest question wins. */
import { ref, watch } from 'vue'
import { findCustomers } from '@/api/customers'
import { can } from '@/api/session'
import { listTickets } from '@/api/tickets'

export interface Answer { kind: 'ticket' | 'customer', key: string, title: string, aside: string, to: string }

const ticketNumber = /^\d{8}-?\d{0,}$/

export function usePalette() {
  const query = ref('')
  const answers = ref<Answer[]>([])
  const busy = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  watch(query, (text) => {
    clearTimeout(timer)
    const clean = text.trim()
    if (clean.length < 2) { turn++; answers.value = []; return }
    timer = setTimeout(() => { void ask(clean) }, 160)
  })

  async function ask(text: string): Promise<void> {
    const mine = ++turn
    busy.value = true
    const [tickets, customers] = await Promise.all([
      listTickets({ q: text }, null, 6).then((page) => page.items).catch(() => []),
      ticketNumber.test(text) || !can('customer.view') ? [] : findCustomers(text, 5).then((page) => page.items).catch(() => []),
    ])
    if (mine !== turn) return
    answers.value = [
      ...tickets.map((one): Answer => ({ kind: 'ticket', key: one.number, title: one.subject, aside: one.number, to: `/tickets/${one.number}` })),
      ...customers.map((one): Answer => ({ kind: 'customer', key: `c${one.id}`, title: one.name, aside: '', to: `/customers/${one.id}` })),
    ]
    busy.value = false
  }

  return { query, answers, busy }
}
