import { describe, expect, it } from 'vitest'
import { reasonOf } from './because'

describe('why someone sees a ticket', () => {
  it('names the role, and what matched', () => {
    const reason = reasonOf({ role: 'handler', scope: 'department', matched: [{ kind: 'department', name: '城东装维中心' }, { kind: 'moon', name: '?' }] }, [{ code: 'handler', name: '处理人' }])
    expect(reason).toEqual({
      code: 'handler', name: '处理人', scope: 'department',
      matched: [{ key: 'department', name: '城东装维中心' }, { key: 'other', name: '?' }],
    })
  })

  it('shows the code of a role that is gone', () => {
    expect(reasonOf({ role: 'gone', scope: 'all', matched: [] }, []).name).toBe('gone')
  })
})
