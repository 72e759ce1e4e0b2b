/** What the audit page's address may say; values that mean nothing are as if they were not there. */
export function auditFilterFrom(search: URLSearchParams) {
  const text = (name: string) => search.get(name)?.trim().replaceAll('\0', '').slice(0, 100) || null
  const day = (name: string) => {
    const value = search.get(name) ?? ''
    return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`)) ? value : null
  }
  return {
    search: text('q'),
    who: text('who'),
    from: day('from'),
    to: day('to'),
    page: Math.min(10_000, Math.max(1, Math.trunc(Number(search.get('page')) || 1))),
  }
}
