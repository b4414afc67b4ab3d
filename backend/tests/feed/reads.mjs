// Reads the feed with the compiled TypeScript client: node reads.mjs <compiled> <address> <token> <reading as JSON>.
// Writes a line per event, and one per place kept; ends at the last event of a test.
import { pathToFileURL } from 'node:url'

const [compiled, address, token, reading] = process.argv.slice(2)
const { Client, FeedReader, Problem } = await import(pathToFileURL(`${compiled}/index.js`).href)
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)
const client = new Client(address, token)
const ending = new AbortController()
const asked = { ...JSON.parse(reading), signal: ending.signal, save: (cursor) => say({ kept: cursor }) }
try {
  const opened = await client.ticketsPostTicket({ category: 'complaint', body: '宽带断了三天。没有人上门。' }, 'call-1')
  say({ number: opened.number })
  for await (const event of new FeedReader(client, asked)) {
    say({ event })
    if (event.type === 'TestEnded') ending.abort()
  }
} catch (error) {
  if (!(error instanceof Problem)) throw error
  say({ refused: error.code })
}
