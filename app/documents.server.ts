/** What the pages of documents and proposals reach of the server. */
export {
  delegationsToInvite,
  documentFor,
  pathOf,
  readableDocuments,
} from '../db/queries/documents'
export { partLines } from '../db/queries/parts'
export { labelsOf, suggestLinks } from '../db/queries/portal-links'
export { EXPORT_FORMATS, type ExportFormat, exportDocument } from '../server/documents/export'
export { grant, grantForm } from '../server/documents/grant'
export { importDocument, importForm, MAX_FILE_BYTES } from '../server/documents/import'
export { markDocument, markForm } from '../server/documents/mark'
export { audiencesForm, nameAudiences } from '../server/documents/name-audiences'
export { nameVersion } from '../server/documents/name-version'
export { readHistory } from '../server/documents/read-history'
export { readSuggestions } from '../server/documents/read-suggestions'
export { renameDocument } from '../server/documents/rename'
export { restoreVersion } from '../server/documents/restore-version'
export { keepAside, MAX_ASIDE_BYTES } from '../server/documents/set-aside'
export { acceptAside, discardAside, readAside } from '../server/documents/settle-aside'
export { partForm, startPart } from '../server/documents/start-part'
export { withdrawGrant } from '../server/documents/withdraw-grant'
export { adoptPicture, keepPicture } from '../server/pictures/keep'
export { readPicture, seePicture } from '../server/pictures/read'
