import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { signIn } from '@/api/session'
import { i18n, speak } from '@/lib/i18n'
import { pageAt, pages } from './pages'
import SettingsFrame from './SettingsFrame.vue'

describe('the page an address belongs to', () => {
  it.each([
    ['/settings/calendars', 'calendars'],
    ['/settings/calendars/standard', 'calendars'],
    ['/settings/flows/complaint', 'flows'],
    ['/settings/policies/urgent', 'policies'],
    ['/settings/new-policy', 'policies'],
    ['/settings/categories/net/form', 'categories'],
    ['/settings/webhooks/7', 'webhooks'],
    ['/settings', undefined],
    ['/settings/policiesx', undefined],
  ])('%s: %s', (path, code) => expect(pageAt(path)?.code).toBe(code))

  it('is its own page for every page', () => expect(pages.filter((page) => pageAt(page.to) !== page)).toEqual([]))
})

describe('the settings’ column', () => {
  beforeAll(() => speak('zh-Hans'))
  afterEach(() => vi.unstubAllGlobals())

  it('keeps the entry marked while one thing of it is open', async () => {
    const me = { staff: { id: 1, name: '王敏', username: 'wm', department: null, teams: [], preferences: {} }, rights: ['admin.calendars', 'admin.policies'], csrf: '', live: null, version: '' }
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(me))))
    await signIn('wm', 'x')
    const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: { template: '<i />' } }] })
    await router.push('/settings/calendars/standard')
    const shown = mount(SettingsFrame, { global: { plugins: [i18n, router] } })
    const marked = () => shown.findAll('nav [aria-current="page"]').map((one) => one.text())
    expect(marked()).toEqual(['工作日历'])
    await router.push('/settings/new-policy')
    await flushPromises()
    expect(marked()).toEqual(['时限策略'])
    await router.push('/settings')
    await flushPromises()
    expect(marked()).toEqual([])
    shown.unmount()
  })
})
