import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, reactive, ref } from 'vue'
import type { Finding, Limit } from '@/api/policies'
import { i18n, speak } from '@/lib/i18n'
import { provideFindings } from './lib/findings'
import { provideKnown } from './lib/known'
import LadderEditor from './parts/LadderEditor.vue'

const told = { what: 'notify' as const, whom: 'head' }

/** The ladder of a limit on a page whose server cannot be reached: what it needs is in the limit itself. */
function ladderOf(limit: Limit, findings: Finding[] = []): VueWrapper {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('unreachable')))
  const Page = defineComponent({
    setup() {
      provideKnown()
      provideFindings(ref(findings))
      return () => h(LadderEditor, { modelValue: limit, path: 'process', calendar: '' })
    },
  })
  return mount(Page, { global: { plugins: [i18n] } })
}

const kinds = (page: VueWrapper): string[] => page.findAll('ol > li').map((line) => line.classes()[0] ?? '')

describe('the ladder as it is edited', () => {
  beforeAll(() => speak('zh-Hans'))
  const fresh = (): Limit => reactive({
    amount: 48, unit: 'hours', working: false, pauses: [], yellow: [{ amount: 2, unit: 'hours' }],
    ladder: [{ when: 'before', amount: 4, unit: 'hours', do: [told] }],
  })

  it('is drawn in the order of its moments', async () => {
    const page = ladderOf(fresh())
    await flushPromises()
    expect(kinds(page)).toEqual(['start', 'rung', 'yellow', 'red'])
    expect(page.find('[role="img"]').attributes('aria-label')).toBe('按时间先后：起算；限前 4小时：通知部门负责人；限前 2小时发黄牌；到限，发红牌')
  })

  it('moves no line while a figure is typed, and moves it when the field is left', async () => {
    const limit = fresh()
    const page = ladderOf(limit)
    const field = page.find('li.yellow input')
    ;(field.element as HTMLInputElement).value = '24'
    await field.trigger('input')
    expect(limit.yellow[0]!.amount).toBe(24)
    expect(kinds(page)).toEqual(['start', 'rung', 'yellow', 'red'])
    await field.trigger('change')
    expect(kinds(page)).toEqual(['start', 'yellow', 'rung', 'red'])
  })

  it('says what is wrong at the step where it is', () => {
    const page = ladderOf(fresh(), [{ field: 'process.ladder[0].do[0].whom', code: 'unknown_role', detail: '', place: '' }])
    expect(page.find('li.rung .finding').text()).toBe('没有这个角色。')
    expect(page.findAll('.finding')).toHaveLength(1)
  })

  it('puts back what is no amount', async () => {
    const limit = fresh()
    const field = ladderOf(limit).find('li.yellow input')
    for (const typed of ['-3', '']) {
      ;(field.element as HTMLInputElement).value = typed
      await field.trigger('input')
      await field.trigger('change')
      expect(limit.yellow[0]!.amount).toBe(2)
      expect((field.element as HTMLInputElement).value).toBe('2')
    }
  })

  it('turns a step at the limit into one without a length, and back into one with', async () => {
    const limit = fresh()
    const page = ladderOf(limit)
    await page.find('li.rung select.when').setValue('at')
    expect(limit.ladder[0]).toMatchObject({ when: 'at', amount: 0 })
    await page.find('li.rung select.when').setValue('after')
    expect(limit.ladder[0]).toMatchObject({ when: 'after', amount: 1, unit: 'hours' })
    expect(kinds(page)).toEqual(['start', 'yellow', 'red', 'rung'])
  })
})
