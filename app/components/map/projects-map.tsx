import { late } from '../ui/late'
import { NO_MAP_YET } from './no-map-yet'

/** Where projects are. The map comes after the page: the list says the same in words. */
export const ProjectsMap = late(() => import('./pins'), 'The map', NO_MAP_YET)
