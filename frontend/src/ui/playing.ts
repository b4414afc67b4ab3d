/** Only one recording sounds at a time: who begins silences who sounded before. */
let silence: (() => void) | null = null

export function takesOver(pause: () => void): void {
  if (silence && silence !== pause) silence()
  silence = pause
}
