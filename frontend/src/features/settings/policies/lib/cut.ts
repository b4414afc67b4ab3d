/** Condition text cut into words, numbers, dates, quoted text and marks; positions count characters from 0. */

export interface Word { kind: 'word' | 'value' | 'mark', text: string, position: number, value: string | number | boolean }

/** A text that is no condition; `code` is that of the server, `word` what stands at `position`. */
export class ConditionError extends Error {
  constructor(readonly code: string, readonly position: number, readonly word = '') { super(code) }
}

export const keywords = new Set('and or not is in of empty true false over under at least most between contains contain does starts with'.split(' '))

const quotes: Record<string, string> = { '"': '"', "'": "'", '“': '”', '‘': '’', '「': '」' }
const marks: Record<string, string> = { '(': '(', ')': ')', ',': ',', '（': '(', '）': ')', '，': ',', '、': ',' }
const space = /\s+/y
const date = /\d{4}-\d{2}-\d{2}(?![\p{L}\p{N}_-])/uy
const number = /-?\d{1,30}(?:\.\d{1,30})?(?![\p{L}\p{N}_.])/uy
const word = /[\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}_][\p{L}\p{N}_-]*)?/uy

function found(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

/** ConditionError: bad_character, open_quote, bad_date. */
export function cut(text: string): Word[] {
  const words: Word[] = []
  let at = 0
  while (at < text.length) {
    const gap = found(space, text, at).length
    if (gap) { at += gap; continue }
    const [next, length] = nextOf(text, at)
    words.push(next)
    at += length
  }
  return words
}

function nextOf(text: string, at: number): [Word, number] {
  const char = text[at]!
  if (char in marks) return [{ kind: 'mark', text: marks[char]!, position: at, value: '' }, 1]
  if (char in quotes) return quoted(text, at)
  const day = found(date, text, at)
  if (day) return [{ kind: 'value', text: day, position: at, value: realDay(day, at) }, day.length]
  const figure = found(number, text, at)
  if (figure) return [{ kind: 'value', text: figure, position: at, value: Number(figure) }, figure.length]
  const plain = found(word, text, at)
  if (plain) return [{ kind: 'word', text: plain, position: at, value: '' }, plain.length]
  throw new ConditionError('bad_character', at, char)
}

function realDay(text: string, at: number): string {
  const day = new Date(`${text}T00:00:00Z`)
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text) throw new ConditionError('bad_date', at, text)
  return text
}

function quoted(text: string, start: number): [Word, number] {
  const closing = quotes[text[start]!]
  let value = ''
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === closing) return [{ kind: 'value', text: text.slice(start, at + 1), position: start, value }, at + 1 - start]
    if (text[at] === '\\' && at + 1 < text.length) at++
    value += text[at]
  }
  throw new ConditionError('open_quote', start, text[start])
}
