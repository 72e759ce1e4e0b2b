/** The pattern of `like` for any text that contains this one, in which no character has a meaning of its own. */
export const contains = (text: string) => `%${text.replace(/[\\%_]/g, (special) => `\\${special}`)}%`
