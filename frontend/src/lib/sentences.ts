/**
 * What happened, as a sentence of the reader's language. The server gives a code and parameters; the locale file `events`
 * has one sentence per code. An unknown code is shown as it is, never hidden.
 */
import { failureWords } from './failures'
import { localized, t, te } from './i18n'
import { whenWords } from './words'

export interface Said { code: string, params: Record<string, unknown> }
/** Titles known where the sentence is shown; a node or outcome without one is left out of the sentence. */
export interface Titles { nodes?: Record<string, string>, outcomes?: Record<string, string> }

const isTime = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)

/** One parameter, readable: names of things, times as people say them, lists joined. */
export function paramWords(name: string, value: unknown, titles: Titles = {}): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map((one) => paramWords(name, one, titles)).join(t('ui.list_comma'))
  if (isTime(value)) return whenWords(value)
  if (typeof value === 'object') return objectWords(value as Record<string, unknown>)
  if (name === 'node') return titles.nodes?.[String(value)] ?? ''
  if (name === 'verb') return verbWords(String(value))
  if (name === 'outcome' && titles.outcomes?.[String(value)]) return titles.outcomes[String(value)]!
  const word = `events.words.${name}.${String(value)}`
  if (te(word)) return t(word)
  return name === 'outcome' ? '' : String(value)
}

function objectWords(value: Record<string, unknown>): string {
  if (typeof value.what === 'string') return deedWords(value.what, value)
  if (typeof value.decision === 'string') return decisionWords(value.decision, value)
  if (typeof value.name === 'string') return value.name
  if (value.title !== undefined) return localized(value.title as Record<string, string>)
  return localized(value as Record<string, string>)
}

/** One thing an escalation did, with whom it told. */
function deedWords(what: string, deed: Record<string, unknown>): string {
  const names = Array.isArray(deed.names) ? deed.names.filter((one) => typeof one === 'string' && one !== '') : []
  const whom = te(`clocks.whom.${String(deed.whom)}`) ? t(`clocks.whom.${String(deed.whom)}`) : ''
  const key = `clocks.deeds.${what}`
  return te(key) ? t(key, { whom: names.length ? ` ${names.join(t('ui.list_comma'))}` : whom }).replace(/ +/g, ' ').trim() : what
}

/** What an interceptor decided; a refusal without words of its own ends after who refused. */
function decisionWords(decision: string, said: Record<string, unknown>): string {
  const key = `events.decisions.${decision}`
  const sentence = String(said.sentence ?? '')
  const changed = Array.isArray(said.changed) ? said.changed.map((name) => argumentWords(String(name))).join(t('ui.list_comma')) : ''
  const words = { interceptor: String(said.interceptor ?? ''), sentence: decision === 'failed' ? failureWords(sentence) : sentence, changed }
  return te(key) ? t(key, words).replace(/[：:] ?$/, '').replace(/ ?[（(][）)]$/, '') : decision
}

/** What a verb's argument is called; own fields of forms by their code. */
function argumentWords(name: string): string {
  const key = `integrations.arguments.${name}`
  return te(key) ? t(key) : name.replace(/^fields\./, '')
}

function verbWords(verb: string): string {
  const key = [`tickets.verbs.${verb}`, `integrations.verbs.${verb}`].find(te)
  return key ? t(key) : verb
}

/** The person, else the queue, that a work item in an event went to. */
export function holderOf(item: Record<string, unknown>): string {
  const queue = [item.team ?? item.department, item.role].filter((one) => typeof one === 'string' && one !== '')
  return String(item.handler ?? queue.join(' · '))
}

interface Item extends Record<string, unknown> { node?: string }
const itemsOf = (value: unknown): Item[] => (Array.isArray(value) ? value.filter((one): one is Item => typeof one === 'object' && one !== null) : [])

function paramsOf(said: Said, titles: Titles): Record<string, string> {
  const { entered, left, ...plain } = said.params ?? {}
  const words = Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, paramWords(name, value, titles)]))
  const to = itemsOf(entered)
  words.to = holderOf(said.params) || to.map(holderOf).filter(Boolean).join(t('ui.list_comma'))
  words.places = placeWords(to, titles)
  words.from = placeWords(itemsOf(left), titles)
  return words
}

const placeWords = (items: Item[], titles: Titles): string => [...new Set(items.map((one) => titles.nodes?.[one.node ?? ''] ?? ''))].filter(Boolean).join(t('ui.list_comma'))

/** Tails follow a sentence when their parameter is there, in this order: where it went, who is liable, what was done. */
const tails = ['outcome', 'places', 'score', 'times', 'node', 'to', 'did', 'clock', 'waiting_for']

export function sentenceWords(said: Said | null | undefined, titles: Titles = {}): string {
  if (!said) return ''
  const params = paramsOf(said, titles)
  const key = `events.${said.code}`
  if (!te(key)) return said.code
  const extra = tails.filter((name) => params[name] && te(`events.tails.${said.code}.${name}`)).map((name) => t(`events.tails.${said.code}.${name}`, params))
  const bare = `events.bare.${said.code}`
  const base = !params.node && te(bare) ? bare : key
  return [t(base, params).trim(), ...extra].join('')
}

/** The words somebody wrote on this occasion: the reason, the result, the note. */
export function quotedOf(said: Said): string {
  const { reason, result, excerpt, question, note } = said.params ?? {}
  const own = said.code === 'CustomerCalledBack' ? undefined : result
  return [excerpt, own, question, note, reason].filter((one): one is string => typeof one === 'string' && one !== '').join('\n')
}

/** Who did it; what happened by itself was the system. */
export function whoDid(actor: unknown): string {
  const name = typeof actor === 'string' ? actor : (actor as { name?: unknown } | null)?.name
  return typeof name === 'string' && name !== '' && name !== 'system' ? name : t('events.system')
}
