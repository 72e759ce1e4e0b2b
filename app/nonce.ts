import { createContext } from 'react'

/**
 * The Content-Security-Policy's nonce while the server draws the page. In the browser it is empty, as browsers
 * hide nonces from scripts: so what both sides draw is the same.
 */
export const NonceContext = createContext('')
