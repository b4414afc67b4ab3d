/** Deliveries: what their states look like, and how many a range of time holds. */
import { deliveries, type DeliveryState } from '@/api/webhooks'
import type { Tone } from './words'

export const deliveryTones: Record<DeliveryState, Tone> = { waiting: 'normal', delivered: 'done', dead: 'late' }

export interface Counted { n: number, more: boolean }
const most = 200

/** How many deliveries of these states were recorded in a range, up to 200 of each. */
export async function countIn(id: number, range: { since: string, until: string }, states: readonly DeliveryState[]): Promise<Counted> {
  const pages = await Promise.all(states.map((state) => deliveries(id, { ...range, state }, null, most)))
  return { n: pages.reduce((sum, page) => sum + page.items.length, 0), more: pages.some((page) => page.next !== null) }
}
