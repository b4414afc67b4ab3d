/**
 * The one way to the server: JSON in and out, cookies and CSRF for the browser, refusals as `Problem`.
 * A `Problem` carries the stable code, its parameters and a sentence in the reader's language.
 */
import { te, t } from '@/lib/i18n'
import { whenWords } from '@/lib/words'

export const base = '/api/v1'

export interface FieldProblem { field: string, code: string, detail: string, params?: Record<string, unknown> }
interface ProblemBody { status?: number, code?: string, detail?: string, field?: string, params?: Record<string, unknown>, errors?: FieldProblem[] }

/** A refusal of the server, or that it could not be reached (`offline`). */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly params: Record<string, unknown>
  readonly field: string | undefined
  readonly errors: FieldProblem[]

  constructor(status: number, body: ProblemBody) {
    const code = body.code ?? (status >= 500 ? 'server_failed' : 'refused')
    super(sentenceOf(code, body.params ?? {}, body.detail))
    this.status = status
    this.code = code
    this.params = body.params ?? {}
    this.field = body.field
    this.errors = body.errors ?? []
  }

  /** What is wrong with each field, by its code. */
  byField(): Record<string, string> {
    const found: Record<string, string> = {}
    for (const one of this.errors) found[one.field] = sentenceOf(one.code, one.params ?? {}, one.detail)
    if (this.field) found[this.field] ??= this.message
    return found
  }
}

function sentenceOf(code: string, params: Record<string, unknown>, detail: string | undefined): string {
  const key = `errors.${code}`
  if (te(key)) return t(key, readable(params))
  return detail || t('errors.refused')
}

const isTime = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)

/** Times, verbs, states and lists among the parameters, said as people say them. */
export function readable(params: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value.join(t('ui.list_comma')) : wordOf(name, value)]))
}

function wordOf(name: string, value: unknown): string {
  if (isTime(value)) return whenWords(value)
  const key = `tickets.${name}s.${String(value)}`
  return (name === 'verb' || name === 'state') && te(key) ? t(key) : String(value)
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

type Query = Record<string, string | number | boolean | null | undefined>
interface Options { query?: Query, body?: unknown, key?: string, signal?: AbortSignal, keepalive?: boolean }

let onSignedOut: () => void = () => undefined
/** Called when the server no longer knows us. */
export function whenSignedOut(run: () => void): void { onSignedOut = run }

export function urlOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return `${base}${path}${text ? `?${text}` : ''}`
}

function csrf(): string {
  return document.cookie.split('; ').find((one) => one.startsWith('gongdan_csrf='))?.slice('gongdan_csrf='.length) ?? ''
}

function headersOf(method: string, options: Options): Record<string, string> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (options.body !== undefined && !(options.body instanceof FormData)) headers['Content-Type'] = 'application/json'
  if (method !== 'GET') headers['X-CSRF-Token'] = csrf()
  if (options.key) headers['Idempotency-Key'] = options.key
  return headers
}

async function send(method: string, path: string, options: Options): Promise<Response> {
  const { body } = options
  try {
    return await fetch(urlOf(path, options.query), {
      method,
      headers: headersOf(method, options),
      credentials: 'same-origin',
      body: body === undefined ? undefined : body instanceof FormData ? body : JSON.stringify(body),
      signal: options.signal ?? null,
      keepalive: options.keepalive ?? false,
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Problem(0, { code: 'offline' })
  }
}

export async function call<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const answer = await send(method, path, options)
  const text = await answer.text()
  const body: unknown = text ? parsed(text) : null
  if (answer.ok) return body as T
  const problem = new Problem(answer.status, (body ?? {}) as ProblemBody)
  if (answer.status === 401 && path !== '/session') onSignedOut()
  throw problem
}

function parsed(text: string): unknown {
  try { return JSON.parse(text) } catch { return null }
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> => call<T>('GET', path, { query, signal })
export const post = <T>(path: string, body?: unknown, key?: string): Promise<T> => call<T>('POST', path, { body: body ?? {}, key })
export const patch = <T>(path: string, body: unknown): Promise<T> => call<T>('PATCH', path, { body })
export const remove = <T>(path: string): Promise<T> => call<T>('DELETE', path)
