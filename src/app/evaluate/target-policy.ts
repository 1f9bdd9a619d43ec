/** Reads the policy in question from a user's table, in any of the three forms it may come in. */
import { RapportError } from '../../core/errors.ts';
import type { Table } from './table.ts';

export interface TargetPolicy {
  readonly actions: readonly string[];
  readonly action: Int32Array;
  /** Chances, rows × actions. */
  readonly target: Float64Array;
  /** How the column was understood. */
  readonly meaning: string;
}

interface Columns {
  readonly action: string;
  readonly targetPolicy: string | undefined;
}

/** Cells that all name recorded choices are choices, even where the names are numbers. */
export function readTarget(
  table: Table,
  { action: actionColumn, targetPolicy }: Columns,
  taken: readonly string[],
  propensity: Float64Array,
): TargetPolicy {
  const refuse = (reason: string): never => {
    throw new RapportError('config_invalid', `${table.file}: ${reason}.`);
  };
  const empty = taken.indexOf('');
  if (empty >= 0) refuse(`column "${actionColumn}", row ${empty + 1} is empty`);
  const seen = [...new Set(taken)].sort();
  const numbered = (names: readonly string[]) => {
    const at = new Map(names.map((name, i) => [name, i]));
    return { at, action: Int32Array.from(taken, (name) => at.get(name) ?? 0) };
  };
  if (targetPolicy === undefined) {
    return {
      actions: seen,
      action: numbered(seen).action,
      target: new Float64Array(taken.length * seen.length).fill(1 / seen.length),
      meaning: `each of the ${seen.length} choices alike`,
    };
  }
  if (!table.columns.includes(targetPolicy)) {
    const columns = seen.map((name) => `${targetPolicy}_${name}`);
    if (!columns.every((name) => table.columns.includes(name))) table.text(targetPolicy);
    const chances = columns.map((name) => table.numbers(name));
    const target = new Float64Array(taken.length * seen.length);
    chances.forEach((column, a) => {
      column.forEach((chance, i) => {
        target[i * seen.length + a] = chance;
      });
    });
    return {
      actions: seen,
      action: numbered(seen).action,
      target,
      meaning: `the chances in ${columns.join(', ')}`,
    };
  }
  const cells = table.text(targetPolicy).map((cell) => cell.trim());
  const named = cells.every((cell) => seen.includes(cell));
  if (!named && cells.every((cell) => cell !== '' && Number.isFinite(Number(cell)))) {
    const chance = Float64Array.from(cells, Number);
    const wrong = chance.findIndex((value) => value < 0 || value > 1);
    if (wrong >= 0)
      refuse(
        `column "${targetPolicy}", row ${wrong + 1} holds "${cells[wrong]}", which is neither a recorded choice nor a chance from 0 to 1`,
      );
    const { action } = numbered(seen);
    return {
      actions: seen,
      action,
      target: sharedOut(action, seen.length, chance, propensity),
      meaning: `the chance of the recorded choice in ${targetPolicy}; dm and dr share out the rest by the estimated use of the other choices`,
    };
  }
  const blank = cells.indexOf('');
  if (blank >= 0) refuse(`column "${targetPolicy}", row ${blank + 1} is empty`);
  const actions = [...new Set([...taken, ...cells])].sort();
  const { at, action } = numbered(actions);
  const target = new Float64Array(taken.length * actions.length);
  cells.forEach((cell, i) => {
    target[i * actions.length + (at.get(cell) ?? 0)] = 1;
  });
  return { actions, action, target, meaning: `the choice named in ${targetPolicy}` };
}

/** Full rows from the recorded choice's chance alone; the other choices by their weighted frequency. */
function sharedOut(
  action: Int32Array,
  count: number,
  chance: Float64Array,
  propensity: Float64Array,
): Float64Array {
  const share = new Float64Array(count);
  action.forEach((a, i) => {
    share[a] = (share[a] ?? 0) + (chance[i] ?? 0) / (propensity[i] ?? 1);
  });
  const total = share.reduce((sum, value) => sum + value, 0);
  const target = new Float64Array(action.length * count);
  action.forEach((taken, i) => {
    const own = chance[i] ?? 0;
    const others = total - (share[taken] ?? 0);
    for (let a = 0; a < count; a++) {
      const part = others > 0 ? (share[a] ?? 0) / others : 1 / Math.max(1, count - 1);
      target[i * count + a] = a === taken ? own : (1 - own) * part;
    }
    // With a single choice there is nowhere else for the rest to go.
    if (count === 1) target[i] = 1;
  });
  return target;
}
