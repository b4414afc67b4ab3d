/** Finding a row by Chinese words, pinyin initials (several spellings parted by spaces) or code, as one types. Pure. */
export interface Findable { code: string, name: string, initials?: string }

/** 0: no match; higher is better. Words separated by spaces must all match. */
export function score(item: Findable, query: string, trail = ''): number {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  let total = 0
  for (const word of words) {
    const one = scoreWord(item, word, trail.toLowerCase())
    if (one === 0) return 0
    total += one
  }
  return total
}

function scoreWord(item: Findable, word: string, trail: string): number {
  const name = item.name.toLowerCase()
  const spellings = (item.initials ?? '').toLowerCase().split(' ')
  if (name === word || item.code.toLowerCase() === word) return 100
  if (spellings.includes(word)) return 90
  if (name.startsWith(word)) return 80
  if (spellings.some((one) => one.startsWith(word))) return 70
  if (name.includes(word)) return 60
  if (spellings.some((one) => one.includes(word))) return 50
  if (trail.includes(word)) return 20
  return item.code.toLowerCase().startsWith(word) ? 10 : 0
}
