/** What a text's comments reach of the server. */
export { actOnComments } from '../server/comments/act'
export { mentionChoices } from '../server/comments/mentions'
export { readComments } from '../server/comments/read'
