/** What the pages of records reach of the server. */
export { objectRecord } from '../db/queries/object-record'
