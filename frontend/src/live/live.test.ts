import { describe, expect, it } from 'vitest'
import { concerns, nextWait } from '.'

describe('the line to the server', () => {
  it('waits longer each time, up to half a minute and a third', () => {
    expect(nextWait(1_000, 0)).toBe(2_000)
    expect(nextWait(60_000, 0)).toBe(30_000)
    expect(nextWait(60_000, 1)).toBe(40_000)
  })
  it('knows which changes concern a ticket', () => {
    const change = { type: 'TicketAccepted', ids: ['20261122-000001'], changed: ['ticket'], cursor: 'x' }
    expect(concerns([change], '20261122-000001')).toBe(true)
    expect(concerns([change], '20261122-000002')).toBe(false)
  })
})
