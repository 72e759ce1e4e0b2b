/** What the page of exchange rates reaches of the server. */
export { latestRates, RATES_A_PAGE, rateList } from '../db/queries/exchange-rates'
export { enterRates } from '../server/exchange-rates/enter'
export { withdrawForm, withdrawRate } from '../server/exchange-rates/withdraw'
