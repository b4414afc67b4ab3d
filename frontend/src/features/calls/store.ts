/**
 * One's own telephone, the same on every page: presence, live calls, their pops, what failed. Asked for anew when the bell rings, when
 * the line to the server is back, and now and then so that the server knows the page is there.
 */
import { computed, readonly, ref, shallowReactive, shallowRef } from 'vue'
import { messageOf } from '@/api/http'
import { identify, lengthenWrapUp, readMe, readPop, setPresence, signInTo, signOutOf, type LiveCall, type PhoneMe, type Pop } from '@/api/phone'
import { can } from '@/api/session'
import { t } from '@/lib/i18n'
import { isTyping } from '@/lib/shortcuts'
import { onPhoneBell } from '@/live'
import type { DialAbout } from '@/ui'
import { noPop, popAfter, type PopPlace } from './lib/choices'
import { faultText } from './lib/faults'
import { diallable, heldFirst, verbsOf, type CallVerb } from './lib/control'
import { softphone } from './softphone/softphone'
import { addVoice, CommandFault, voiceFor, type Voice } from './voice'

addVoice('softphone', softphone)
const lookEvery = 30_000

const current = shallowRef<PhoneMe | null>(null)
const place = shallowRef<PopPlace>(noPop)
/** Pops by call; kept through wrap-up. */
const pops = shallowReactive(new Map<number, Pop>())
const popFaults = shallowReactive(new Map<number, string>())
const pending = shallowReactive(new Map<number, CallVerb>())
const faults = shallowReactive(new Map<number, string>())
const said = ref('')
const unreachable = ref(false)
/** The call whose disposition is being written; null: none asked for. */
const disposing = ref<number | null>(null)
/** The category a ticket of this call got: what the call was about, most likely. */
const categories = shallowReactive(new Map<number, string>())

export const me = readonly(current) as Readonly<typeof current>
export const phone = { place: readonly(place), pops, popFaults, pending, faults, said: readonly(said), unreachable: readonly(unreachable), disposing, categories }

export const voice = computed<Voice | null>(() => (current.value?.presence.extension ? voiceFor(current.value.presence.extension.kind) : null))
export const calls = computed<LiveCall[]>(() => (current.value?.calls ?? []).map((call) => voice.value?.adjust?.(call) ?? call))
export const callOf = (id: number | null): LiveCall | null => calls.value.find((one) => one.id === id) ?? null
export const canDo = (verb: CallVerb | 'dial'): boolean => Boolean(current.value && voice.value?.can(verb, current.value))
export const verbs = (call: LiveCall): CallVerb[] => verbsOf(call, canDo)
/** What is owed before one is ready again: the last call's disposition. */
export const owed = computed(() => {
  const after = current.value?.wrap_up
  return after && !after.disposed ? after.call_id : null
})

let speaking: Voice | null = null

function take(now: PhoneMe): void {
  current.value = now
  if (speaking !== voice.value) speaking?.stop()
  speaking = voice.value
  void speaking?.start(now).catch(failed)
  unreachable.value = false
  place.value = popAfter(place.value, now, isTyping(document.activeElement))
  const known = new Set([...now.calls.map((one) => one.id), now.wrap_up?.call_id])
  for (const id of [...pops.keys()]) if (!known.has(id) && place.value.shown !== id) pops.delete(id)
  for (const id of [...pending.keys()]) if (!known.has(id)) pending.delete(id)
  for (const call of now.calls) if (call.mine === 'ringing' ? !pops.has(call.id) : isStale(call)) void loadPop(call.id)
}

/** Somebody, here or elsewhere, said who it is after the pop was read. */
const isStale = (call: LiveCall): boolean => pops.has(call.id) && pops.get(call.id)!.customer?.id !== call.customer?.id

export async function loadPop(call: number): Promise<void> {
  try {
    pops.set(call, await readPop(call))
    popFaults.delete(call)
  } catch (problem) { popFaults.set(call, messageOf(problem)) }
}

let asking = false
let again = false

/** Never two questions at once; what happens meanwhile is asked for once more. */
export async function refresh(): Promise<void> {
  if (asking) { again = true; return }
  asking = true
  try { take(await readMe()) } catch { unreachable.value = current.value !== null } finally { asking = false }
  if (!again) return
  again = false
  await refresh()
}

let stop: (() => void) | null = null

/** Called when somebody is signed in who takes calls. */
export function startPhone(): void {
  if (stop || !can('call.take')) return
  const silence = onPhoneBell(() => { void refresh() })
  const timer = setInterval(() => { void refresh() }, lookEvery)
  stop = () => { silence(); clearInterval(timer) }
  void refresh()
}

export function stopPhone(): void {
  stop?.()
  stop = null
  speaking?.stop()
  speaking = null
  current.value = null
  place.value = noPop
  for (const kept of [pops, popFaults, pending, faults, categories]) kept.clear()
  said.value = ''
  disposing.value = null
}

const failed = (problem: unknown): void => { said.value = messageOf(problem) }
export const heard = (): void => { said.value = '' }

async function change(ask: () => Promise<PhoneMe>): Promise<boolean> {
  said.value = ''
  try { take(await ask()); return true } catch (problem) { failed(problem); void refresh(); return false }
}

export const signIn = (extension: number): Promise<boolean> => change(() => signInTo(extension))
export const signOut = (): Promise<boolean> => change(signOutOf)
export const present = (state: 'ready' | 'busy' | 'break', reason = ''): Promise<boolean> => change(() => setPresence(state, reason))
export const longer = (seconds: number): Promise<boolean> => change(() => lengthenWrapUp(seconds))

/** Wrap-up ends with ready; what is owed is asked for first. */
export async function endWrapUp(): Promise<boolean> {
  if (owed.value !== null && current.value?.settings.disposition_required) { disposing.value = owed.value; return false }
  return present('ready')
}

export function faultWords(verb: string, problem: unknown): string {
  if (!(problem instanceof CommandFault)) return messageOf(problem)
  const what = t(`calls.verbs.${verb}`)
  return problem.late ? t('calls.late', { verb: what }) : t('calls.failed', { verb: what, why: faultText(problem.message) })
}

const deeds: Record<CallVerb, (voice: Voice, call: LiveCall, to: string, mode: 'blind' | 'attended') => Promise<void>> = {
  answer: (by, call) => by.answer(call),
  hang_up: (by, call) => by.hangUp(call),
  hold: (by, call) => by.hold(call),
  resume: (by, call) => by.resume(call),
  mute: (by) => by.mute(!by.muted.value),
  transfer: (by, call, to, mode) => by.transfer(call, to, mode),
  complete_transfer: (by, call) => by.completeTransfer(call),
  cancel_transfer: (by, call) => by.cancelTransfer(call),
  conference: (by, call, to) => by.conference(call, to),
  dtmf: (by, call, to) => by.dtmf(call, to),
}

/** Does something with a call; a failure is kept with the call, in words. Answers whether it was done. */
export async function command(call: LiveCall, verb: CallVerb, to = '', mode: 'blind' | 'attended' = 'blind'): Promise<boolean> {
  const by = voice.value
  if (!by || pending.has(call.id)) return false
  pending.set(call.id, verb)
  faults.delete(call.id)
  try {
    if (verb === 'answer' || verb === 'resume') for (const other of heldFirst(calls.value, call, canDo)) await by.hold(other)
    await deeds[verb](by, call, to, mode)
    return true
  } catch (problem) { faults.set(call.id, faultWords(verb, problem)); return false } finally {
    pending.delete(call.id)
    void refresh()
  }
}

export const dialling = ref('')

/** Dials a number or an extension. A callback task knows its own number. */
export async function dialNumber(text: string, about: DialAbout = {}): Promise<boolean> {
  const by = voice.value
  const number = diallable(text)
  if (!by || dialling.value) return false
  if (!number && !about.task && !about.call && !about.contact) { said.value = t('calls.not_a_number'); return false }
  dialling.value = text
  said.value = ''
  try {
    const more = { ...(about.customer ? { customer_id: about.customer } : {}), ...(about.contact ? { contact_id: about.contact } : {}), ...(about.call ? { call_id: about.call } : {}), ...(about.ticket ? { ticket: about.ticket } : {}), ...(about.task ? { callback_task_id: about.task } : {}) }
    await by.dial({ number, ...more })
    return true
  } catch (problem) { said.value = faultWords('dial', problem); return false } finally {
    dialling.value = ''
    void refresh()
  }
}

export function showPop(call: number): void {
  if (!pops.has(call)) void loadPop(call)
  place.value = { ...place.value, shown: call, docked: false }
}
export function dockPop(): void { place.value = { ...place.value, docked: true } }
export function asidePop(): void { place.value = { ...place.value, shown: null, docked: false } }

/** Says who it is (null: none of them). The pop is then of that customer. */
export async function sayWho(call: number, customer: number | null): Promise<void> {
  try {
    pops.set(call, await identify(call, customer))
    popFaults.delete(call)
    void refresh()
  } catch (problem) { popFaults.set(call, messageOf(problem)) }
}
