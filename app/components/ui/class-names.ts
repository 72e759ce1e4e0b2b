/** Joins the classes that are given; false, null and undefined are left out. */
export const classNames = (...parts: (string | false | null | undefined)[]) => parts.filter(Boolean).join(' ')
