import { describe, expect, it } from 'vitest'
import { drawn, freeStretch, moved } from './strip'

const morning = { start: 540, end: 720 }
const afternoon = { start: 810, end: 1080 }
const both = [morning, afternoon]

describe('a stretch pulled', () => {
  it('stops at its neighbour', () => {
    expect(moved(both, 0, 'end', 300)[0]).toEqual({ start: 540, end: 810 })
    expect(moved(both, 1, 'start', -300)[1]).toEqual({ start: 720, end: 1080 })
    expect(moved(both, 0, 'whole', 600)[0]).toEqual({ start: 630, end: 810 })
  })
  it('keeps a quarter of an hour', () => {
    expect(moved(both, 0, 'end', -900)[0]).toEqual({ start: 540, end: 555 })
    expect(moved(both, 0, 'start', 900)[0]).toEqual({ start: 705, end: 720 })
  })
  it('stays on its day at the front and may run over midnight at the back', () => {
    expect(moved(both, 0, 'whole', -900)[0]).toEqual({ start: 0, end: 180 })
    expect(moved(both, 1, 'end', 600)[1]).toEqual({ start: 810, end: 1680 })
  })
  it('has less than 24 hours, or exactly the whole day', () => {
    expect(moved([{ start: 600, end: 700 }], 0, 'end', 5000)[0]).toEqual({ start: 600, end: 600 + 1425 })
    expect(moved([{ start: 0, end: 700 }], 0, 'end', 5000)[0]).toEqual({ start: 0, end: 1440 })
  })
  it('leaves the others alone, and everything when there is no such stretch', () => {
    expect(moved(both, 0, 'start', 15)[1]).toBe(afternoon)
    expect(moved(both, 7, 'start', 15)).toEqual(both)
  })
})

describe('a stretch drawn', () => {
  it('either way, to quarters, within the free room', () => {
    expect(drawn([], 722, 541)).toEqual({ start: 540, end: 720 })
    expect(drawn(both, 730, 1000)).toEqual({ start: 735, end: 810 })
  })
  it('not on what is taken, and not without length', () => {
    expect(drawn(both, 600, 760)).toBeNull()
    expect(drawn([], 600, 604)).toBeNull()
  })
})

describe('a stretch added by key', () => {
  it('takes the usual hours, else the widest gap', () => {
    expect(freeStretch([])).toEqual({ start: 540, end: 720 })
    expect(freeStretch([morning])).toEqual({ start: 810, end: 1080 })
    expect(freeStretch(both)).toEqual({ start: 0, end: 180 })
    expect(freeStretch([{ start: 0, end: 1440 }])).toBeNull()
  })
})
