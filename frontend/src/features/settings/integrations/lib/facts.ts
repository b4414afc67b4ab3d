/** What conditions of webhooks and interceptors may ask about, with its words; and a condition read back. */
import { onMounted, shallowRef, computed, type ComputedRef } from 'vue'
import { catalogue, departments, levels } from '@/api/reference'
import { t, te } from '@/lib/i18n'
import { parse, testsOf } from '../../policies/lib/condition'
import { ConditionError } from '../../policies/lib/cut'
import { conditionWords } from '../../policies/lib/words'
import { eventTypes, typeName } from './types'
import { verbName } from './words'

export interface Named { code: string, name: string }
export interface Fact { name: string, values: Named[] }
/** `open`: own fields of forms may be named as well, so an unknown name is no slip. */
export interface Facts {
  known: Fact[]
  examples: string[]
  open: boolean
  name: (fact: string) => string
  value: (fact: string, value: unknown) => string
}

const shownValues = 12
const states = ['draft', 'open', 'paused', 'resolved', 'closed', 'cancelled', 'force_ended']
const kinds = ['consultation', 'complaint', 'repair', 'suggestion', 'daily_service']
const channels = ['phone', 'email', 'wechat', 'web_form', 'chat', 'app', 'api']
const ofEvents = ['type', 'subject', 'kind', 'category', 'customer_level', 'channel', 'priority', 'state', 'tags', 'card', 'supervision', 'actor.kind', 'actor.via']
const ofVerbs = ['verb', 'outcome', 'kind', 'category', 'customer_level', 'contract', 'channel', 'priority', 'department', 'flow', 'tags', 'subject']

const worded = (codes: readonly string[], words: string): Named[] => codes.map((code) => ({ code, name: te(`${words}.${code}`) ? t(`${words}.${code}`) : code }))

/** Own words first, else those policies use. An event's subject is what it is about, a ticket's is its subject line. */
function factName(about: string, fact: string): string {
  const own = fact.replace('.', '_')
  const key = [`integrations.facts.${about}_${own}`, `integrations.facts.${own}`, `policies.facts.${fact}.name`].find(te)
  return key ? t(key) : fact
}

interface Tree { code: string, name: string, children?: Tree[] }
const flat = (tree: readonly Tree[]): Named[] => tree.flatMap((one) => [{ code: one.code, name: one.name }, ...flat(one.children ?? [])])
const quiet = <T>(asked: Promise<T>, otherwise: T): Promise<T> => asked.catch(() => otherwise)

/** `about`: events (of webhooks and groups) or verbs (of interceptors, with `verbs` that can be named). */
export function useFacts(about: 'events' | 'verbs', verbs: () => readonly string[] = () => []): ComputedRef<Facts> {
  const named = shallowRef<Record<string, Named[]>>({})
  onMounted(async () => {
    const [category, level, department] = await Promise.all([quiet(catalogue(), []), quiet(levels(), []), about === 'verbs' ? quiet(departments(), []) : []])
    named.value = { category: flat(category), customer_level: level, department: department.flatMap(({ code, name }) => (code ? [{ code, name }] : [])) }
  })
  const valuesOf = (fact: string): Named[] => {
    if (fact === 'type') return eventTypes.map((code) => ({ code, name: typeName(code) }))
    if (fact === 'verb') return verbs().map((code) => ({ code, name: verbName(code) }))
    if (fact === 'kind') return worded(kinds, 'tickets.kinds')
    if (fact === 'channel') return worded(channels, 'tickets.channels')
    if (fact === 'priority') return worded(['1', '2', '3', '4'], 'tickets.priorities')
    if (fact === 'state') return worded(states, 'tickets.states')
    if (fact === 'card') return worded(['yellow', 'red'], 'events.words.colour')
    if (fact === 'actor.kind') return worded(['staff', 'customer', 'system'], 'integrations.actor_kinds')
    return named.value[fact] ?? []
  }
  return computed(() => ({
    known: (about === 'events' ? ofEvents : ofVerbs).map((name) => ({ name, values: valuesOf(name).length <= shownValues ? valuesOf(name) : [] })),
    examples: about === 'events'
      ? ['kind is complaint', 'type in (TicketClosed, TicketReopened) and priority at least 3', 'customer_level is vip or card is red']
      : ['kind is complaint', 'verb is close and priority at least 3', 'customer_level is vip and not (channel is api)'],
    open: about === 'verbs',
    name: (fact) => factName(about, fact),
    value: (fact, value) => (fact === 'verb' ? verbName(String(value)) : valuesOf(fact).find((one) => one.code === String(value))?.name ?? String(value)),
  }))
}

export interface Read { words: string, wrong: string }

/** A condition in words ("" for an empty one), or what is wrong with it and where. */
export function conditionRead(text: string, facts: Pick<Facts, 'known' | 'open' | 'name' | 'value'>): Read {
  if (text.trim() === '') return { words: '', wrong: '' }
  try {
    const names = new Set(facts.known.map((one) => one.name))
    const strange = facts.open ? undefined : testsOf(parse(text)).find((test) => !names.has(test.name))
    if (strange) throw new ConditionError('unknown_name', strange.position, strange.name)
    return { words: conditionWords(text, facts.value, facts.name), wrong: '' }
  } catch (reason) {
    if (!(reason instanceof ConditionError)) throw reason
    const what = t(`policies.condition.errors.${reason.code}`)
    return { words: '', wrong: reason.word ? t('policies.condition.wrong_at', { n: reason.position + 1, word: reason.word, what }) : t('policies.condition.wrong_end', { what }) }
  }
}
