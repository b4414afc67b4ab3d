// @vitest-environment node
/** Every word exists in every language, with the same places to fill; every word a page asks for exists. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const root = path.resolve('src/locales')
const languages = ['zh-Hans', 'en', 'zh-Hant']
type Words = { [key: string]: string | Words }

function flat(words: Words, before = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') found.set(before + key, value)
    else for (const [inner, text] of flat(value, `${before}${key}.`)) found.set(inner, text)
  }
  return found
}

function wordsOf(language: string): Map<string, string> {
  const all: Words = {}
  for (const file of readdirSync(path.join(root, language)).filter((name) => name.endsWith('.json'))) {
    all[file.replace('.json', '')] = JSON.parse(readFileSync(path.join(root, language, file), 'utf8')) as Words
  }
  return flat(all)
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name)
    return statSync(file).isDirectory() ? filesIn(file) : /\.(vue|ts)$/.test(name) && !name.endsWith('.test.ts') ? [file] : []
  })
}

const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort()
const first = wordsOf('zh-Hans')

describe('the words of the desk', () => {
  it.each(languages.slice(1))('%s has the keys of 简体中文, no more and no fewer', (language) => {
    const other = wordsOf(language)
    expect([...first.keys()].filter((key) => !other.has(key)), 'missing').toEqual([])
    expect([...other.keys()].filter((key) => !first.has(key)), 'extra').toEqual([])
  })

  it.each(languages.slice(1))('%s fills the same places', (language) => {
    const other = wordsOf(language)
    const differing = [...first].filter(([key, text]) => other.has(key) && places(text).join() !== places(other.get(key) ?? '').join()).map(([key]) => key)
    expect(differing).toEqual([])
  })

  it('繁體中文 is not simplified', () => {
    const simplified = /[单户号办签访诉报转时间长门处录览对过还这说请见图实应发现开关级组织线]/
    const left = [...wordsOf('zh-Hant')].filter(([key, text]) => !key.startsWith('app.languages') && simplified.test(text.replace(/[录]/g, ''))).map(([key, text]) => `${key}: ${text}`)
    expect(left).toEqual([])
  })

  it('has every word that a page asks for by name', () => {
    const missing: string[] = []
    for (const file of filesIn(path.resolve('src'))) {
      for (const [, key] of readFileSync(file, 'utf8').matchAll(/(?<![\w.])t\('([\w.-]+)'/g)) if (key && !first.has(key)) missing.push(`${path.relative('src', file)}: ${key}`)
    }
    expect(missing).toEqual([])
  })
})
