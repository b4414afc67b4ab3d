// Reading the event feed: every event one may see, in order, none skipped, going on by itself after any break.
//
// An event may come twice (when the reader stopped before its place was kept), always with the same `id`: do what you
// do once per id.

import { path, Problem, type Query, type Transport } from './http.js'

const SLOWEST = 30_000 // milliseconds between two tries
const KEEP = 1_000 // milliseconds between two commits to a group

/** One event; `cursor` is the place right after it. */
export interface FeedEvent {
  cursor: string
  id: number
  type: string
  version: number
  subject: string
  subject_id: number
  ticket: string | null
  seq: number
  actor: Record<string, unknown>
  at: string
  data: Record<string, unknown>
}

/** `group` is a consumer group that keeps the place (made before, with PUT /events/groups/{name}); otherwise begin at
 *  `after` ("" the beginning, "now" the end) and keep the place in `save`, which is called with a cursor after your
 *  loop has dealt with everything up to it. `stream` false asks by long polls, for proxies that cannot stream. */
export interface Reading {
  group?: string
  after?: string
  save?: (cursor: string) => void | Promise<void>
  types?: readonly string[]
  subject?: string
  ticket?: string
  condition?: string
  stream?: boolean
  heartbeat?: number
  signal?: AbortSignal
}

interface Block {
  place: string
  event: FeedEvent | null
}

/** Iterate over it with `for await`; the loop ends when the signal is aborted. */
export class FeedReader {
  private after: string | undefined
  private kept: string | undefined
  private committed: string | undefined
  private committedAt = 0
  private readonly heartbeat: number
  private broken: unknown

  constructor(
    private readonly client: Transport,
    private readonly asked: Reading = {},
  ) {
    this.after = asked.after
    this.heartbeat = asked.heartbeat ?? 15
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<FeedEvent, void, undefined> {
    let failures = 0
    try {
      while (!this.asked.signal?.aborted) {
        const before = this.after
        const begun = Date.now()
        try {
          yield* this.asked.stream === false ? this.polled() : this.streamed()
        } catch (error) {
          if (this.broken || !passes(error)) throw error
        }
        const wentWell = this.after !== before || Date.now() - begun > this.heartbeat * 500
        failures = wentWell ? 0 : failures + 1
        if (failures) await this.pause(Math.min(SLOWEST, 500 * 2 ** Math.min(failures, 8)) * (0.5 + Math.random() / 2))
      }
    } finally {
      if (!this.broken) await this.keep(true).catch(() => undefined) // it is read again then
    }
  }

  /** One long poll. */
  private async *polled(): AsyncGenerator<FeedEvent> {
    const limit = this.limit()
    try {
      const answer = await this.open({ wait: this.heartbeat }, {}, limit.signal)
      const page = (await answer.json()) as { events: FeedEvent[]; cursor: string }
      for (const event of page.events) {
        yield event
        await this.reached(event.cursor, false)
      }
      await this.reached(page.cursor, true)
    } finally {
      limit.end()
    }
  }

  /** One connection's events. */
  private async *streamed(): AsyncGenerator<FeedEvent> {
    const limit = this.limit()
    try {
      const headers = { Accept: 'text/event-stream' }
      const answer = await this.open({ heartbeat: this.heartbeat }, headers, limit.signal)
      for await (const block of blocks(answer, limit.again)) {
        if (block.event) yield block.event
        await this.reached(block.place, !block.event)
        if (this.asked.signal?.aborted) return
      }
    } finally {
      limit.end()
    }
  }

  private open(more: Query, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
    const { group, types, subject, ticket, condition } = this.asked
    const query = { group, after: this.after, type: types, subject, ticket, condition, ...more }
    return this.client.open('GET', '/events', query, headers, { signal })
  }

  /** A signal for one request: aborted by the caller, or when nothing came for three heartbeats. */
  private limit(): { signal: AbortSignal; again: () => void; end: () => void } {
    const controller = new AbortController()
    const abort = (): void => controller.abort()
    const wait = this.heartbeat * 3_000 + 5_000
    let timer = setTimeout(abort, wait)
    this.asked.signal?.addEventListener('abort', abort)
    if (this.asked.signal?.aborted) abort()
    const again = (): void => {
      clearTimeout(timer)
      timer = setTimeout(abort, wait)
    }
    const end = (): void => {
      clearTimeout(timer)
      this.asked.signal?.removeEventListener('abort', abort)
      abort() // lets go of a connection that is not read to its end
    }
    return { signal: controller.signal, again, end }
  }

  /** Everything up to the cursor was dealt with. */
  private async reached(cursor: string, idle: boolean): Promise<void> {
    this.after = cursor
    await this.keep(idle)
  }

  private async keep(now: boolean): Promise<void> {
    const cursor = this.after
    if (!cursor || cursor === 'now') return
    if (this.asked.save && cursor !== this.kept) {
      try {
        await this.asked.save(cursor)
      } catch (error) {
        this.broken = error // not a broken line: trying again would not help
        throw error
      }
      this.kept = cursor
    }
    const late = now || Date.now() - this.committedAt >= KEEP
    if (this.asked.group && cursor !== this.committed && late) {
      await this.commit(this.asked.group, cursor)
      this.committed = cursor
      this.committedAt = Date.now()
    }
  }

  private async commit(group: string, cursor: string): Promise<void> {
    try {
      await this.client.call('POST', path('/events/groups/{name}/cursor', { name: group }), { body: { cursor } })
    } catch (error) {
      // Another reader of the group may be further.
      if (!(error instanceof Problem && error.code === 'cursor_backwards')) throw error
    }
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, milliseconds)
      const signal = this.asked.signal
      function done(): void {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      if (signal?.aborted) done()
      signal?.addEventListener('abort', done)
    })
  }
}

/** The blocks of an event stream that have a place; no event in a heartbeat. */
async function* blocks(answer: Response, heard: () => void): AsyncGenerator<Block> {
  if (!answer.body) return
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    heard()
    const parts = (rest + value).split('\n\n')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      const lines = part.split('\n')
      const field = (name: string): string | undefined =>
        lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
      const data = field('data')
      const place = field('id')
      if (place) yield { place, event: data === undefined ? null : (JSON.parse(data) as FeedEvent) }
    }
  }
}

/** Whether trying again may help: a broken line, overload, a ticket for the live process that has expired. */
function passes(error: unknown): boolean {
  if (!(error instanceof Problem)) return true
  return [429, 500, 502, 503, 504].includes(error.status) || (error.status === 401 && error.code === 'failed')
}
