import { describe, expect, it } from 'vitest'
import { barsOf, clockText, seekByKey, shareOf, wavePath } from './player'

describe('a player', () => {
  it('says a length as minutes and seconds, with hours when there are some', () => {
    expect([0, 7.9, 151, 3751, null, NaN, -3].map(clockText)).toEqual(['00:00', '00:07', '02:31', '1:02:31', '–', '–', '00:00'])
  })
  it('keeps the loudest of each stretch', () => {
    expect(barsOf([0, 100, 20, 40, 10, 0], 3)).toEqual([1, 0.4, 0.1])
    expect(barsOf([10, 20], 5)).toEqual([0.1, 0.2])
    expect(barsOf([], 5)).toEqual([])
    expect(barsOf([-5, 300], 2)).toEqual([0, 1])
  })
  it('draws one bar for each height', () => {
    expect(wavePath([1, 0]).match(/M/g)).toHaveLength(2)
    expect(wavePath([])).toBe('')
  })
  it('seeks by keys and stays within the recording', () => {
    expect(['ArrowRight', 'ArrowLeft', 'PageUp', 'PageDown', 'Home', 'End'].map((key) => seekByKey(key, 10, 20))).toEqual([15, 5, 20, 0, 0, 20])
    expect(seekByKey('a', 10, 20)).toBeNull()
  })
  it('knows how far it is', () => {
    expect([shareOf(5, 20), shareOf(5, 0), shareOf(30, 20)]).toEqual([0.25, 0, 1])
  })
})
