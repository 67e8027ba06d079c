import 'server-only'

/** On containers Composure makes for itself for a moment (to look into a volume): they are in no list. */
export const helperLabel = 'composure.helper'
