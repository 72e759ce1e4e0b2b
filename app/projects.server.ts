/** What the pages of projects and proposals reach of the server. */
export {
  allDelegations,
  allMinerals,
  allPartners,
  listProjects,
  PAGE_SIZE,
  type ProjectFilter,
  projectPage,
} from '../db/queries/projects'
export { proposalPage } from '../db/queries/proposals'
export { createProject, editProject } from '../server/projects/save'
export { renameProposal, withdrawProposal } from '../server/proposals/change'
export { startProposal } from '../server/proposals/start'
