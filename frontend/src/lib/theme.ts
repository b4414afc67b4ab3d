/** Light, dark, or as the system says. `public/theme.js` does the same before the first paint. */
export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const key = 'gongdan.theme'
const system = () => window.matchMedia('(prefers-color-scheme: dark)')

export function chosenTheme(): Theme {
  try { return themes.find((theme) => theme === localStorage.getItem(key)) ?? 'auto' } catch { return 'auto' }
}

export function wear(theme: Theme): void {
  try { localStorage.setItem(key, theme) } catch { /* storage is closed; the account remembers */ }
  paint(theme)
}

function paint(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'auto' && system().matches)
  document.documentElement.classList.toggle('dark', dark)
}

export function followSystem(): void {
  system().addEventListener('change', () => { if (chosenTheme() === 'auto') paint('auto') })
}
