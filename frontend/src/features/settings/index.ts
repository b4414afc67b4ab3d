/** Settings: organisation, catalogue, flows, tokens, and one's own desk. */
import { defineFeature } from '@/lib/feature'
import { integrationRoutes } from './integrations/routes'
import { phoneRoutes } from './phone/routes'

const page = (code: string) => `settings.pages.${code}.title`
const organisation = ['admin.organisation']

export const feature = defineFeature({
  rail: [{ label: 'settings.title', icon: 'settings', to: '/settings', rights: [], order: 90 }],
  routes: [
    {
      path: '/settings',
      component: () => import('./SettingsFrame.vue'),
      children: [
        { path: '', component: () => import('./SettingsHome.vue'), meta: { title: 'settings.title' } },
        { path: 'preferences', component: () => import('./me/Preferences.vue'), meta: { title: page('preferences') } },
        { path: 'departments', component: () => import('./organisation/Departments.vue'), meta: { title: page('departments'), rights: organisation } },
        { path: 'teams', component: () => import('./organisation/Teams.vue'), meta: { title: page('teams'), rights: organisation } },
        { path: 'people', component: () => import('./organisation/People.vue'), meta: { title: page('people'), rights: organisation } },
        { path: 'roles', component: () => import('./organisation/Roles.vue'), meta: { title: page('roles'), rights: organisation } },
        { path: 'why', component: () => import('./organisation/Why.vue'), meta: { title: page('why'), rights: organisation } },
        { path: 'categories', component: () => import('./catalogue/Categories.vue'), meta: { title: page('categories'), rights: ['admin.catalogue'] } },
        { path: 'categories/import', component: () => import('./catalogue/ImportTree.vue'), meta: { title: 'settings.import.title', rights: ['admin.catalogue'] } },
        { path: 'categories/:code/form', component: () => import('./catalogue/FormDesigner.vue'), props: true, meta: { title: 'settings.form.title', rights: ['admin.catalogue'] } },
        { path: 'flows', component: () => import('./flows/Flows.vue'), meta: { title: page('flows'), rights: ['admin.flows'] } },
        { path: 'flows/:code', component: () => import('./flows/FlowPage.vue'), props: true, meta: { title: page('flows'), rights: ['admin.flows'] } },
        { path: 'policies', component: () => import('./policies/Policies.vue'), meta: { title: page('policies'), rights: ['admin.policies'] } },
        { path: 'policies/:code', component: () => import('./policies/PolicyPage.vue'), props: true, meta: { title: page('policies'), rights: ['admin.policies'] } },
        { path: 'new-policy', component: () => import('./policies/NewPolicy.vue'), meta: { title: 'policies.new', rights: ['admin.policies'] } },
        { path: 'calendars', component: () => import('./calendars/Calendars.vue'), meta: { title: page('calendars'), rights: ['admin.calendars'] } },
        { path: 'calendars/:code', component: () => import('./calendars/CalendarPage.vue'), props: true, meta: { title: page('calendars'), rights: ['admin.calendars'] } },
        ...phoneRoutes,
        ...integrationRoutes,
        { path: 'tokens', component: () => import('./access/Tokens.vue'), meta: { title: page('tokens') } },
      ],
    },
  ],
})
