export { FeedReader, type FeedEvent, type Reading } from './feed.js'
export { Problem, Transport } from './http.js'
export { Operations as Client } from './operations.js'
export type * as types from './types.js'
