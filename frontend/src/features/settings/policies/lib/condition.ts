/**
 * The condition language read in the browser, so that a slip is shown under the hand that made it and a condition can be
 * said in words. The server stays the judge: what it refuses is shown as well.
 */
import { ConditionError, cut, keywords, type Word } from './cut'

export type Value = string | number | boolean
export type Op = 'is' | 'in' | 'empty' | 'over' | 'under' | 'at_least' | 'at_most' | 'between' | 'contains' | 'starts'
export type Condition =
  | { kind: 'test', name: string, op: Op, values: Value[], position: number }
  | { kind: 'and' | 'or', parts: Condition[] }
  | { kind: 'not', part: Condition }

const deepest = 40
const orders: [string[], Op][] = [[['over'], 'over'], [['under'], 'under'], [['at', 'least'], 'at_least'], [['at', 'most'], 'at_most']]

/** Throws ConditionError where the text says none. */
export function parse(text: string): Condition {
  const reader = new Reader(cut(text), text.length)
  const condition = reader.joined('or', 0)
  if (reader.here) throw reader.error('unexpected')
  return condition
}

/** Every fact a condition looks at, with its place. */
export function testsOf(condition: Condition): Extract<Condition, { kind: 'test' }>[] {
  if (condition.kind === 'test') return [condition]
  return condition.kind === 'not' ? testsOf(condition.part) : condition.parts.flatMap(testsOf)
}

/** Recursive descent; every method leaves `here` at the first word it did not use. */
class Reader {
  private at = 0
  constructor(private readonly words: Word[], private readonly length: number) {}

  get here(): Word | undefined { return this.words[this.at] }
  error(code: string): ConditionError { return new ConditionError(code, this.here?.position ?? this.length, this.here?.text ?? '') }

  take(...expected: string[]): boolean {
    if (!expected.every((text, by) => this.words[this.at + by]?.text === text && this.words[this.at + by]?.kind !== 'value')) return false
    this.at += expected.length
    return true
  }

  joined(by: 'or' | 'and', depth: number): Condition {
    const one = () => (by === 'or' ? this.joined('and', depth) : this.one(depth))
    const parts = [one()]
    while (this.take(by)) parts.push(one())
    return parts.length === 1 ? parts[0]! : { kind: by, parts }
  }

  one(depth: number): Condition {
    if (depth > deepest) throw this.error('too_deep')
    if (this.take('not')) return { kind: 'not', part: this.one(depth + 1) }
    if (!this.take('(')) return this.test()
    const inside = this.joined('or', depth + 1)
    if (!this.take(')')) throw this.error('open_bracket')
    return inside
  }

  test(): Condition {
    const position = this.here?.position ?? this.length
    const name = this.name()
    const tested = (op: Op, values: Value[] = []): Condition => ({ kind: 'test', name, op, values, position })
    const said = this.take('is')
    if (said && this.take('empty')) return tested('empty')
    if (said && this.take('not', 'empty')) return { kind: 'not', part: tested('empty') }
    if (this.take('not', 'in')) return { kind: 'not', part: tested('in', this.listed()) }
    if (this.take('in')) return tested('in', this.listed())
    if (this.take('between')) return tested('between', this.ends())
    for (const [words, op] of orders) if (this.take(...words)) return tested(op, [this.ordered()])
    if (said && this.take('not')) return { kind: 'not', part: tested('is', [this.value()]) }
    if (said) return tested('is', [this.value()])
    if (this.take('contains')) return tested('contains', [this.value()])
    if (this.take('does', 'not', 'contain')) return { kind: 'not', part: tested('contains', [this.value()]) }
    if (this.take('starts', 'with')) return tested('starts', [this.value()])
    throw this.error('no_comparison')
  }

  private name(): string {
    const first = this.bare()
    return this.take('of') ? `${this.bare()}.${first}` : first
  }

  private bare(): string {
    const word = this.here
    if (!word || word.kind !== 'word' || keywords.has(word.text)) throw this.error('no_name')
    this.at++
    return word.text
  }

  private value(): Value {
    const word = this.here
    if (!word || word.kind === 'mark') throw this.error('no_value')
    const truth = word.kind === 'word' && (word.text === 'true' || word.text === 'false')
    if (word.kind === 'word' && !truth && keywords.has(word.text)) throw this.error('no_value')
    this.at++
    return word.kind === 'value' ? word.value : truth ? word.text === 'true' : word.text
  }

  /** A number or a date; `wanted` asks for the same kind as another. */
  private ordered(wanted?: Value): Value {
    const word = this.here
    const bare = word && word.kind === 'value' && (typeof word.value === 'number' || /^\d{4}-\d\d-\d\d$/.test(word.text))
    if (word && word.kind !== 'mark' && !bare) throw this.error('no_order')
    const value = this.value()
    if (wanted === undefined || typeof value === typeof wanted) return value
    this.at--
    throw this.error('no_order')
  }

  private ends(): Value[] {
    const low = this.ordered()
    if (!this.take('and')) throw this.error('no_value')
    return [low, this.ordered(low)]
  }

  private listed(): Value[] {
    if (!this.take('(')) throw this.error('no_value')
    const values = [this.value()]
    while (this.take(',')) values.push(this.value())
    if (!this.take(')')) throw this.error('open_bracket')
    return values
  }
}
