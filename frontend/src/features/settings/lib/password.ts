/** A password that can be read out over a phone: no letter or digit that looks like another. */
const signs = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** Four groups of four, each sign drawn evenly by the browser's own randomness. */
export function newPassword(): string {
  const drawn: string[] = []
  const even = 256 - (256 % signs.length)
  while (drawn.length < 16) {
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) if (byte < even && drawn.length < 16) drawn.push(signs[byte % signs.length]!)
  }
  return [0, 4, 8, 12].map((at) => drawn.slice(at, at + 4).join('')).join('-')
}
