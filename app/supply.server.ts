/** What the pages of supply and minerals reach of the server. */
export { mineralList, mineralPage } from '../db/queries/minerals'
export { supplyOverview } from '../db/queries/supply'
