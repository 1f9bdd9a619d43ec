/** What to offer next: rules over what people bought, a classifier where rules are thin, and what forbids an offer. */
import type { Ticket } from '../core/record.ts';
import type { OfferBlock, OfferScore } from '../core/score.ts';
import { basketsOf, ownedSkus } from '../features/baskets.ts';
import type { ContactFacts } from '../features/facts.ts';
import {
  candidateSettings,
  type Dated,
  type HitRates,
  hitRates,
  selectSettings,
  splitHistories,
} from '../ml/rules/hit-rate.ts';
import {
  fitNextItems,
  type NextItemsModel,
  type NextItemsRanker,
  type NextItemsSettings,
  nextItemsRanker,
} from '../ml/rules/next-items.ts';
import { splitByTime } from '../ml/split.ts';
import { fitNeeds, type NeedsReport, needFacts, predictNeeds } from './needs.ts';
import type { NeedsModel } from './needs-learners.ts';
import { significant } from './numbers.ts';
import { typeLabels } from './text-labels.ts';

export interface CatalogueItem {
  readonly sku: string;
  readonly name: string;
}

/** Plain data. Item numbers of the rules are places in the catalogue. */
export interface OffersModel {
  readonly catalogue: readonly CatalogueItem[];
  readonly items: NextItemsModel;
  readonly needs: NeedsModel | null;
}

export interface OffersReport {
  readonly purchases: number;
  readonly rules: number;
  /** On the newest fifth of the purchases, items never had before, 5 proposed; `null` with too few. */
  readonly heldOut:
    | (Pick<HitRates, 'n' | 'rules' | 'popularity'> & {
        readonly low: number;
        readonly high: number;
      })
    | null;
  readonly needs: NeedsReport | null;
}

const MAX_ITEMS = 200;
const MIN_BUYERS = 5;
const MIN_PURCHASES = 30;
const MIN_CASES = 20;
const TOP = 5;
const DEFAULT: NextItemsSettings = { unit: 'customer', from: 'all', minCount: 10, shrinkage: 20 };

/** `null` while fewer than 30 won deals name an article by its SKU. */
export function fitOffers(
  contacts: readonly ContactFacts[],
  asOf: Date,
): { readonly model: OffersModel; readonly report: OffersReport } | null {
  const bought = contacts.map((facts) => basketsOf(facts, asOf));
  const catalogue = catalogueOf(bought);
  const numbers = new Map(catalogue.map(({ sku }, i) => [sku, i]));
  const customers = bought.map((baskets) =>
    baskets.flatMap(({ at, items }): Dated[] => {
      const known = items.flatMap(({ sku }) => numbers.get(sku) ?? []);
      return known.length === 0 ? [] : [{ atMs: at.getTime(), items: [...new Set(known)] }];
    }),
  );
  const times = customers.flat().map((b) => b.atMs);
  if (times.length < MIN_PURCHASES || catalogue.length < 2) return null;
  const { cutMs } = splitByTime(times, 0.2);
  const { earlier, cases } = splitHistories(customers, cutMs);
  const settings = chooseSettings(customers, catalogue.length, cutMs);
  const judged =
    cases.length < MIN_CASES
      ? null
      : hitRates(fitNextItems(earlier, catalogue.length, settings), cases, TOP, true);
  const items = fitNextItems(
    customers.map((baskets) => baskets.map((b) => b.items)),
    catalogue.length,
    settings,
  );
  const needs = fitNeeds(contacts, customers);
  return {
    model: { catalogue, items, needs: needs?.model ?? null },
    report: {
      purchases: times.length,
      rules: items.rules.length,
      heldOut:
        judged === null || judged.n < MIN_CASES
          ? null
          : {
              n: judged.n,
              rules: significant(judged.rules, 4),
              popularity: significant(judged.popularity, 4),
              low: significant(judged.difference.low, 4),
              high: significant(judged.difference.high, 4),
            },
      needs: needs?.report ?? null,
    },
  };
}

/** The settings that did best inside the training part; the default with too little to choose by. */
function chooseSettings(
  customers: readonly (readonly Dated[])[],
  itemCount: number,
  cutMs: number,
): NextItemsSettings {
  const training = customers.map((baskets) => baskets.filter((b) => b.atMs < cutMs));
  const times = training.flat().map((b) => b.atMs);
  const inner = splitByTime(times, 0.2).cutMs;
  if (splitHistories(training, inner).cases.length < MIN_CASES) return DEFAULT;
  const candidates = [DEFAULT, ...candidateSettings([DEFAULT.minCount])];
  return selectSettings(training, itemCount, inner, candidates, { top: TOP, fresh: true }).settings;
}

/**
 * Articles by buyers; the name is the one used last. A `;` would part the options of a property, and a
 * CRM tells no options apart by their case: of two such spellings the commoner stands.
 */
function catalogueOf(bought: readonly ReturnType<typeof basketsOf>[]): CatalogueItem[] {
  const buyers = new Map<string, number>();
  const names = new Map<string, { name: string; atMs: number }>();
  for (const baskets of bought) {
    const own = new Set<string>();
    for (const { at, items } of baskets)
      for (const { sku, name } of items) {
        if (sku.includes(';')) continue;
        own.add(sku);
        if (at.getTime() >= (names.get(sku)?.atMs ?? Number.NEGATIVE_INFINITY))
          names.set(sku, { name, atMs: at.getTime() });
      }
    for (const sku of own) buyers.set(sku, (buyers.get(sku) ?? 0) + 1);
  }
  return [...buyers]
    .filter(([, n]) => n >= MIN_BUYERS)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .filter(([sku], i, all) => all.findIndex((o) => isSame(o[0], sku)) === i)
    .slice(0, MAX_ITEMS)
    .map(([sku]) => ({ sku, name: names.get(sku)?.name ?? sku }));
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** An open case is a problem unless somebody filed it as something else. */
export const isOpenProblem = (ticket: Ticket): boolean =>
  ticket.open &&
  (ticket.priority === 'urgent' || (typeLabels([ticket], [])[0]?.label ?? 'problem') === 'problem');

/** Why nothing may be offered now; the first rule that forbids it is the one shown. */
export function offerBlock(facts: ContactFacts, reachable: boolean): OfferBlock | null {
  if (facts.tickets.some(isOpenProblem)) return 'open_problem';
  return reachable ? null : 'no_consent';
}

/** What every contact's advice starts from. */
interface Shelf {
  readonly ranker: NextItemsRanker;
  /** Articles' numbers by sku. */
  readonly numbers: ReadonlyMap<string, number>;
}
const shelves = new WeakMap<OffersModel, Shelf>();

function shelfOf(model: OffersModel): Shelf {
  const known = shelves.get(model);
  if (known !== undefined) return known;
  const made = {
    ranker: nextItemsRanker(model.items),
    numbers: new Map(model.catalogue.map(({ sku }, i) => [sku, i])),
  };
  shelves.set(model, made);
  return made;
}

/**
 * The best offer among what the contact neither owns nor is being offered in an open deal; `null`
 * when nothing is left. An offer that may not be made now carries the reason in `blocked`.
 * @param reachable whether any channel is allowed for this contact.
 */
export function adviseOffer(
  model: OffersModel,
  facts: ContactFacts,
  asOf: Date,
  reachable: boolean,
): OfferScore | null {
  const { catalogue, items, needs } = model;
  const { ranker, numbers } = shelfOf(model);
  const owned = new Set([...ownedSkus(facts, asOf)].flatMap((sku) => numbers.get(sku) ?? []));
  const history = basketsOf(facts, asOf).map((b) =>
    b.items.flatMap(({ sku }) => numbers.get(sku) ?? []),
  );
  const [best] = ranker.rank(history, 1, owned);
  if (best === undefined) return null;
  const blocked = offerBlock(facts, reachable);
  const named = (item: number): CatalogueItem => catalogue[item] ?? { sku: '', name: '' };
  if (best.rule !== null) {
    const { left, count, n, confidence, usual, lift } = best.rule;
    return {
      ...named(best.item),
      basis: 'rule',
      because: named(left),
      chance: confidence,
      usual,
      lift,
      count,
      n,
      blocked,
    };
  }
  const predicted = needs === null ? null : predictNeeds(needs, needFacts(facts.contact, history));
  const need = predicted?.find(({ item }) => !owned.has(item));
  if (needs !== null && need !== undefined && need.chance > need.usual)
    return {
      ...named(need.item),
      basis: 'similar',
      because: null,
      chance: need.chance,
      usual: need.usual,
      lift: need.chance / need.usual,
      count: null,
      n: needs.n,
      blocked,
    };
  const usual = items.popularity[best.item] ?? 0;
  return {
    ...named(best.item),
    basis: 'everyone',
    because: null,
    chance: usual,
    usual,
    lift: 1,
    count: Math.round(usual * items.observations),
    n: items.observations,
    blocked,
  };
}
