/** What the pages of documents and proposals reach of the server. */
export {
  delegationsToInvite,
  documentFor,
  readableDocuments,
  textAccess,
} from '../db/queries/documents'
export { EXPORT_FORMATS, type ExportFormat, exportDocument } from '../server/documents/export'
export { grant, grantForm, withdrawGrant } from '../server/documents/grant'
export { importDocument, importForm, MAX_FILE_BYTES } from '../server/documents/import'
