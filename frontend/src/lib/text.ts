/** Small things about text. */

/** The first line that says something, cut at a sentence's end when it is long. */
export function subjectFrom(body: string, longest = 40): string {
  const line = body.split('\n').map((one) => one.trim()).find((one) => one.length > 0) ?? ''
  if (line.length <= longest) return line.replace(/[。；;,，、]+$/u, '')
  const sentence = line.slice(0, longest).match(/^.*[。！？!?；;，,]/u)?.[0]
  return (sentence && sentence.length >= 8 ? sentence.slice(0, -1) : line.slice(0, longest)).trim()
}

/** A number that is new for every form that is opened; crypto is absent on plain http, hence the second way. */
export function freshKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

/** Digits with the middle hidden: 138****5678. */
export function maskedNumber(number: string): string {
  return number.length < 7 ? number : `${number.slice(0, 3)}****${number.slice(-4)}`
}

/** Counters are bounded: "99+" when there are more. */
export const countText = (count: number, more: boolean): string => (more ? `${Math.min(count, 99)}+` : String(count))

/** A number as it is read aloud: mainland mobiles in 3-4-4, others as they are kept. */
export function phoneText(number: string): string {
  const [plain = '', extension] = number.split(';ext=')
  const mobile = /^\+86(1\d{2})(\d{4})(\d{4})$/.exec(plain)
  const text = mobile ? `${mobile[1]} ${mobile[2]} ${mobile[3]}` : plain.replace(/^\+86(?=\d{3})/, '0')
  return extension ? `${text}-${extension}` : text
}
