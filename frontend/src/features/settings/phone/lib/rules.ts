/** The line's rules, in the groups they are shown in, with the bounds the server keeps. Pure. */
import type { LineSettings } from '@/api/phone'

export type RuleName = Exclude<keyof LineSettings, 'disposition_required' | 'version'>
export interface Rule { name: RuleName, unit: 'seconds' | 'days' | 'calls', least: number, most: number }

const rule = (name: RuleName, unit: Rule['unit'], least: number, most: number): Rule => ({ name, unit, least, most })

export const ruleGroups: { code: 'after' | 'targets' | 'repeat' | 'kept', rules: Rule[] }[] = [
  { code: 'after', rules: [rule('wrap_up_seconds', 'seconds', 0, 3600)] },
  { code: 'targets', rules: [rule('daily_target', 'calls', 1, 1000), rule('long_call_seconds', 'seconds', 30, 7200), rule('short_abandon_seconds', 'seconds', 0, 60)] },
  { code: 'repeat', rules: [rule('repeat_calls', 'calls', 2, 50), rule('repeat_days', 'days', 1, 90), rule('merge_days', 'days', 1, 30)] },
  { code: 'kept', rules: [rule('recording_days', 'days', 1, 3650), rule('signal_days', 'days', 7, 3650)] },
]

/** Only what differs; an emptied field is no change. */
export function ruleChanges(before: LineSettings, after: Partial<LineSettings>): Partial<LineSettings> {
  const names = [...ruleGroups.flatMap((group) => group.rules.map((one) => one.name)), 'disposition_required'] as (keyof LineSettings)[]
  return Object.fromEntries(names.filter((name) => after[name] !== undefined && after[name] !== before[name]).map((name) => [name, after[name]]))
}
