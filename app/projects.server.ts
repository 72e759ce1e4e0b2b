/** What the pages of projects and proposals reach of the server. */
export { allDelegations, allMinerals, allPartners } from '../db/queries/choices'
export { projectPage } from '../db/queries/project-page'
export { listProjects, PAGE_SIZE, type ProjectFilter, projectSites } from '../db/queries/projects'
export { listProposals, PROPOSALS_A_PAGE, type ProposalFilter, proposalPage } from '../db/queries/proposals'
export { createProject } from '../server/projects/create'
export { editProject } from '../server/projects/edit'
export { openProposal, startProposal } from '../server/proposals/start'
export { withdrawProposal } from '../server/proposals/withdraw'
