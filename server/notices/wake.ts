/** The word by which a transaction that wrote notices wakes the nodes when it commits. */
export const NOTICES_WRITTEN = 'forge_notices'
