/**
 * The walls between rooms: app > features | channels > live > api > ui > lib.
 * Imports run downwards only; one feature or channel enters another only through its index.
 */
import path from 'node:path'

const order = ['lib', 'ui', 'api', 'live', 'features', 'app']
const rank = (room) => order.indexOf(room === 'channels' ? 'features' : room)
const divided = new Set(['features', 'channels'])

function placeOf(file) {
  const parts = file.split(path.sep).join('/').split('/src/').pop().split('/')
  return { room: parts[0], part: parts[1], rest: parts.slice(2) }
}

function targetOf(file, source) {
  if (source.startsWith('@/')) return path.join(file.split(`${path.sep}src${path.sep}`)[0], 'src', source.slice(2))
  if (source.startsWith('.')) return path.resolve(path.dirname(file), source)
  return null
}

function complaint(from, to) {
  if (rank(from.room) < 0 || rank(to.room) < 0) return null
  if (rank(to.room) > rank(from.room)) return `"${from.room}" may not import from "${to.room}", which stands above it.`
  if (!divided.has(to.room)) return null
  const same = from.room === to.room && from.part === to.part
  if (same) return null
  if (from.room !== to.room && rank(from.room) === rank(to.room)) return `"${from.room}" and "${to.room}" are strangers.`
  if (to.rest.length === 0 || /^index(\.ts)?$/.test(to.rest.join('/'))) return null
  return `Enter "${to.room}/${to.part}" only through its index.ts.`
}

export const rooms = {
  meta: { type: 'problem', schema: [], docs: { description: 'keep the walls between the rooms of the desk' } },
  create(context) {
    const file = context.filename
    if (!file.includes(`${path.sep}src${path.sep}`)) return {}
    const check = (node) => {
      if (typeof node.source?.value !== 'string') return
      const target = targetOf(file, node.source.value)
      if (!target) return
      const message = complaint(placeOf(file), placeOf(target))
      if (message) context.report({ node, message })
    }
    return {
      ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check, ImportExpression: check,
    }
  },
}
