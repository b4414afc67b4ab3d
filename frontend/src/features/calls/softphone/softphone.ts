/** The softphone as the desk's voice: what the buttons mean when the telephone lives in the page. */
import { computed, ref, shallowRef } from 'vue'
import { control, dial as dialBySystem, type LiveCall, type PhoneMe, type Softphone } from '@/api/phone'
import { t } from '@/lib/i18n'
import { CommandFault, followed, type Voice } from '../voice'
import { findDevices, ring, stopLevel, watchLevel } from './audio'
import { lineOf, seenThrough, type Line } from './lines'
import type { Registration, Sip } from './sip'

export const registration = ref<Registration>('off')
export const why = ref('')
export const lines = shallowRef<Line[]>([])
export const muted = computed(() => lines.value.some((line) => line.muted))

let sip: Sip | null = null
let settings: Softphone | null = null
/** Until when a ring is our own doing (the system calls us first, then the number) and is taken by itself. */
let expected = 0
const expecting = 10_000

const told = {
  registration(state: Registration, reason = ''): void { registration.value = state; why.value = reason },
  lines(now: Line[]): void {
    const fresh = now.find((line) => line.state === 'ringing' && !lines.value.some((one) => one.id === line.id))
    lines.value = now
    if (fresh && Date.now() < expected) { expected = 0; void sip?.answer(fresh.id).catch(() => undefined) }
    ring(lines.value.some((line) => line.state === 'ringing') && !lines.value.some((line) => line.state === 'talking'))
  },
  microphone(stream: MediaStream | null): void { if (stream) { watchLevel(stream); void findDevices() } else stopLevel() },
}

const alike = (one: Softphone | null, other: Softphone): boolean => JSON.stringify(one) === JSON.stringify(other)
const leaving = (event: BeforeUnloadEvent): void => { if (lines.value.some((line) => line.state !== 'ringing')) event.preventDefault() }

async function start(me: PhoneMe): Promise<void> {
  if (!me.softphone?.address || (sip && alike(settings, me.softphone))) return
  stop()
  settings = me.softphone
  registration.value = 'connecting'
  window.addEventListener('beforeunload', leaving)
  void findDevices()
  const { Sip: Speaker } = await import('./sip')
  sip = new Speaker(settings, told)
}
function stop(): void {
  sip?.stop()
  sip = null
  settings = null
  lines.value = []
  ring(false)
  stopLevel()
  registration.value = 'off'
  window.removeEventListener('beforeunload', leaving)
}

const reasons = ['microphone', 'number', 'gone', 'busy', 'refused']
/** Any failure as a sentence; what JsSIP says stays as it is. */
async function said<T>(work: Promise<T>): Promise<T> {
  try { return await work } catch (problem) {
    if (problem instanceof CommandFault) throw problem
    const words = problem instanceof Error ? problem.message : String(problem)
    throw new CommandFault(reasons.includes(words) ? t(`softphone.faults.${words}`) : words)
  }
}
function speaker(): Sip {
  if (!sip || registration.value !== 'registered') throw new CommandFault(t('softphone.not_registered'))
  return sip
}
function lineFor(call: LiveCall): Line {
  const found = lineOf(call, lines.value)
  if (!found) throw new CommandFault(t('softphone.faults.gone'))
  return found
}
const consulted = (line: Line): Line | undefined => lines.value.find((one) => one.consults === line.id)

async function transfer(call: LiveCall, to: string, mode: 'blind' | 'attended'): Promise<void> {
  const line = lineFor(call)
  if (mode === 'blind') return said(speaker().refer(line.id, to, null))
  await said(speaker().hold(line.id, true))
  try { await said(speaker().call(to, line.id)) } catch (problem) { await speaker().hold(line.id, false); throw problem }
}
async function completeTransfer(call: LiveCall): Promise<void> {
  const line = lineFor(call)
  const other = consulted(line)
  if (!other) throw new CommandFault(t('softphone.faults.gone'))
  await said(speaker().refer(line.id, other.number, other.id))
}
async function cancelTransfer(call: LiveCall): Promise<void> {
  const line = lineFor(call)
  const other = consulted(line)
  if (other) speaker().hangUp(other.id)
  await said(speaker().hold(line.id, false))
}

/** The system dials where it keeps what the call is about; otherwise the page does. */
async function dial(about: Parameters<Voice['dial']>[0]): Promise<void> {
  const kept = about.callback_task_id !== undefined || about.ticket !== undefined || about.customer_id !== undefined
  if (!kept) return said(speaker().call(about.number))
  expected = Date.now() + expecting
  try { await followed(dialBySystem(about)) } catch (problem) { expected = 0; throw problem }
}

/** On one line, whether or not the server knows its call. */
export const onLine = {
  answer: (line: Line): Promise<void> => said(speaker().answer(line.id)),
  hangUp: (line: Line): void => speaker().hangUp(line.id),
  hold: (line: Line, on: boolean): Promise<void> => said(speaker().hold(line.id, on)),
  dtmf: (line: Line, digits: string): void => speaker().dtmf(line.id, digits),
}
export const mute = (on: boolean): void => sip?.mute(on)
export const changeMicrophone = async (): Promise<void> => { if (lines.value.length > 0) await said(speaker().changeMicrophone()) }

export function softphone(): Voice {
  const always = new Set<string>(['answer', 'hang_up', 'hold', 'resume', 'mute', 'transfer', 'complete_transfer', 'cancel_transfer', 'dtmf', 'dial'])
  return {
    kind: 'softphone',
    can: (verb, me) => (me.softphone?.address ? always.has(verb) : verb !== 'mute') && (always.has(verb) || me.capabilities.includes(verb)),
    muted,
    adjust: (call) => seenThrough(call, lines.value),
    answer: async (call) => onLine.answer(lineFor(call)),
    hangUp: async (call) => onLine.hangUp(lineFor(call)),
    hold: async (call) => onLine.hold(lineFor(call), true),
    resume: async (call) => onLine.hold(lineFor(call), false),
    mute: async (on) => mute(on),
    transfer, completeTransfer, cancelTransfer,
    conference: (call, to) => followed(control(call.id, 'conference', { to })),
    dtmf: async (call, digits) => onLine.dtmf(lineFor(call), digits),
    dial, start, stop,
  }
}
