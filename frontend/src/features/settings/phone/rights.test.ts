import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import en from '@/locales/en/telephony.json'
import hans from '@/locales/zh-Hans/telephony.json'
import hant from '@/locales/zh-Hant/telephony.json'

/** `read = a,b` and `write = a,b` of the manager.conf that docs/phone.md shows. */
const docs = readFileSync(resolve(process.cwd(), '../docs/phone.md'), 'utf8')
const rights = (way: string): string[] => new RegExp(`^${way} = ([a-z,]+)$`, 'm').exec(docs)![1]!.split(',')

describe('the rights an account of Asterisk needs', () => {
  it('are the same on the page as in the documentation, in every language', () => {
    for (const words of [en, hans, hant]) {
      const named = words.systems.abouts.asterisk.match(/[a-z]+/g)!
      for (const right of [...rights('read'), ...rights('write')]) expect(named).toContain(right)
    }
  })
})
