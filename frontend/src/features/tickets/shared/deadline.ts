/** The limit that a whole ticket's head shows: of the work item that is due first, else of the ticket. */
import type { TicketRow } from '@/api/tickets'
import { deadlineOf, type Deadline } from '@/lib/time'

export function soonestOf(row: TicketRow): Deadline {
  const items = row.present.filter((one) => one.due_at !== null).sort((a, b) => Date.parse(a.due_at!) - Date.parse(b.due_at!))
  const first = items[0]
  return deadlineOf(row, first && (!row.required_end || Date.parse(first.due_at!) <= Date.parse(row.required_end)) ? first : null)
}
