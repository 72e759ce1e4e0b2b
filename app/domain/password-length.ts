/** Characters. Apart from the forms' schemas, so that a page can say them without these. */
export const MIN_PASSWORD = 12
export const MAX_PASSWORD = 128
