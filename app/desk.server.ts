/** What the desk reads. */
export { deskOf } from '../db/queries/desk'
