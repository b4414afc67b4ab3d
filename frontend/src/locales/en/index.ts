/** All words of this language; the file's name is the first part of the key. */
const files = import.meta.glob<Record<string, unknown>>('./*.json', { eager: true, import: 'default' })

const messages: Record<string, Record<string, unknown>> = {}
for (const [path, words] of Object.entries(files)) messages[path.slice(2, -'.json'.length)] = words

export default messages
