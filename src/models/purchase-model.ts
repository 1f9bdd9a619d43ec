/** How many purchases are still to come: BG/NBD, boosted trees beside it, or the mean of the two. */
import type { Cohort } from '../features/purchase-cohort.ts';
import type { Frame } from '../ml/frame.ts';
import { BoostedCounts, FittedBoostedCounts } from '../ml/tree/boosted-counts.ts';
import { type BgNbdModel, expectedPurchases, fitBgNbd } from '../ml/value/bg-nbd.ts';
import type { PurchaseHistories } from '../ml/value/bg-nbd-likelihood.ts';

export const PURCHASE_KINDS = ['bg_nbd', 'boosting', 'mean_of_both'] as const;
export type PurchaseKind = (typeof PURCHASE_KINDS)[number];

/** Plain data. */
export interface PurchaseModel {
  readonly kind: PurchaseKind;
  readonly bgNbd: BgNbdModel;
  /** `null` where BG/NBD alone answers. */
  readonly boosted: Boosted | null;
}

export interface Boosted {
  readonly trees: Parameters<typeof FittedBoostedCounts.fromJSON>[0];
  /** Mean age of the customers asked about: the unit of the trees' times. */
  readonly meanAge: number;
}

/** What the trees read of each customer; amounts are those of {@link Cohort}. */
export type BuyerRows = PurchaseHistories & Pick<Cohort, 'meanSpend' | 'spent'>;

const COLUMNS = [
  'ln_expected',
  'repeats',
  'last_at',
  'age',
  'silence',
  'mean_spend',
  'rate',
  'spent',
] as const;

/** Few, shallow, slowly learned trees: a portal has some hundreds to some thousands of buyers. */
const TREES = { rounds: 60, learningRate: 0.05, maxLeaves: 4, minLeafRows: 100 } as const;

function frameOf(bgNbd: BgNbdModel, rows: BuyerRows, ahead: number, meanAge: number): Frame {
  const width = COLUMNS.length;
  const data = new Float64Array(rows.repeats.length * width);
  for (let i = 0; i < rows.repeats.length; i++) {
    const x = rows.repeats[i] ?? 0;
    const [last, age] = [(rows.lastAt[i] ?? 0) / meanAge, (rows.age[i] ?? 0) / meanAge];
    const expected = expectedPurchases(bgNbd, x, rows.lastAt[i] ?? 0, rows.age[i] ?? 0, ahead);
    data.set(
      [
        Math.log((expected * meanAge) / ahead + 1e-9),
        x,
        last,
        age,
        age - last,
        rows.meanSpend[i] ?? 0,
        x / Math.max(1e-9, age),
        rows.spent[i] ?? 0,
      ],
      i * width,
    );
  }
  return { rows: rows.repeats.length, cols: width, data, columns: COLUMNS };
}

export const meanOf = (values: Float64Array): number =>
  values.length === 0 ? 0 : values.reduce((sum, v) => sum + v, 0) / values.length;

/** `later` of `cohort` are what the trees learn; `asked` are whom they will be asked about. */
export function fitBoosted(
  learnt: { readonly bgNbd: BgNbdModel; readonly cohort: Cohort },
  asked: PurchaseHistories,
  seed: number,
): Boosted {
  const { bgNbd, cohort } = learnt;
  const x = frameOf(bgNbd, cohort, cohort.ahead, meanOf(cohort.age));
  const fitted = new BoostedCounts({ ...TREES, seed }).fit(x, cohort.laterPurchases);
  return {
    trees: fitted.toJSON() as unknown as Boosted['trees'],
    meanAge: meanOf(asked.age),
  };
}

/** BG/NBD alone, on all that is known. @throws RapportError as {@link fitBgNbd}. */
export const plainModel = (rows: PurchaseHistories): PurchaseModel => ({
  kind: 'bg_nbd',
  bgNbd: fitBgNbd(rows),
  boosted: null,
});

/** Readable trees of a stored model, read back once. */
const readTrees = new WeakMap<Boosted, FittedBoostedCounts>();

function treesOf(boosted: Boosted): FittedBoostedCounts {
  const known = readTrees.get(boosted) ?? FittedBoostedCounts.fromJSON(boosted.trees);
  readTrees.set(boosted, known);
  return known;
}

/** Expected purchases of every row in the next `ahead` units of time. */
export function expectPurchases(
  { kind, bgNbd, boosted }: PurchaseModel,
  rows: BuyerRows,
  ahead: number,
): Float64Array {
  const plain = rows.repeats.map((x, i) =>
    expectedPurchases(bgNbd, x, rows.lastAt[i] ?? 0, rows.age[i] ?? 0, ahead),
  );
  if (kind === 'bg_nbd' || boosted === null) return plain;
  const trees = treesOf(boosted).predict(frameOf(bgNbd, rows, ahead, boosted.meanAge));
  return kind === 'boosting' ? trees : plain.map((p, i) => (p + (trees[i] ?? 0)) / 2);
}
