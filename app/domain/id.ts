/** Whether a text can be an id of the portal at all: what is none is looked up nowhere. */
export const isId = (text: string): boolean => /^[0-9A-Za-z_-]{1,64}$/.test(text)
