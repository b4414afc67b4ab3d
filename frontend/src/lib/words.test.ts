import { beforeAll, describe, expect, it } from 'vitest'
import { fromBrowser, localized, speak } from './i18n'
import { lastedWords, leftWords, standingWords, whenWords } from './words'

const now = new Date(2026, 10, 22, 12, 0).getTime()
const at = (minutes: number): string => new Date(now + minutes * 60_000).toISOString()

describe('in 简体中文', () => {
  beforeAll(() => speak('zh-Hans'))
  it('time left', () => expect(leftWords(at(192), now)).toBe('剩 3小时12分'))
  it('time over', () => expect(leftWords(at(-15), now)).toBe('超时 15分'))
  it('stands still', () => {
    expect(standingWords({ due: at(60), paused: 'customer' }, now)).toBe('等待客户')
    expect(standingWords({ due: at(60), paused: 'other' }, now)).toBe('已暂停')
  })
  it('how it ended', () => {
    expect(standingWords({ due: at(0), ended: at(-60) }, now)).toBe('按时完成')
    expect(standingWords({ due: at(-150), ended: at(-30) }, now)).toBe('迟 2小时')
  })
  it('no limit', () => expect(leftWords(null, now)).toBe('无时限'))
  it('moments', () => {
    expect(whenWords(at(-168), now)).toBe('今天 09:12')
    expect(whenWords(at(-24 * 60), now)).toBe('昨天 12:00')
    expect(whenWords(at(-48 * 60), now)).toBe('11-20 12:00')
  })
  it('what lasted, and what lasts still', () => {
    expect(lastedWords(at(-90), at(-30), now)).toBe('1小时')
    expect(lastedWords(at(-90), null, now)).toBe('1小时30分')
  })
})

describe('in English', () => {
  beforeAll(() => speak('en'))
  it('time left', () => expect(leftWords(at(192), now)).toBe('3 h 12 min left'))
})

describe('languages', () => {
  it.each([[['zh-TW', 'en'], 'zh-Hant'], [['zh-HK'], 'zh-Hant'], [['zh-CN'], 'zh-Hans'], [['zh'], 'zh-Hans'], [['fr', 'en-GB'], 'en'], [['fr'], 'zh-Hans']])('%s asks for %s', (asked, locale) => {
    expect(fromBrowser(asked)).toBe(locale)
  })
  it('a text of the server falls back to Chinese, then to any', async () => {
    await speak('en')
    expect(localized({ 'zh-Hans': '核实', en: 'Verify' })).toBe('Verify')
    expect(localized({ 'zh-Hans': '核实' })).toBe('核实')
    expect(localized({ 'zh-Hant': '核實' })).toBe('核實')
    expect(localized(null)).toBe('')
  })
})
