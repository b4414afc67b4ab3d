/** Reads a CSV of categories in the browser, to say what an import will do before it does it. */

/** RFC 4180: quoted cells may hold commas, line breaks and doubled quotes. A byte-order mark is dropped. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const source = text.replace(/^\uFEFF/, '')
  const endCell = () => {
    row.push(cell)
    cell = ''
  }
  const endRow = () => {
    endCell()
    if (row.some((value) => value.trim() !== '')) rows.push(row)
    row = []
  }
  for (let at = 0; at < source.length; at++) {
    const sign = source[at]!
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (source[at + 1] === '"') cell += source[++at]!
      else quoted = false
    } else if (sign === '"') quoted = true
    else if (sign === ',') endCell()
    else if (sign === '\n') endRow()
    else if (sign !== '\r') cell += sign
  }
  if (cell !== '' || row.length > 0) endRow()
  return rows
}

export interface CategoryPath {
  path: string[]
  line: number
}

export interface ImportPlan {
  header: string[]
  added: CategoryPath[]
  existing: number
  bad: { line: number; reason: 'gap' | 'empty' }[]
  depth: number
}

/** Each row is a way down the tree (一级, 二级, 三级 …); the first row is the header. `known` holds paths joined by " › ". */
export function planImport(rows: readonly string[][], known: ReadonlySet<string>): ImportPlan {
  const [header = [], ...body] = rows
  const plan: ImportPlan = { header: [...header], added: [], existing: 0, bad: [], depth: 0 }
  const seen = new Set<string>()
  body.forEach((cells, at) => {
    const line = at + 2
    const names = cells.map((cell) => cell.trim())
    while (names.length && names.at(-1) === '') names.pop()
    if (names.length === 0) return void plan.bad.push({ line, reason: 'empty' })
    if (names.includes('')) return void plan.bad.push({ line, reason: 'gap' })
    plan.depth = Math.max(plan.depth, names.length)
    names.forEach((_, depth) => {
      const path = names.slice(0, depth + 1)
      const key = path.join(' › ')
      if (seen.has(key)) return
      seen.add(key)
      if (known.has(key)) plan.existing++
      else plan.added.push({ path, line })
    })
  })
  return plan
}
