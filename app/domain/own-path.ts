/** Where to go after signing in: a path of the portal itself, or the desk for anything else. */
export function ownPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > 2000) return '/desk'
  // One slash only: two, or a backslash, make a browser leave for another host.
  if (!/^\/(?![/\\])/.test(wanted) || wanted.includes('\\')) return '/desk'
  const base = 'https://portal.invalid'
  if (!URL.canParse(wanted, base)) return '/desk'
  const url = new URL(wanted, base)
  return url.origin === base ? url.pathname + url.search + url.hash : '/desk'
}
