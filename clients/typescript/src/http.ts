// Asking Gongdan over HTTP with fetch, in browsers and in Node.

export type Query = Record<string, string | number | boolean | null | undefined | ReadonlyArray<string | number>>

export interface Sent {
  query?: Query
  body?: unknown
  form?: FormData
  key?: string
  binary?: boolean
}

/** A refusal. `code` is stable; `document` is all that was said (problem+json). */
export class Problem extends Error {
  readonly code: string

  constructor(
    readonly status: number,
    readonly document: Record<string, unknown>,
  ) {
    const code = typeof document.code === 'string' ? document.code : 'failed'
    super(`${status} ${code}: ${String(document.detail ?? '')}`)
    this.code = code
  }
}

/** `address` is where Gongdan is, e.g. https://desk.example.org; `token` begins with gdt_. */
export class Transport {
  private readonly base: string

  constructor(
    address: string,
    private readonly token: string,
  ) {
    this.base = `${address.replace(/\/+$/, '')}/api/v1`
  }

  /** One request; nothing comes back as undefined. Throws Problem, and TypeError when nobody answers. */
  async call<T>(method: string, place: string, sent: Sent = {}): Promise<T> {
    const headers: Record<string, string> = {}
    if (sent.key) headers['Idempotency-Key'] = sent.key
    let content: BodyInit | undefined = sent.form
    if (sent.body !== undefined) {
      headers['Content-Type'] = 'application/json'
      content = JSON.stringify(sent.body)
    }
    const answer = await this.open(method, place, sent.query ?? {}, headers, { body: content })
    if (sent.binary) return (await answer.blob()) as T
    const text = await answer.text()
    return (text ? JSON.parse(text) : undefined) as T
  }

  /** The answer, to be read by the caller. A redirection to another origin does not get the token. */
  async open(
    method: string,
    place: string,
    query: Query,
    headers: Record<string, string> = {},
    more: { body?: BodyInit; signal?: AbortSignal } = {},
  ): Promise<Response> {
    const all = { ...headers, Authorization: `Bearer ${this.token}` }
    const answer = await fetch(`${this.base}${place}${text(query)}`, { method, headers: all, ...more })
    if (!answer.ok) throw new Problem(answer.status, await documentOf(answer))
    return answer
  }
}

/** "/tickets/{number}" with its values, each safe in an address. */
export function path(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])))
}

function text(query: Query): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined) continue
    const many: ReadonlyArray<unknown> = Array.isArray(value) ? value : [value]
    for (const one of many) given.append(name, String(one))
  }
  const written = given.toString()
  return written && `?${written}`
}

async function documentOf(answer: Response): Promise<Record<string, unknown>> {
  const said: unknown = await answer.json().catch(() => null)
  return said !== null && typeof said === 'object' ? (said as Record<string, unknown>) : { detail: answer.statusText }
}
