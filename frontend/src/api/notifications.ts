/** What the desk tells a person: in-app notifications. */
import { get, post } from './http'
import type { Page } from './paged'
import type { Sentence } from './tickets'

export interface Notification { id: number, at: string, read: boolean, number: string | null, subject?: string, sentence: Sentence }

export const listNotifications = (after: string | null = null, limit = 30): Promise<Page<Notification> & { unread: { count: number, more: boolean } }> => get('/notifications', { after, limit })
export const markRead = (upto: number): Promise<unknown> => post('/notifications/read', { upto })
