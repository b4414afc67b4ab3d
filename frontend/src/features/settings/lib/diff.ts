/** Line by line, what changed between two versions of a document. */

export type DiffKind = 'same' | 'added' | 'removed' | 'gap'

/** `left` and `right` are 1-based line numbers, null where the line does not exist. A gap stands for `text` unchanged lines. */
export interface DiffLine {
  kind: DiffKind
  left: number | null
  right: number | null
  text: string
  hidden?: number
}

/** Longest common subsequence over lines; documents are a few hundred lines, so the plain table is enough. */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = splitLines(before)
  const b = splitLines(after)
  const common = commonLengths(a, b)
  const lines: DiffLine[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: 'same', left: ++i, right: ++j, text: a[i - 1]! })
    } else if (i < a.length && (j >= b.length || common[i + 1]![j]! >= common[i]![j + 1]!)) {
      lines.push({ kind: 'removed', left: ++i, right: null, text: a[i - 1]! })
    } else {
      lines.push({ kind: 'added', left: null, right: ++j, text: b[j - 1]! })
    }
  }
  return lines
}

/** Folds long unchanged stretches to a gap, keeping `around` lines on each side of a change. */
export function foldDiff(lines: readonly DiffLine[], around = 3): DiffLine[] {
  const keep = new Array<boolean>(lines.length).fill(false)
  lines.forEach((line, at) => {
    if (line.kind === 'same') return
    for (let near = Math.max(0, at - around); near <= Math.min(lines.length - 1, at + around); near++) keep[near] = true
  })
  const folded: DiffLine[] = []
  for (let at = 0; at < lines.length; at++) {
    if (keep[at]) {
      folded.push(lines[at]!)
      continue
    }
    const last = folded.at(-1)
    if (last?.kind === 'gap') last.hidden = (last.hidden ?? 0) + 1
    else folded.push({ kind: 'gap', left: lines[at]!.left, right: lines[at]!.right, text: '', hidden: 1 })
  }
  return folded
}

export function countChanges(lines: readonly DiffLine[]): { added: number; removed: number } {
  return {
    added: lines.filter((line) => line.kind === 'added').length,
    removed: lines.filter((line) => line.kind === 'removed').length,
  }
}

function splitLines(text: string): string[] {
  if (text === '') return []
  return text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n')
}

function commonLengths(a: readonly string[], b: readonly string[]): number[][] {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      table[i]![j] = a[i] === b[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!)
    }
  }
  return table
}
