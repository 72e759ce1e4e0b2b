/** What the desk reads. */
export { deskOf } from '../db/queries/desk'
export { actsWaiting } from '../db/queries/waiting'
