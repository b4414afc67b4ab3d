/** The smallest program that reads the feed and goes on where it stopped; with the clients of `clients/`. Pure. */
export const languages = ['curl', 'python', 'typescript'] as const
export type Language = (typeof languages)[number]

const curl = (origin: string) => `TOKEN=gdt_...
curl -L -H "Authorization: Bearer $TOKEN" \\
  "${origin}/api/v1/events?after=now"

# {"events": [], "cursor": "..."}
curl -L -H "Authorization: Bearer $TOKEN" \\
  "${origin}/api/v1/events?after=CURSOR&wait=30&type=TicketClosed"

# text/event-stream
curl -L -N -H "Authorization: Bearer $TOKEN" -H "Accept: text/event-stream" \\
  "${origin}/api/v1/events?after=CURSOR"`

const python = (origin: string) => `# pip install ./clients/python
import os

from gongdan_client import Client, FeedReader

client = Client("${origin}", os.environ["GONGDAN_TOKEN"])
for event in FeedReader(client, group="erp", types=["TicketClosed"]):
    print(event["id"], event["ticket"], event["data"])`

const typescript = (origin: string) => `// npm install ./clients/typescript
import { Client, FeedReader } from 'gongdan-client'

const client = new Client('${origin}', process.env.GONGDAN_TOKEN)
for await (const event of new FeedReader(client, { group: 'erp', types: ['TicketClosed'] })) {
  console.log(event.id, event.ticket, event.data)
}`

const examples: Record<Language, (origin: string) => string> = { curl, python, typescript }
export const exampleOf = (language: Language, origin: string): string => examples[language](origin)
