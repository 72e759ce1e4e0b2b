/** What the pages of the pipeline reach of the server. */
export {
  ASKS_A_PAGE,
  MOST_EXPORTED,
  pipelineCards,
  pipelineInstitutions,
  pipelineSums,
  pipelineTable,
} from '../db/queries/pipeline-asks'
export { pipelineFunnel, pipelineTimes } from '../db/queries/pipeline-times'
export { printPipeline, strictestOf, totalsWords } from '../server/pipeline/print'
export { dropView, keepView, viewsOf } from '../server/views/saved'
