/** What the search page reaches of the server. */
export { MOST_HITS, search } from '../db/queries/search'
