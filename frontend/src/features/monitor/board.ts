/** What the board makes of its answer: who stands first, what needs a look, what adds up. Pure; times in milliseconds. */
import type { Board, BoardPerson, BoardQueue, BoardSystem, Presence } from '@/api/phone'

export const states = ['talking', 'ringing', 'ready', 'wrap_up', 'busy', 'break', 'offline'] as const
export type PersonState = (typeof states)[number]

/** What a person does now: the call says more than the presence. */
export function stateOf(person: Pick<BoardPerson, 'presence' | 'call'>): PersonState {
  if (person.call) return person.call.phase === 'ringing' ? 'ringing' : 'talking'
  return person.presence.state
}

/** Since when they do it: of the call where there is one. */
export const sinceOf = (person: Pick<BoardPerson, 'presence' | 'call'>): string | null => person.call?.since ?? person.presence.since

export interface PeopleFilter { state: PersonState | '', text: string, absent: boolean }

function matches(person: BoardPerson, text: string): boolean {
  const words = [person.staff.name, person.extension, person.department, ...person.team_names].join(' ').toLowerCase()
  return text.toLowerCase().split(/\s+/).filter(Boolean).every((word) => words.includes(word))
}

/** Those asked for, by what they do, then by name: a line moves only when what its person does changes. */
export function peopleShown(people: readonly BoardPerson[], filter: PeopleFilter): BoardPerson[] {
  const rank = (person: BoardPerson): number => states.indexOf(stateOf(person))
  return people
    .filter((one) => (filter.state ? stateOf(one) === filter.state : filter.absent || stateOf(one) !== 'offline') && matches(one, filter.text))
    .sort((a, b) => rank(a) - rank(b) || a.staff.name.localeCompare(b.staff.name, 'zh') || a.staff.id - b.staff.id)
}

export function countStates(people: readonly BoardPerson[]): Record<PersonState, number> {
  const counts = Object.fromEntries(states.map((state) => [state, 0])) as Record<PersonState, number>
  for (const one of people) counts[stateOf(one)] += 1
  return counts
}

export type Tone = 'normal' | 'soon' | 'late'

/** A wait is late past the queue's service seconds and soon in their second half. */
export function waitTone(since: string | null, serviceSeconds: number, now: number): Tone {
  if (!since) return 'normal'
  const waited = (now - Date.parse(since)) / 1000
  if (waited > serviceSeconds) return 'late'
  return waited > serviceSeconds / 2 ? 'soon' : 'normal'
}

/** The worst there is, each queue by its own seconds. */
export function worstTone(queues: readonly BoardQueue[], now: number): Tone {
  const tones = queues.map((one) => waitTone(one.longest_since, one.service_seconds, now))
  return tones.includes('late') ? 'late' : tones.includes('soon') ? 'soon' : 'normal'
}

export interface Whole { waiting: number, longest: string | null, ready: number, talking: number, offered: number, answered: number, abandoned: number, service: number | null }

/** Answered and abandoned: what a queue's service level is a share of. */
const decided = (queue: BoardQueue): number => queue.answered_today + queue.abandoned_today

/** The whole line. Its service level is what the queues' add up to, each over its own seconds. */
export function wholeOf(board: Board): Whole {
  const sum = (pick: (queue: BoardQueue) => number): number => board.queues.reduce((total, one) => total + pick(one), 0)
  const counts = countStates(board.people)
  const whole = sum(decided)
  return {
    waiting: sum((one) => one.waiting),
    longest: board.queues.reduce<string | null>((first, one) => (one.longest_since && (!first || one.longest_since < first) ? one.longest_since : first), null),
    ready: counts.ready,
    talking: Math.max(counts.talking, sum((one) => one.agents_talking)), // also at phones that are nobody's
    offered: sum((one) => one.offered_today),
    answered: sum((one) => one.answered_today),
    abandoned: sum((one) => one.abandoned_today),
    service: whole > 0 ? sum((one) => (one.service_level ?? 0) * decided(one)) / whole : null,
  }
}

/** Systems whose silence means that the board stands still. */
export const unheard = (systems: readonly BoardSystem[]): BoardSystem[] => systems.filter((one) => !['connected', 'off'].includes(one.health))

/** Those of systems in use, and others only where something waits or came today. */
export const queuesShown = (queues: readonly BoardQueue[], systems: readonly BoardSystem[]): BoardQueue[] =>
  queues.filter((one) => one.waiting > 0 || one.offered_today > 0 || systems.length === 0 || systems.some((system) => system.code === one.system))

/** Service seconds of a waiting call's queue; the product's default where the queue is not on the board. */
export const serviceSecondsOf = (queues: readonly BoardQueue[], name: string): number => queues.find((one) => one.queue === name || one.title === name)?.service_seconds ?? 20

/** A person may be set to what they are not already; after-call work ends by being set to something else. */
export const settable: Exclude<Presence, 'wrap_up'>[] = ['ready', 'busy', 'break', 'offline']

/** A share of 0..1 in whole per cent. */
export const percentOf = (level: number | null): number | null => (level === null ? null : Math.round(level * 100))
