/** What the pages of the pipeline reach of the server. */
export {
  ASKS_A_PAGE,
  MOST_EXPORTED,
  pipelineCards,
  pipelineInstitutions,
  pipelineSums,
  pipelineTable,
} from '../db/queries/pipeline-asks'
export { pipelineFunnel, pipelineMarkings, pipelineTimes } from '../db/queries/pipeline-times'
export { MAX_EVIDENCE_BYTES } from '../server/financing/files'
export { moveAsk } from '../server/financing/move'
export { newId as newMoveKey } from '../server/ids'
export { movesFor } from '../server/pipeline/may-move'
export { printPipeline, totalsWords } from '../server/pipeline/print'
export { dropView, keepView, viewsOf } from '../server/views/saved'
