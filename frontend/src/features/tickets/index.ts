/** Tickets: to-do lists, the ticket's page, opening one, calling customers back. */
import { defineFeature } from '@/lib/feature'

const section = '/todo'

export const feature = defineFeature({
  rail: [
    { label: 'tickets.rail', icon: 'ticket', to: '/todo', rights: [], order: 10 },
    { label: 'callbacks.rail', icon: 'callback', to: '/callbacks', rights: ['callback.work', 'ticket.call_back'], order: 30 },
  ],
  routes: [
    {
      path: '/todo',
      component: () => import('./lists/TicketsShell.vue'),
      children: [
        { path: '/todo', name: 'todo', component: () => import('./lists/TodoPage.vue'), props: { list: 'mine' }, meta: { section, title: 'tickets.mine' } },
        { path: '/todo/department', name: 'todo-department', component: () => import('./lists/TodoPage.vue'), props: { list: 'department' }, meta: { section, title: 'tickets.department' } },
        { path: '/records', name: 'records', component: () => import('./lists/RecordsPage.vue'), meta: { section, title: 'tickets.records' } },
        { path: '/drafts', name: 'drafts', component: () => import('./lists/DraftsPage.vue'), meta: { section, title: 'tickets.drafts' } },
        { path: '/tickets', name: 'tickets', component: () => import('./lists/AllPage.vue'), meta: { section, title: 'tickets.all' } },
        { path: '/tickets/new', name: 'ticket-new', component: () => import('./new/NewRoute.vue'), props: (route) => ({ call: Number(route.query.call) || null }), meta: { section, title: 'tickets.new', rights: ['ticket.open'] } },
        { path: '/tickets/:number', name: 'ticket', component: () => import('./page/TicketPage.vue'), props: true, meta: { section, title: 'tickets.one' } },
      ],
    },
    { path: '/callbacks', name: 'callbacks', component: () => import('./callbacks/CallbacksPage.vue'), meta: { title: 'callbacks.title', rights: ['callback.work', 'ticket.call_back'] } },
  ],
})
