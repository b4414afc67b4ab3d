/** Yellow and red cards: listed by who is liable, counted while they stand. */
import { get } from './http'
import type { Page } from './paged'
import type { Named } from './session'
import type { Text } from '@/lib/fields'
import type { ClockKind } from './clocks'
import type { Colour, Filters, Kind, TicketState, Verb } from './tickets'

export type CardState = 'issued' | 'acknowledged' | 'appealed' | 'upheld' | 'withdrawn'
export type CardVerb = Extract<Verb, 'acknowledge_card' | 'appeal_card' | 'uphold_card' | 'withdraw_card'>

/** `step` counts a clock's yellow cards from 1; `due_at` is the moment it was due, `issued_at` when it was made out. */
export interface Card {
  id: number
  ticket?: { number: string, subject: string, kind: Kind, state: TicketState, priority: number, customer: { name: string, level: string } | null }
  colour: Colour
  state: CardState
  clock_kind: ClockKind
  node: string
  node_title: Text | null
  step: number
  department: Named | null
  staff: Named | null
  due_at: string
  issued_at: string
  acknowledged_by: Named | null
  acknowledged_at: string | null
  appealed_by: Named | null
  appealed_at: string | null
  appeal_reason: string
  decided_by: Named | null
  decided_at: string | null
  decision_reason: string
  actions: CardVerb[]
}

export interface Counted { yellow: number, red: number }
export interface CardSummary extends Counted {
  withdrawn: number
  by_department: (Counted & { department: Named | null })[]
  by_staff: (Counted & { staff: Named | null })[]
}

export const listCards = (filters: Filters, after: string | null, limit: number): Promise<Page<Card>> => get('/cards', { ...filters, after, limit })
export const summarizeCards = (filters: Filters): Promise<CardSummary> => get('/cards/summary', filters)
