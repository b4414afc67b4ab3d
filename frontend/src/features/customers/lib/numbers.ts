/** Whether something typed is worth asking "whose number is this": seven digits or more, as written by anyone. */
export const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\D/g, '')

export const worthAsking = (text: string): boolean => digitsOf(text).length >= 7

/**
 * For eyes that may see the number but need not, as the server masks it for those who may not: 138****5678 in whatever form it
 * is kept; a landline keeps two and two; the country's own prefix and the extension are left out.
 */
export function veiled(text: string): string {
  const digits = digitsOf(mainNumber(text)).replace(/^86(?=\d{10,11}$)/, '')
  if (digits.length >= 10) return `${digits.slice(0, 3)}****${digits.slice(-4)}`
  return digits.length >= 7 ? `${digits.slice(0, 2)}****${digits.slice(-2)}` : `${digits.slice(0, 1)}****`
}

/** The number without its extension, as it was written. */
export const mainNumber = (text: string): string => text.split(/\s*(?:转|轉|分机|分機|ext\.?)\s*/i)[0] ?? text

/** A subscriber's number that is a telephone number, and not a code such as D9000046-1. */
export const isTelephone = (text: string): boolean => /^[+\d\s()-]+$/.test(text) && digitsOf(text).length >= 7
