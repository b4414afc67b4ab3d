import { defineFeature } from '@/lib/feature'

export const feature = defineFeature({ routes: [], rail: [] })
