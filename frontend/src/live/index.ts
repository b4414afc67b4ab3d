/**
 * What changed, told by the server: an event stream with a cursor to resume from. After sleep or a lost line the stream
 * goes on from the last cursor, so nothing is missed; pages ask for their own data again, gathered so as not to flicker.
 */
import { onMounted, onUnmounted, readonly, ref } from 'vue'
import { get } from '@/api/http'

export interface Change { type: string, ids: (string | number)[], changed: string[], cursor: string }
type Heard = (changes: Change[]) => void

const heard = new Set<Heard>()
/** The telephone's bell has no cursor and is not gathered: a ringing phone waits for nothing. */
const phone = new Set<() => void>()
const state = ref<'off' | 'connecting' | 'live' | 'lost'>('off')
export const liveState = readonly(state)

let source: EventSource | null = null
let cursor: string | null = null
let wait = 1_000
let timer: ReturnType<typeof setTimeout> | undefined
let gathered: Change[] = []
let flush: ReturnType<typeof setTimeout> | undefined
let started = false

/** 1 s, doubling to 30 s, with up to a third added so that a whole floor does not return at once. */
export function nextWait(before: number, chance: number): number {
  return Math.min(30_000, before * 2) * (1 + chance / 3)
}

function gather(change: Change): void {
  gathered.push(change)
  flush ??= setTimeout(() => {
    const changes = gathered
    gathered = []
    flush = undefined
    for (const hear of heard) hear(changes)
  }, 250)
}

function read(event: MessageEvent<string>): void {
  try {
    const change = JSON.parse(event.data) as Partial<Change>
    cursor = change.cursor ?? (event.lastEventId || cursor)
    if (change.type === 'PhoneChanged') { for (const hear of phone) hear() } else if (change.type) gather({ type: change.type, ids: change.ids ?? [], changed: change.changed ?? [], cursor: cursor ?? '' })
  } catch { /* a comment or a keep-alive */ }
}

async function connect(): Promise<void> {
  state.value = 'connecting'
  try {
    const { url, ticket } = await get<{ url: string, ticket: string }>('/live/ticket')
    if (!started) return
    const target = new URL(url, location.href)
    target.searchParams.set('ticket', ticket)
    if (cursor) target.searchParams.set('after', cursor)
    source = new EventSource(target)
    // What the bell said while nobody listened is lost: look anew.
    source.onopen = () => { state.value = 'live'; wait = 1_000; for (const hear of phone) hear() }
    source.onmessage = read
    source.addEventListener('change', read as (event: Event) => void)
    source.onerror = () => { source?.close(); again() }
  } catch { again() }
}

function again(): void {
  source = null
  if (!started) return
  state.value = 'lost'
  clearTimeout(timer)
  timer = setTimeout(() => { void connect() }, wait)
  wait = nextWait(wait, Math.random())
}

function wake(): void {
  if (document.hidden || !started || state.value !== 'lost') return
  clearTimeout(timer)
  wait = 1_000
  void connect()
}

export function startLive(): void {
  if (started) return
  started = true
  document.addEventListener('visibilitychange', wake)
  window.addEventListener('online', wake)
  void connect()
}

export function stopLive(): void {
  started = false
  clearTimeout(timer)
  source?.close()
  source = null
  cursor = null
  state.value = 'off'
}

/** Run something when the server says that something changed, while the page is shown. */
export function useLive(hear: Heard): void {
  onMounted(() => { heard.add(hear) })
  onUnmounted(() => { heard.delete(hear) })
}

/** Run something the moment the telephone's bell rings, and whenever the line to the server is there again. Answers how to stop. */
export function onPhoneBell(hear: () => void): () => void {
  phone.add(hear)
  return () => { phone.delete(hear) }
}

/** Does any of the changes concern this ticket? */
export const concerns = (changes: readonly Change[], number: string): boolean => changes.some((change) => change.ids.includes(number))
