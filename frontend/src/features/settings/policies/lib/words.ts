/** Policies in the reader's words: 48 小时, 限前 2 小时, 通知负责人、催办. */
import type { Do, Lead, LeadUnit, Limit, Rung, Terms } from '@/api/policies'
import { t, te } from '@/lib/i18n'
import type { Fact, Part } from './diff'
import { parse, type Condition, type Value } from './condition'
import { single } from './terms'

/** What a fact's value is called, such as complaint 投诉; the value itself when nobody knows. */
export type ValueWords = (fact: string, value: Value) => string
/** What a node of a flow is called. */
export type NodeWords = (flow: string, node: string) => string
export type RoleWords = (code: string) => string

const listed = (words: string[]): string => words.join(t('ui.list_comma'))

export const spanOf = (amount: number, unit: LeadUnit, working: boolean): string =>
  t(unit === 'percent' ? 'policies.span.percent' : `policies.span.${working ? 'working' : 'plain'}.${unit}`, { n: amount })

export const limitWords = (limit: Pick<Limit, 'amount' | 'unit' | 'working'>): string => spanOf(limit.amount, limit.unit, limit.working)
export const leadWords = (lead: Lead, working: boolean): string => t('policies.before', { span: spanOf(lead.amount, lead.unit, working) })

export function whenWords(rung: Pick<Rung, 'when' | 'amount' | 'unit'>, working: boolean): string {
  return rung.when === 'at' ? t('policies.at_limit') : t(`policies.${rung.when}`, { span: spanOf(rung.amount, rung.unit, working) })
}

export function whomWords(whom: string | null, role: RoleWords): string {
  if (!whom) return ''
  return whom.startsWith('role:') ? role(whom.slice(5)) : t(`policies.whom.${whom}`)
}
export const doWords = (one: Do, role: RoleWords): string => (one.what === 'notify' ? t('policies.notify', { whom: whomWords(one.whom, role) }) : t(`policies.deeds.${one.what}`))
export const rungWords = (rung: Rung, working: boolean, role: RoleWords): string =>
  t('policies.step_words', { when: whenWords(rung, working), what: listed(rung.do.map((one) => doWords(one, role))) })

/** Minutes from the start as two units at most; `day` is how many minutes a day of this limit has. */
export function minutesWords(minutes: number, day: number, working: boolean): string {
  const whole = Math.max(0, Math.round(minutes))
  const days = Math.floor(whole / day)
  const rest = days > 0 ? whole - days * day : whole
  const parts = [['days', days], ['hours', Math.floor(rest / 60)], ['minutes', rest % 60]] as const
  const said = parts.filter(([, n]) => n > 0).slice(0, 2).map(([unit, n]) => spanOf(n, unit, working && unit === 'days'))
  return said.join(t('time.between')) || spanOf(0, 'minutes', false)
}

/** Counted seconds as hours and minutes; days are left out, because a working day is as long as its calendar says. */
export function countedWords(seconds: number | null): string {
  return seconds === null ? t('policies.publish.none') : minutesWords(seconds / 60, Infinity, false)
}

export interface Glance { name: string, words: string }

/** The limits of a policy, at a glance: 全程 48 小时 · 首次响应 30 分钟. */
export function glanceOf(terms: Terms): Glance[] {
  const found = single.flatMap((name) => (terms[name] ? [{ name: t(`policies.parts.${name}`), words: limitWords(terms[name]) }] : []))
  return terms.nodes.length ? [...found, { name: t('policies.parts.nodes'), words: t('policies.n_nodes', { n: terms.nodes.length }) }] : found
}

export const factName = (name: string): string => (te(`policies.facts.${name}.name`) ? t(`policies.facts.${name}.name`) : name)

/** A condition in words; the text itself where it cannot be read. `name` where other facts are asked about than a policy's. */
export function conditionWords(text: string, value: ValueWords, name: (fact: string) => string = factName): string {
  if (text.trim() === '') return t('policies.always')
  try {
    return sayCondition(parse(text), { value, name })
  } catch { return text }
}

interface Sayings { value: ValueWords, name: (fact: string) => string }

function sayCondition(condition: Condition, words: Sayings, inside: '' | 'and' | 'or' | 'not' = ''): string {
  if (condition.kind === 'test') return sayTest(condition, words, false)
  if (condition.kind === 'not') return condition.part.kind === 'test' ? sayTest(condition.part, words, true) : t('policies.condition.not', { part: sayCondition(condition.part, words, 'not') })
  const said = condition.parts.map((part) => sayCondition(part, words, condition.kind)).join(t(`policies.condition.${condition.kind}`))
  return (inside === 'and' && condition.kind === 'or') || inside === 'not' ? t('policies.condition.bracket', { part: said }) : said
}

function sayTest(test: Extract<Condition, { kind: 'test' }>, sayings: Sayings, not: boolean): string {
  const values = test.values.map((one) => sayings.value(test.name, one))
  const words = { name: sayings.name(test.name), value: test.op === 'in' ? listed(values) : values[0] ?? '', high: values[1] ?? '' }
  return t(`policies.condition.${not ? 'isnt' : 'is'}.${test.op}`, words)
}

export function partWords(part: Part, node: NodeWords): string {
  return part.name === 'node' ? t('policies.node_of', { node: node(part.flow ?? '', part.node ?? '') }) : t(`policies.parts.${part.name}`)
}

export interface FactWords { value: ValueWords, role: RoleWords, calendar: (code: string) => string }

/** `working` is that of the limit a lead or a step belongs to. */
export function factWords(fact: Fact, words: FactWords, working = false): string {
  switch (fact.about) {
    case 'when': return conditionWords(fact.value, words.value)
    case 'calendar': return words.calendar(fact.value)
    case 'limit': return limitWords(fact.value)
    case 'until': return t(`policies.until.${fact.value}`)
    case 'pauses': return fact.value.length ? t('policies.pauses_for', { what: listed(fact.value.map((one) => t(`policies.pauses.${one}`))) }) : t('policies.pauses_never')
    case 'yellow': return t('policies.yellow_words', { when: leadWords(fact.value, working) })
    case 'rung': return rungWords(fact.value, working, words.role)
    case 'extension': return t('policies.extension.words', { most: fact.value.most, span: spanOf(fact.value.longest_amount, fact.value.longest_unit, fact.value.working), who: t(`policies.extension.deciders.${fact.value.decided_by}`) })
  }
}
