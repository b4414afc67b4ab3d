/** What a change will touch, said before it is saved: keys of sentences and their parameters, no words. */
export interface Touch { key: string, params?: Record<string, string | number> }

interface DepartmentLike { name: string, parent_id: number | null, head_id: number | null, active: boolean }

/** `below`: departments under it; `teams`: its own teams. */
export function departmentTouches(before: DepartmentLike, after: DepartmentLike, below: number, teams: number): Touch[] {
  const touches: Touch[] = []
  if (before.name !== after.name) touches.push({ key: 'department_name' })
  if (before.parent_id !== after.parent_id) touches.push({ key: 'department_moved', params: { below } })
  if (before.head_id !== after.head_id) touches.push({ key: after.head_id === null ? 'department_no_head' : 'department_head' })
  if (before.active && !after.active) touches.push({ key: 'department_off', params: { below, teams } })
  if (!before.active && after.active) touches.push({ key: 'department_on' })
  return touches
}

interface RoleLike { name: string, rights: string[], scope: string, category_ids: number[], customer_levels: string[] }

export const addedTo = (before: readonly string[], after: readonly string[]): string[] => after.filter((one) => !before.includes(one))

export function roleTouches(before: RoleLike, after: RoleLike): Touch[] {
  const touches: Touch[] = []
  const more = addedTo(before.rights, after.rights).length
  const fewer = addedTo(after.rights, before.rights).length
  if (before.name !== after.name) touches.push({ key: 'role_name' })
  if (more) touches.push({ key: 'role_more', params: { n: more } })
  if (fewer) touches.push({ key: 'role_fewer', params: { n: fewer } })
  if (before.scope !== after.scope) touches.push({ key: 'role_scope' })
  if (String(before.category_ids) !== String(after.category_ids) || String(before.customer_levels) !== String(after.customer_levels)) {
    touches.push({ key: 'role_narrowed' })
  }
  if (touches.length && touches.some((touch) => touch.key !== 'role_name')) touches.push({ key: 'role_when' })
  return touches
}

interface PersonLike { department_id: number, team_ids: number[], active: boolean }

export function personTouches(before: PersonLike, after: PersonLike): Touch[] {
  const touches: Touch[] = []
  if (before.department_id !== after.department_id) touches.push({ key: 'person_department' })
  if (String(before.team_ids) !== String(after.team_ids)) touches.push({ key: 'person_teams' })
  if (before.active && !after.active) touches.push({ key: 'person_off' })
  if (!before.active && after.active) touches.push({ key: 'person_on' })
  return touches.length ? touches : [{ key: 'person_details' }]
}

interface CategoryLike { name: string, parent: number | null, active: boolean, settings: Record<string, unknown> }

/** `below`: categories under it that inherit; open tickets always keep what they were opened with. */
export function categoryTouches(before: CategoryLike, after: CategoryLike, below: number): Touch[] {
  const touches: Touch[] = []
  const changed = (name: string) => before.settings[name] !== after.settings[name]
  if (before.name !== after.name) touches.push({ key: 'category_name' })
  if (before.parent !== after.parent) touches.push({ key: 'category_moved', params: { below } })
  if (before.active && !after.active) touches.push({ key: 'category_off', params: { below } })
  if (!before.active && after.active) touches.push({ key: 'category_on' })
  if (['kind', 'flow', 'entry_department', 'default_priority'].some(changed)) touches.push({ key: 'category_new_tickets' })
  if (['callback_mode', 'callback_rate'].some(changed)) touches.push({ key: 'category_callback' })
  if (below > 0 && Object.keys(after.settings).some(changed)) touches.push({ key: 'category_below', params: { below } })
  return touches
}
