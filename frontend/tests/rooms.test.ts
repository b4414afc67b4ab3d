// @vitest-environment node
/** The walls between the rooms hold: the lint rule refuses what DESIGN.md forbids and allows the rest. */
import path from 'node:path'
import { Linter } from 'eslint'
import { describe, expect, it } from 'vitest'
import { rooms } from '../eslint.rooms.js'

function refusals(from: string, source: string): number {
  const linter = new Linter({ configType: 'flat' })
  const config = [{ files: ['**/*.ts'], plugins: { gongdan: { rules: { rooms } } }, rules: { 'gongdan/rooms': 'error' as const } }]
  return linter.verify(`import one from '${source}'`, config as never, { filename: path.resolve('src', from) }).length
}

describe('rooms', () => {
  it.each([
    ['ui/Act.ts', '@/api/http'],
    ['lib/time.ts', '@/ui/index'],
    ['api/http.ts', '@/live'],
    ['live/index.ts', '@/features/tickets'],
    ['features/tickets/a.ts', '@/features/customers/page/x'],
    ['features/tickets/a.ts', '../customers/page/x'],
    ['features/tickets/a.ts', '@/app/router'],
    ['features/tickets/a.ts', '@/channels/phone'],
  ])('%s may not import %s', (from, source) => expect(refusals(from, source)).toBe(1))

  it.each([
    ['app/main.ts', '@/features/tickets'],
    ['features/tickets/a.ts', '@/features/customers'],
    ['features/tickets/lists/a.ts', '../shared/b'],
    ['features/tickets/a.ts', '@/live'],
    ['ui/Act.ts', '@/lib/time'],
    ['api/a.ts', 'vue'],
  ])('%s may import %s', (from, source) => expect(refusals(from, source)).toBe(0))
})
