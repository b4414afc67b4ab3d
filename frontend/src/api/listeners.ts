/** Who reads the events: listeners (监听器) in the product and groups outside with their cursors (游标); dead letters (死信). */
import { freshKey } from '@/lib/text'
import { call, get, post, remove } from './http'
import type { Page } from './paged'

/** Events not read yet (`more`: at least so many), and seconds since the oldest of them happened. */
export interface Lag { events: number, more: boolean, seconds: number }

/** `alive`: some worker runs it; `orphaned`: no release here knows it, nobody runs it. Null for groups: they are read from outside. */
export interface Consumer {
  kind: 'listener' | 'group'
  name: string
  lag: Lag
  moved_at: string | null
  alive: boolean | null
  orphaned: boolean
  parked: number | null
  dead: number | null
}

/** What a group reads. */
export interface GroupTerms { types: string[], subject: string, ticket: string, condition: string }
/** `cursor`: everything up to it was dealt with. */
export interface Group extends GroupTerms {
  name: string
  owner: { id: number, name: string }
  cursor: string
  lag: Lag
  moved_at: string
  created_at: string
}

/** `waiting` events of the same subject stand behind it. */
export interface DeadLetter {
  id: number
  consumer: string
  subject: string
  subject_id: number
  event_id: number
  type: string
  attempts: number
  error: string
  parked_at: string
  waiting: number
}
export interface LetterFilter { consumer?: string, since?: string, until?: string }
export interface LetterRange { consumer: string | null, since: string, until: string }

const groupAt = (name: string, rest = '') => `/events/groups/${encodeURIComponent(name)}${rest}`

export const consumers = async () => (await get<{ items: Consumer[] }>('/listeners')).items
export const removeConsumer = (name: string) => remove<void>(`/listeners/${encodeURIComponent(name)}`)

export const groups = async () => (await get<{ items: Group[] }>('/events/groups')).items
/** A new one begins at `after`: "now", "" the beginning. One that is there keeps its cursor. */
export const saveGroup = (name: string, terms: GroupTerms, after?: string) => call<Group>('PUT', groupAt(name), { body: after === undefined ? terms : { ...terms, after } })
export const moveGroup = (name: string, cursor: string) => post<{ cursor: string }>(groupAt(name, '/cursor'), { cursor, force: true })
export const removeGroup = (name: string) => remove<void>(groupAt(name))
/** Where the events end now. */
export const endOfFeed = async () => (await get<{ cursor: string }>('/events', { after: 'now' })).cursor

export const deadLetters = async (filter: LetterFilter, after: string | null, limit: number): Promise<Page<DeadLetter>> => {
  const page = await get<{ items: DeadLetter[], next: number | null }>('/dead-letters', { ...filter, after, limit })
  return { items: page.items, next: page.next === null ? null : String(page.next) }
}
export const replayLetter = (id: number) => call<void>('POST', `/dead-letters/${id}/replay`, { body: {}, key: freshKey() })
export const dismissLetter = (id: number) => call<void>('POST', `/dead-letters/${id}/dismiss`, { body: {}, key: freshKey() })
/** A job does these, one letter at a time. */
export const replayLetters = (range: LetterRange) => post<{ queued: boolean }>('/dead-letters/replay', range, freshKey())
export const dismissLetters = (range: LetterRange) => post<{ queued: boolean }>('/dead-letters/dismiss', range, freshKey())
