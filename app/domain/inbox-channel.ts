/** The channel of somebody's inbox. */
export const inboxChannel = (userId: string): string => `inbox-${userId}`
