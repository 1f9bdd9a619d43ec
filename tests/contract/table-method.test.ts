import { Dbscan } from '../../src/ml/cluster/dbscan.ts';
import { FittedKMeans, KMeans } from '../../src/ml/cluster/kmeans.ts';
import { searchK } from '../../src/ml/cluster/kmeans-search.ts';
import { MiniBatchKMeans } from '../../src/ml/cluster/minibatch-kmeans.ts';
import { FittedPca, Pca } from '../../src/ml/decompose/pca.ts';
import type { Frame } from '../../src/ml/frame.ts';
import { FittedLinearRegression, LinearRegression } from '../../src/ml/linear/linear-regression.ts';
import {
  FittedPolynomialRegression,
  PolynomialRegression,
} from '../../src/ml/linear/polynomial-regression.ts';
import { BoostedCounts, FittedBoostedCounts } from '../../src/ml/tree/boosted-counts.ts';
import { tableMethodContract } from './table-method.contract.ts';

const groups = (saved: string, x: Frame) => [
  ...FittedKMeans.fromJSON(JSON.parse(saved)).predict(x),
];

tableMethodContract({
  name: 'KMeans',
  fewestRows: 3,
  learn: (x) => {
    const { model, labels } = new KMeans({ k: 3 }).fit(x, x.columns);
    return { saved: JSON.stringify(model), answers: [...labels], reload: groups };
  },
});

tableMethodContract({
  name: 'MiniBatchKMeans',
  fewestRows: 3,
  learn: (x) => {
    const { model, labels } = new MiniBatchKMeans({ k: 3, batch: 32 }).fit(x, x.columns);
    return { saved: JSON.stringify(model), answers: [...labels], reload: groups };
  },
});

tableMethodContract({
  name: 'the search for k',
  fewestRows: 2,
  learn: (x) => {
    const { model, labels } = searchK(x, { starts: 3, bootstraps: 3, maxK: 5 }, x.columns);
    return { saved: JSON.stringify(model), answers: [...labels], reload: groups };
  },
});

// DBSCAN labels the rows it is given and has no model for others.
tableMethodContract({
  name: 'Dbscan',
  learn: (x) => {
    const { labels, clusters } = new Dbscan({ eps: 3 }).fit(x, x.columns);
    return { saved: JSON.stringify({ labels: [...labels], clusters }), answers: [...labels] };
  },
});

tableMethodContract({
  name: 'Pca',
  learn: (x) => {
    const model = new Pca({ components: 2, whiten: true }).fit(x, x.columns);
    return {
      saved: JSON.stringify(model),
      answers: [...model.transform(x).data],
      reload: (saved, other) => [...FittedPca.fromJSON(JSON.parse(saved)).transform(other).data],
    };
  },
});

/** A number that depends on the columns, with a little of something else. */
const answersOf = ({ rows, cols, data }: Frame): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => {
    const [a = 0, b = 0, c = 0] = data.subarray(i * cols, (i + 1) * cols);
    return 2 * a - b + 0.5 * c + Math.sin(7 * i);
  });

tableMethodContract({
  name: 'LinearRegression',
  fewestRows: 5,
  refusesConstant: true,
  learn: (x) => {
    const model = new LinearRegression().fit(x, answersOf(x));
    return {
      saved: JSON.stringify(model),
      answers: [...model.predict(x)],
      reload: (saved, other) => [
        ...FittedLinearRegression.fromJSON(JSON.parse(saved)).predict(other),
      ],
    };
  },
});

tableMethodContract({
  name: 'PolynomialRegression',
  fewestRows: 10,
  refusesConstant: true,
  learn: (x) => {
    const model = new PolynomialRegression({ maxDegree: 2 }).fit(x, answersOf(x));
    return {
      saved: JSON.stringify(model),
      answers: [...model.predict(x)],
      reload: (saved, other) => [
        ...FittedPolynomialRegression.fromJSON(JSON.parse(saved)).predict(other),
      ],
    };
  },
});

tableMethodContract({
  name: 'BoostedCounts',
  fewestRows: 1,
  takesMissing: true,
  learn: (x) => {
    const counts = answersOf(x).map((value) => 1 + Math.round(Math.abs(value)));
    const model = new BoostedCounts({ rounds: 10, minLeafRows: 5 }).fit(x, counts);
    return {
      saved: JSON.stringify(model),
      answers: [...model.predict(x)],
      reload: (saved, other) => [...FittedBoostedCounts.fromJSON(JSON.parse(saved)).predict(other)],
    };
  },
});
