/** The rule that lets someone see a ticket, made readable. */
export interface Reason { code: string, name: string, scope: string, matched: { key: string, name: string }[] }

const known = ['person', 'team', 'department', 'role', 'all']

/** `because.role` is a role's code; a kind of match that is not known is shown by its name alone. */
export function reasonOf(because: { role: string, scope: string, matched: { kind: string, name: string }[] }, roles: readonly { code: string, name: string }[]): Reason {
  return {
    code: because.role,
    name: roles.find((role) => role.code === because.role)?.name ?? because.role,
    scope: because.scope,
    matched: because.matched.map((match) => ({ key: known.includes(match.kind) ? match.kind : 'other', name: match.name })),
  }
}
