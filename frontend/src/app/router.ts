/** Addresses of the desk. Everything but sign-in needs a session; where one wanted to go is kept. */
import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'
import { can, session } from '@/api/session'
import { features } from './features'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', redirect: '/todo' },
    { path: '/sign-in', name: 'sign-in', component: () => import('./signin/SignIn.vue'), meta: { open: true } },
    ...features.flatMap((feature) => feature.routes),
    { path: '/:rest(.*)*', name: 'not-found', component: () => import('./NotFound.vue') },
  ],
})

function guard(to: RouteLocationNormalized) {
  if (to.meta.open) return session.value ? '/' : true
  if (!session.value) return { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  const rights = to.meta.rights as string[] | undefined
  if (rights && !can(...rights)) return { name: 'not-found', params: { rest: to.path.slice(1).split('/') } }
  return true
}

router.beforeEach((to) => guard(to))
