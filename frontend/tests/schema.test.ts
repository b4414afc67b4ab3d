// @vitest-environment node
/** The client's types are those of the committed schema. */
import { readFileSync } from 'node:fs'
import openapi, { astToString } from 'openapi-typescript'
import { expect, it } from 'vitest'

it('api/schema.d.ts is current', async () => {
  const made = astToString(await openapi(readFileSync('openapi.json', 'utf8')))
  const kept = readFileSync('src/api/schema.d.ts', 'utf8')
  expect(kept.replace(/^\/\*\*[\s\S]*?\*\/\s*/, '').trim(), 'stale; run: npm run api').toBe(made.replace(/^\/\*\*\s*\n \* This file[\s\S]*?\*\/\s*/, '').trim())
})
