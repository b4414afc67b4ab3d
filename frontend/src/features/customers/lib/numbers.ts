/** Whether something typed is worth asking "whose number is this": seven digits or more, as written by anyone. */
export const digitsOf = (text: string): string => text.normalize('NFKC').replace(/\D/g, '')

export const worthAsking = (text: string): boolean => digitsOf(text).length >= 7

/** For eyes that may see the number but need not: 138****5678. Short numbers keep their last two. */
export function veiled(text: string): string {
  const digits = digitsOf(text).length
  const keep = digits >= 11 ? { first: 3, last: 4 } : { first: Math.max(0, digits - 6), last: 2 }
  let seen = 0
  return [...text].map((sign) => {
    if (!/\d/.test(sign)) return sign
    seen += 1
    return seen <= keep.first || seen > digits - keep.last ? sign : '*'
  }).join('')
}

/** A subscriber's number that is a telephone number, and not a code such as D9000046-1. */
export const isTelephone = (text: string): boolean => /^[+\d\s()-]+$/.test(text) && digitsOf(text).length >= 7
