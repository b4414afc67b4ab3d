/** Every feature of the desk, found by its folder. */
import type { Feature, RailEntry } from '@/lib/feature'

const found = import.meta.glob<Feature>(['../features/*/index.ts', '../channels/*/index.ts'], { eager: true, import: 'feature' })

export const features: Feature[] = Object.values(found).filter(Boolean)

export const rail: RailEntry[] = features.flatMap((feature) => feature.rail).sort((a, b) => a.order - b.order)
