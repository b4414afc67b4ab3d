/** A ticket's clocks and their receipts: every second counted, outside hours or paused, and why. */
import type { Card } from './cards'
import { get } from './http'
import type { Named } from './session'
import type { Text } from '@/lib/fields'

export type ClockKind = 'process' | 'node' | 'first_response' | 'next_response' | 'callback'
export type ClockState = 'running' | 'paused' | 'met' | 'breached' | 'void'

/** A stretch of real time; `why` says what made it count or not: hours, rest, holiday, paused, … */
export interface Span { start: string, end: string, counted: boolean, why: string, seconds: number }
export interface Sums { counted: number, outside: number, paused: number, whole: number }
export interface Deed { what: string, whom?: string | null }
/** What happens when: `after` is counted seconds from the start. */
export interface Stage { at: string | null, after: number, kind: 'yellow' | 'red' | 'step', do: Deed[], fired: boolean }
export interface Versioned { code: string, names?: Text, number: number }

/** Seconds throughout; `remaining` is negative when over. `first_limit` differs when the limit was extended. */
export interface Clock {
  id: number, kind: ClockKind, node: string, node_title: Text | null, state: ClockState
  started_at: string, due_at: string | null, warn_at: string | null
  limit: number, first_limit: number, used: number, remaining: number, counting_now: boolean
  breached_at: string | null, stopped_at: string | null, provisional: boolean
  calendar: Versioned | null, policy: Versioned | null
  stages: Stage[]
  /** Up to now or the stop; of a very long receipt only the latest, the sums are always of all. */
  spans: Span[], sums: Sums
  /** From now to the due time while the clock runs; `sums` are from the start to the due time, so `counted` is the limit. */
  to_due: { spans: Span[], sums: Sums } | null
}

export interface Share { department: Named | null, seconds: number }
export interface Clocks { now: string, clocks: Clock[], cards?: Card[], shares: Share[], shares_whole: number }

export const readClocks = (number: string): Promise<Clocks> => get(`/tickets/${encodeURIComponent(number)}/clocks`)
