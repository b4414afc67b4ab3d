import { describe, expect, it } from 'vitest'
import { isTelephone, mainNumber, veiled, worthAsking } from './numbers'

describe('numbers', () => {
  it('asks only when enough digits are there, full-width ones included', () => {
    expect(worthAsking('138 1234')).toBe(true)
    expect(worthAsking('１３８１２３４')).toBe(true)
    expect(worthAsking('李建国 123')).toBe(false)
  })

  it('veils the middle, in whatever form the number is kept', () => {
    for (const form of ['13812345678', '138-1234-5678', '+86 138 1234 5678']) expect(veiled(form)).toBe('138****5678')
    expect(veiled('010 6666 8888转12')).toBe('010****8888')
    expect(veiled('66668888')).toBe('66****88')
    expect(veiled('110')).toBe('1****')
  })

  it('parts a number from its extension', () => {
    expect(mainNumber('0571 8888 4589转12')).toBe('0571 8888 4589')
    expect(mainNumber('010-66668888 ext. 12')).toBe('010-66668888')
    expect(mainNumber('13812345678')).toBe('13812345678')
  })

  it('tells telephone numbers from codes of a service', () => {
    expect(isTelephone('+86 138-1234-5678')).toBe(true)
    expect(isTelephone('D9000046-1')).toBe(false)
    expect(isTelephone('12345')).toBe(false)
  })
})
