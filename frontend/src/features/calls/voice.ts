/**
 * What speaks with the telephone for the page. A desk phone is driven through the telephone system; a softphone lives in the page and
 * registers its own kind here (`addVoice`). The store chooses by the kind of the extension one is signed in to.
 */
import { ref, type Ref } from 'vue'
import { control, dial, readCommand, type Commanded, type ControlArgs, type ControlVerb, type Dialling, type ExtensionKind, type LiveCall, type PhoneMe } from '@/api/phone'
import type { CallVerb } from './lib/control'

export interface Voice {
  readonly kind: ExtensionKind
  /** What this voice can do at all, by what the telephone system says it can. */
  can(verb: CallVerb | 'dial', me: PhoneMe): boolean
  readonly muted: Readonly<Ref<boolean>>
  /** The call as this voice sees it, which may know more than the server does. */
  adjust?(call: LiveCall): LiveCall
  answer(call: LiveCall): Promise<void>
  hangUp(call: LiveCall): Promise<void>
  hold(call: LiveCall): Promise<void>
  resume(call: LiveCall): Promise<void>
  mute(on: boolean): Promise<void>
  transfer(call: LiveCall, to: string, mode: 'blind' | 'attended'): Promise<void>
  completeTransfer(call: LiveCall): Promise<void>
  cancelTransfer(call: LiveCall): Promise<void>
  conference(call: LiveCall, to: string): Promise<void>
  dtmf(call: LiveCall, digits: string): Promise<void>
  dial(dialling: Dialling): Promise<void>
  /** Registers, takes the microphone, …; called with every answer of the server, so it does nothing when nothing changed. */
  start(me: PhoneMe): Promise<void>
  stop(): void
}

/** The telephone system did not do it; the message is its own word for why. */
export class CommandFault extends Error {
  readonly late: boolean
  constructor(fault: string, late = false) { super(fault); this.late = late }
}

/** How long after one another a command's state is asked for: eight seconds in all. */
const looks = [120, 200, 300, 400, 600, 900, 1_200, 1_800, 2_500]
const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds))

/** Asks until the command is done. Throws CommandFault when it failed or nobody carried it out. */
export async function followed(answer: Promise<Commanded>, waits: readonly number[] = looks): Promise<void> {
  const { command: id } = await answer
  for (const wait of waits) {
    await pause(wait)
    const now = await readCommand(id)
    if (now.state === 'done') return
    if (now.state === 'failed') throw new CommandFault(now.fault)
  }
  throw new CommandFault('', true)
}

/** Drives a desk phone, or anything that is not ours, through the telephone system. */
export function deskPhone(): Voice {
  const run = (call: LiveCall, verb: ControlVerb, args: ControlArgs = {}): Promise<void> => followed(control(call.id, verb, args))
  return {
    kind: 'desk_phone',
    can: (verb, me) => verb !== 'mute' && me.capabilities.includes(verb),
    muted: ref(false),
    answer: (call) => run(call, 'answer'),
    hangUp: (call) => run(call, 'hang_up'),
    hold: (call) => run(call, 'hold'),
    resume: (call) => run(call, 'resume'),
    mute: () => Promise.resolve(),
    transfer: (call, to, mode) => run(call, 'transfer', { to, mode }),
    completeTransfer: (call) => run(call, 'complete_transfer'),
    cancelTransfer: (call) => run(call, 'cancel_transfer'),
    conference: (call, to) => run(call, 'conference', { to }),
    dtmf: (call, digits) => run(call, 'dtmf', { digits }),
    dial: (dialling) => followed(dial(dialling)),
    start: () => Promise.resolve(),
    stop: () => undefined,
  }
}

const made: Partial<Record<ExtensionKind, () => Voice>> = { desk_phone: deskPhone }
const alive: Partial<Record<ExtensionKind, Voice>> = {}

/** Another kind of voice; until a softphone is added, its extension is driven as a desk phone is. */
export function addVoice(kind: ExtensionKind, make: () => Voice): void { made[kind] = make; delete alive[kind] }

export function voiceFor(kind: ExtensionKind): Voice {
  return (alive[kind] ??= (made[kind] ?? deskPhone)())
}
