import { v7 } from 'uuid'

/** A new identifier: UUID version 7, so that rows made one after the other lie side by side. */
export const newId = (): string => v7()
