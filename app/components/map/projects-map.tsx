import { late } from '../ui/late'
import type { MapPin } from './placed'

const Pins = late<{ pins: readonly MapPin[] }>(
  () => import('./pins'),
  'The map',
  <div className="aspect-[960/467] border border-line bg-well" />,
)

/** Where projects are. The map comes after the page: the list says the same in words. */
export const ProjectsMap = ({ pins }: { pins: readonly MapPin[] }) => <Pins pins={pins} />
