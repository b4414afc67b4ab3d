/** A command to a telephone system and what came of it: asked, followed until done, told. */
import { readCommand, type Command } from '@/api/phone'

export type Outcome = { state: 'done' } | { state: 'failed', fault: string } | { state: 'silent' }

const pauses = [150, 250, 400, 600, 1000, 1000, 1500, 1500, 2000]
const sleep = (milliseconds: number): Promise<void> => new Promise((done) => { setTimeout(done, milliseconds) })

/** Looks at the command until the system has done it or refused; silent when it says nothing for some eight seconds. */
export async function follow(id: number, read: (id: number) => Promise<Command> = readCommand): Promise<Outcome> {
  for (const pause of pauses) {
    await sleep(pause)
    const { state, fault } = await read(id)
    if (state === 'done') return { state }
    if (state === 'failed') return { state, fault }
  }
  return { state: 'silent' }
}
