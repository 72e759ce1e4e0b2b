import { PROPOSAL_STATES } from './project-stage'

/** What a list of proposals is asked for. Values that no list offers are as if they were not there. */
export const proposalFilterFrom = (search: URLSearchParams) => ({
  search: search.get('q')?.trim().replaceAll('\0', '').slice(0, 100) || null,
  state: PROPOSAL_STATES.find((state) => state === search.get('state')) ?? null,
  page: Math.min(1000, Math.max(1, Math.trunc(Number(search.get('page')) || 1))),
})
