/** What a policy may name, with its words: calendars, flows and their nodes, roles, and the values of conditions. */
import { inject, onMounted, provide, ref, shallowRef, type InjectionKey, type Ref } from 'vue'
import { calendarChoices, type CalendarChoice } from '@/api/policies'
import { catalogue, departments, levels } from '@/api/reference'
import { can } from '@/api/session'
import { localized, t, te } from '@/lib/i18n'
import { roles } from '../../data'
import { flow, flows, type DrawnNode, type FlowLine } from '../../flows/data'
import type { FactWords, NodeWords } from './words'

export interface Named { code: string, name: string }
export interface Known extends FactWords {
  calendars: Ref<CalendarChoice[]>
  /** The list of calendars could not be read. */
  calendarsUnread: Ref<boolean>
  flows: Ref<FlowLine[]>
  roles: Ref<Named[]>
  /** Nodes of a flow at which people work; null until they are read. */
  nodesOf: (flow: string) => DrawnNode[] | null
  /** The nodes of a flow could not be read. */
  nodesUnread: (flow: string) => boolean
  askNodes: (flow: string) => Promise<void>
  node: NodeWords
  /** A node's title by its code alone, among the flows whose nodes were read. */
  titleOf: (node: string) => string
  flowName: (code: string) => string
  /** Values a fact may have, for those that have few. */
  valuesOf: (fact: string) => Named[]
}

const peopled = new Set(['task', 'approval', 'countersign', 'callback'])
const kinds = ['consultation', 'complaint', 'repair', 'suggestion', 'daily_service']
const channels = ['phone', 'email', 'wechat', 'web_form', 'chat', 'app', 'api']
const priorities = ['1', '2', '3', '4']

const quiet = <T>(asked: Promise<T>, otherwise: T): Promise<T> => asked.catch(() => otherwise)
const fromWords = (codes: string[], words: string): Named[] => codes.map((code) => ({ code, name: te(`tickets.${words}.${code}`) ? t(`tickets.${words}.${code}`) : code }))

interface CategoryLike { code: string, name: string, children?: CategoryLike[] }
const flat = (tree: readonly CategoryLike[]): Named[] => tree.flatMap((one) => [{ code: one.code, name: one.name }, ...flat(one.children ?? [])])

export function useKnown(): Known {
  const calendars = ref<CalendarChoice[]>([])
  const calendarsUnread = ref(false)
  const allFlows = ref<FlowLine[]>([])
  const allRoles = ref<Named[]>([])
  const named = shallowRef<Record<string, Named[]>>({})
  const unread = ref<string[]>([])
  const nodes = ref<Record<string, DrawnNode[] | null>>({})

  const flowName = (code: string): string => localized(allFlows.value.find((one) => one.code === code)?.title) || code
  const valuesOf = (fact: string): Named[] => {
    if (fact === 'kind') return fromWords(kinds, 'kinds')
    if (fact === 'channel') return fromWords(channels, 'channels')
    if (fact === 'priority') return fromWords(priorities, 'priorities')
    if (fact === 'flow') return allFlows.value.map((one) => ({ code: one.code, name: flowName(one.code) }))
    return named.value[fact] ?? []
  }
  async function askNodes(code: string): Promise<void> {
    if (!code || code in nodes.value) return
    nodes.value = { ...nodes.value, [code]: null }
    const found = await quiet(flow(code), null)
    if (!found?.strip) unread.value = [...unread.value, code]
    else nodes.value = { ...nodes.value, [code]: found.strip.nodes.filter((one) => peopled.has(one.kind)) }
  }
  const nodesOf = (code: string): DrawnNode[] | null => nodes.value[code] ?? null

  onMounted(async () => {
    await Promise.all([
      calendarChoices().then((found) => { calendars.value = found }).catch(() => { calendarsUnread.value = true }),
      quiet(flows(), []).then((found) => { allFlows.value = found }),
      can('admin.organisation') ? quiet(roles(), []).then((found) => { allRoles.value = found }) : undefined,
      Promise.all([quiet(catalogue(), []), quiet(departments(), []), quiet(levels(), [])]).then(([category, department, level]) => {
        named.value = { category: flat(category), department: department.flatMap(({ code, name }) => (code ? [{ code, name }] : [])), customer_level: level }
      }),
    ])
  })

  return {
    calendars, calendarsUnread, flows: allFlows, roles: allRoles, nodesOf, nodesUnread: (code) => unread.value.includes(code), askNodes, flowName, valuesOf,
    node: (flowCode, code) => `${flowName(flowCode)} · ${localized(nodesOf(flowCode)?.find((one) => one.code === code)?.title) || code}`,
    titleOf: (code) => localized(Object.values(nodes.value).flatMap((some) => some ?? []).find((one) => one.code === code)?.title) || code,
    value: (fact, value) => valuesOf(fact).find((one) => one.code === String(value))?.name ?? String(value),
    role: (code) => allRoles.value.find((one) => one.code === code)?.name ?? code,
    calendar: (code) => (code === '' ? t('policies.editor.calendar_own') : localized(calendars.value.find((one) => one.code === code)?.names) || code),
  }
}

const key: InjectionKey<Known> = Symbol('known')

export function provideKnown(): Known {
  const known = useKnown()
  provide(key, known)
  return known
}
export function injectKnown(): Known {
  const known = inject(key)
  if (!known) throw new Error('provideKnown() is called above')
  return known
}
