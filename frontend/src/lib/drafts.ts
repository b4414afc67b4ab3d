/** Typed text kept in this browser until it is safely on the server. Per person, so that a shared desk leaks nothing. */
const prefix = 'gongdan.draft'

const keyFor = (person: number | string, name: string): string => `${prefix}.${person}.${name}`

export function keepDraft(person: number | string, name: string, value: unknown): void {
  try { localStorage.setItem(keyFor(person, name), JSON.stringify(value)) } catch { /* full or closed: the page still holds it */ }
}

export function takeDraft<T>(person: number | string, name: string): T | null {
  try {
    const text = localStorage.getItem(keyFor(person, name))
    return text === null ? null : (JSON.parse(text) as T)
  } catch { return null }
}

export function dropDraft(person: number | string, name: string): void {
  try { localStorage.removeItem(keyFor(person, name)) } catch { /* closed */ }
}
