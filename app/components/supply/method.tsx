/** How the figures are made: formula, treatment of what is not known, and what counts of the portfolio. */
export function Method({ ceiling }: { ceiling: string }) {
  return (
    <details className="mb-8 border border-line bg-sheet px-3 py-2 text-sm">
      <summary className="cursor-pointer font-semibold">How these figures are made</summary>
      <dl className="mt-2 max-w-prose space-y-3 [&_dt]:font-semibold">
        <div>
          <dt>Shares</dt>
          <dd>
            A country’s tonnes ÷ the sum of all that the source lists: countries named and “other countries”.
            The source’s own world total is rounded and stands beside. Figures of the USGS and the IEA are on
            different bases; they are never added or compared here.
          </dd>
        </div>
        <div>
          <dt>Herfindahl–Hirschman index, 0 to 10,000</dt>
          <dd>
            HHI = Σ (share in %)². Ten equal producers give 1,000, a single one 10,000. The US Merger
            Guidelines of 2023 call markets above 1,800 highly concentrated and those from 1,000 moderately.
          </dd>
        </div>
        <div>
          <dt>“Other countries” and figures withheld</dt>
          <dd>
            Who the others are is not known. The lower bound takes them as so many that none counts, the upper
            as one country. A country whose figure is withheld or not available is in neither the sum nor the
            index; it is named on the mineral’s page.
          </dd>
        </div>
        <div>
          <dt>The gap</dt>
          <dd>
            With L tonnes of the largest country in a total of T, its share falls to the ceiling c = {ceiling}{' '}
            once L ÷ c − T more tonnes a year come from elsewhere: that is missing. Projects add their
            capacities C; they close C ÷ (L ÷ c − T) of it, at most all. 65 % is the most from one third
            country that the EU’s Critical Raw Materials Act, (EU) 2024/1252, aims at by 2030.
          </dd>
        </div>
        <div>
          <dt>Which projects count</dt>
          <dd>
            Those that you may see, not yet operating, not paused or ended, outside the largest country, with
            a capacity in contained tonnes a year for that mineral alone, at a stage that adds to the series
            (extraction and concentration to mines; refining, metal and alloy to the others). An integrated
            project counts at each of its stages. What counts, and what does not, is listed on the mineral’s
            page.
          </dd>
        </div>
      </dl>
    </details>
  )
}
