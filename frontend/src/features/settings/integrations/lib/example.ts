/** The smallest program that reads the feed and goes on where it stopped. Pure. */
export const languages = ['curl', 'python', 'typescript'] as const
export type Language = (typeof languages)[number]

const curl = (origin: string) => `# ${origin}/api/v1/events
TOKEN=gdt_...
curl -L "${origin}/api/v1/events?after=now" -H "Authorization: Bearer $TOKEN"

# {"events": [], "cursor": "..."}
curl -L "${origin}/api/v1/events?after=CURSOR&wait=30&type=TicketClosed" -H "Authorization: Bearer $TOKEN"

# text/event-stream
curl -L -N "${origin}/api/v1/events?after=CURSOR" -H "Authorization: Bearer $TOKEN" -H "Accept: text/event-stream"`

const python = (origin: string) => `import json, os, urllib.parse, urllib.request

ADDRESS = "${origin}/api/v1/events"
HEADERS = {"Authorization": "Bearer " + os.environ["GONGDAN_TOKEN"]}


def read(cursor: str) -> dict:
    query = urllib.parse.urlencode({"after": cursor, "wait": 30})
    request = urllib.request.Request(f"{ADDRESS}?{query}", headers=HEADERS)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


cursor = "now"
while True:
    page = read(cursor)
    for event in page["events"]:
        print(event["id"], event["type"], event["ticket"])
    cursor = page["cursor"]`

const typescript = (origin: string) => `const address = '${origin}/api/v1/events'
const headers = { Authorization: \`Bearer \${process.env.GONGDAN_TOKEN}\` }

let cursor = 'now'
for (;;) {
  const query = new URLSearchParams({ after: cursor, wait: '30' })
  const answer = await fetch(\`\${address}?\${query}\`, { headers })
  if (!answer.ok) throw new Error(await answer.text())
  const page = await answer.json()
  for (const event of page.events) console.log(event.id, event.type, event.ticket)
  cursor = page.cursor
}`

const examples: Record<Language, (origin: string) => string> = { curl, python, typescript }
export const exampleOf = (language: Language, origin: string): string => examples[language](origin)
