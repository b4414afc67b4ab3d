// @vitest-environment node
/** Text can be read in both themes: at least 4.5 : 1 on every ground it stands on. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync('src/ui/theme/tokens.css', 'utf8')
const block = (head: string): Record<string, string> => {
  const start = css.indexOf(head)
  const text = css.slice(start, css.indexOf('}', start))
  return Object.fromEntries([...text.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1] ?? '', match[2] ?? '']))
}
const light = block('html.gd {')
const themes = { light, dark: { ...light, ...block('html.gd.dark {') } }

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

const pairs: [string, string][] = [
  ...['ink', 'ink-2', 'ink-3'].flatMap((text) => ['paper', 'sheet', 'well', 'hover', 'blue-wash'].map((ground): [string, string] => [text, ground])),
  ...['blue', 'amber', 'red', 'green'].flatMap((text) => ['paper', 'sheet', `${text}-wash`].map((ground): [string, string] => [text, ground])),
  ['red', 'blue-wash'], ['amber', 'blue-wash'], ['red', 'well'],
]

describe.each(Object.entries(themes))('%s', (_name, tokens) => {
  it.each(pairs)('%s on %s', (text, ground) => {
    expect(contrast(tokens[text] ?? '', tokens[ground] ?? '')).toBeGreaterThanOrEqual(4.5)
  })
  it('white on what acts', () => {
    expect(contrast('#ffffff', tokens['blue-solid'] ?? '')).toBeGreaterThanOrEqual(4.5)
  })
})
