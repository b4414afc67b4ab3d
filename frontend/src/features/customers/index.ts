/** Customers: found by anything one knows, their page, and the levels they may have. */
import { defineFeature } from '@/lib/feature'

const view = ['customer.view', 'customer.edit']

export const feature = defineFeature({
  rail: [{ label: 'customers.title', icon: 'customer', to: '/customers', rights: view, order: 20 }],
  routes: [
    { path: '/customers', name: 'customers', component: () => import('./list/CustomersPage.vue'), meta: { title: 'customers.title', rights: view } },
    { path: '/customers/new', name: 'customer-new', component: () => import('./edit/NewPage.vue'), meta: { title: 'customers.new', rights: ['customer.edit'] } },
    { path: '/customers/levels', name: 'customer-levels', component: () => import('./levels/LevelsPage.vue'), meta: { title: 'customers.levels.title', rights: ['admin.customers'] } },
    { path: '/customers/:id(\\d+)', name: 'customer', component: () => import('./page/CustomerPage.vue'), props: (route) => ({ id: Number(route.params.id) }), meta: { title: 'customers.one', rights: view } },
  ],
})
