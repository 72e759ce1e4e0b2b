/** In the place of a text that is not there yet. */
export const OpeningNote = () => (
  <p role="status" className="py-4 text-sm text-muted">
    Opening the document…
  </p>
)
