/** As high as the map that comes. */
export const NO_MAP_YET = <div className="aspect-[960/467] border border-line bg-well" />
