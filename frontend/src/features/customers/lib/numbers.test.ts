import { describe, expect, it } from 'vitest'
import { isTelephone, veiled, worthAsking } from './numbers'

describe('numbers', () => {
  it('asks only when enough digits are there, full-width ones included', () => {
    expect(worthAsking('138 1234')).toBe(true)
    expect(worthAsking('１３８１２３４')).toBe(true)
    expect(worthAsking('李建国 123')).toBe(false)
  })

  it('veils the middle and keeps the shape', () => {
    expect(veiled('13812345678')).toBe('138****5678')
    expect(veiled('138-1234-5678')).toBe('138-****-5678')
    expect(veiled('66668888')).toBe('66****88')
    expect(veiled('110')).toBe('*10')
  })

  it('tells telephone numbers from codes of a service', () => {
    expect(isTelephone('+86 138-1234-5678')).toBe(true)
    expect(isTelephone('D9000046-1')).toBe(false)
    expect(isTelephone('12345')).toBe(false)
  })
})
