/** A search request, checked against HubSpot's limits and turned into SQL. */
import { type ErrorDetail, invalid } from './api-error.ts';
import { findObjectType, type ObjectType } from './object-types.ts';
import { isNumber, type PropertyDefinition, toInstant } from './property-values.ts';

export interface SearchRequest {
  readonly query?: string;
  readonly limit?: number;
  readonly after?: string;
  readonly sorts?: readonly string[];
  readonly properties?: readonly string[];
  readonly filterGroups?: readonly { readonly filters: readonly Filter[] }[];
}
export interface Filter {
  readonly propertyName: string;
  readonly operator: string;
  readonly value?: string;
  readonly highValue?: string;
  readonly values?: readonly string[];
}

export interface SearchSql {
  readonly where: string;
  readonly orderBy: string;
  readonly params: readonly unknown[];
  readonly limit: number;
  readonly offset: number;
}

const MAX = {
  groups: 5,
  filters: 6,
  allFilters: 18,
  limit: 200,
  results: 10_000,
  values: 100,
} as const;

export interface SearchTarget {
  readonly type: ObjectType;
  readonly definitions: ReadonlyMap<string, PropertyDefinition>;
}

/** `params` start at `$1`; the table is called `o`. Throws the 400 envelope. */
export function searchSql(request: SearchRequest, target: SearchTarget): SearchSql {
  const groups = request.filterGroups ?? [];
  const { limit, offset } = checkedWindow(request, groups);
  const params: unknown[] = [target.type.name];
  const bind = (value: unknown): string => `$${params.push(value)}`;
  const where = ['o.object_type = $1', 'o.archived_at is null'];
  const groupTexts = groups.map(
    ({ filters }) =>
      `(${filters.map((filter) => filterSql(filter, target, bind)).join(' and ') || 'true'})`,
  );
  if (groupTexts.length > 0) where.push(`(${groupTexts.join(' or ')})`);
  if (request.query !== undefined && request.query.trim() !== '') {
    const pattern = bind(`%${request.query.trim().replace(/[\\%_]/g, '\\$&')}%`);
    where.push(
      `(${target.type.searchable.map((name) => `o.properties->>${bind(name)}::text ilike ${pattern}::text`).join(' or ')})`,
    );
  }
  return { where: where.join(' and '), orderBy: orderBy(request, target), params, limit, offset };
}

function checkedWindow(
  request: SearchRequest,
  groups: readonly { readonly filters: readonly Filter[] }[],
): { limit: number; offset: number } {
  const filters = groups.reduce((sum, group) => sum + group.filters.length, 0);
  if (groups.length > MAX.groups) throw invalid(`At most ${MAX.groups} filterGroups are allowed.`);
  if (groups.some((group) => group.filters.length > MAX.filters) || filters > MAX.allFilters) {
    throw invalid(
      `At most ${MAX.filters} filters per group and ${MAX.allFilters} in all are allowed.`,
    );
  }
  const limit = request.limit ?? 10;
  if (!Number.isInteger(limit) || limit < 0 || limit > MAX.limit) {
    throw invalid(`limit must be between 0 and ${MAX.limit}.`);
  }
  const after = request.after ?? '';
  if (!/^\d{0,9}$/.test(after)) throw invalid('after must be a number.');
  const offset = Number(after);
  if (offset + limit > MAX.results)
    throw invalid(`Paging beyond ${MAX.results} results is not possible.`);
  if ((request.sorts ?? []).length > 1) throw invalid('At most one sort is allowed.');
  return { limit, offset };
}

type Bind = (value: unknown) => string;
type Kind = 'text' | 'number' | 'instant' | 'day' | 'choice';

interface Column {
  readonly expression: string;
  readonly kind: Kind;
}

function columnOf(name: string, { type, definitions }: SearchTarget, bind: Bind): Column {
  if (name === 'hs_object_id') return { expression: 'o.id::numeric', kind: 'number' };
  if (name === type.createdProperty) return { expression: 'o.created_at', kind: 'instant' };
  if (name === type.modifiedProperty) return { expression: 'o.updated_at', kind: 'instant' };
  const definition = definitions.get(name);
  if (definition === undefined) {
    throw invalid('There was a problem with the request.', [
      {
        message: `Property "${name}" does not exist`,
        code: 'PROPERTY_DOESNT_EXIST',
        context: { propertyName: [name] },
      },
    ]);
  }
  const raw = `(o.properties->>${bind(name)}::text)`;
  switch (definition.type) {
    case 'number':
      return { expression: `${raw}::numeric`, kind: 'number' };
    case 'datetime':
      return { expression: `${raw}::timestamptz`, kind: 'instant' };
    case 'date':
      return { expression: raw, kind: 'day' };
    case 'string':
      return { expression: `lower(${raw})`, kind: 'text' };
    default:
      return { expression: raw, kind: 'choice' };
  }
}

const COMPARISONS: Readonly<Record<string, string>> = {
  LT: '<',
  LTE: '<=',
  GT: '>',
  GTE: '>=',
  EQ: '=',
};

function filterSql(filter: Filter, target: SearchTarget, bind: Bind): string {
  if (filter.propertyName.startsWith('associations.'))
    return associationSql(filter, target.type, bind);
  const { expression, kind } = columnOf(filter.propertyName, target, bind);
  const one = (value: string | undefined, field = 'value') =>
    `${bind(operand(filter, kind, given(filter, value, field)))}${cast(kind)}`;
  const many = () => {
    const values = filter.values ?? [];
    if (values.length === 0 || values.length > MAX.values)
      throw badFilter(filter, 'values are required (at most 100)');
    return `${bind(values.map((value) => operand(filter, kind, value)))}${cast(kind)}[]`;
  };
  switch (filter.operator) {
    case 'HAS_PROPERTY':
      return `${expression} is not null`;
    case 'NOT_HAS_PROPERTY':
      return `${expression} is null`;
    case 'NEQ':
      return `${expression} is distinct from ${one(filter.value)}`;
    case 'BETWEEN':
      return `${expression} between ${one(filter.value)} and ${one(filter.highValue, 'highValue')}`;
    case 'IN':
      return `${expression} = any(${many()})`;
    case 'NOT_IN':
      return `(${expression} is null or not ${expression} = any(${many()}))`;
    case 'CONTAINS_TOKEN':
    case 'NOT_CONTAINS_TOKEN': {
      const match = `coalesce(${expression}::text ~* ${bind(tokenPattern(given(filter, filter.value, 'value')))}::text, false)`;
      return filter.operator === 'CONTAINS_TOKEN' ? match : `not ${match}`;
    }
    default: {
      const comparison = COMPARISONS[filter.operator];
      if (comparison === undefined)
        throw badFilter(filter, `operator ${filter.operator} is unknown`);
      return `${expression} ${comparison} ${one(filter.value)}`;
    }
  }
}

const cast = (kind: Kind): string =>
  ({
    number: '::numeric',
    instant: '::timestamptz',
    text: '::text',
    day: '::text',
    choice: '::text',
  })[kind];

function operand(filter: Filter, kind: Kind, value: string): string {
  if (kind === 'text') return value.toLowerCase();
  if (kind === 'choice') return value;
  if (kind === 'number') {
    if (!isNumber(value)) throw badFilter(filter, `${value} is no number`);
    return value;
  }
  const at = toInstant(value);
  if (at === undefined) throw badFilter(filter, `${value} is no date`);
  return kind === 'day' ? at.toISOString().slice(0, 10) : at.toISOString();
}

function given(filter: Filter, value: string | undefined, field: string): string {
  if (value === undefined) throw badFilter(filter, `${field} is required for ${filter.operator}`);
  return value;
}

function badFilter(filter: Filter, why: string) {
  const detail: ErrorDetail = {
    message: `Filter on "${filter.propertyName}": ${why}`,
    context: { propertyName: [filter.propertyName] },
  };
  return invalid('There was a problem with the request.', [detail]);
}

/** Whole words, `*` standing for the rest of one. */
function tokenPattern(token: string): string {
  const escaped = token.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^\\s]*');
  return `(^|\\W)${escaped}($|\\W)`;
}

function associationSql(filter: Filter, from: ObjectType, bind: Bind): string {
  const to = findObjectType(filter.propertyName.slice('associations.'.length));
  if (to === undefined) throw badFilter(filter, 'there is no such object type');
  const ids =
    filter.operator === 'IN' ? (filter.values ?? []) : [given(filter, filter.value, 'value')];
  if (filter.operator !== 'EQ' && filter.operator !== 'IN')
    throw badFilter(filter, 'only EQ and IN are possible');
  if (ids.some((id) => !/^\d{1,16}$/.test(id))) throw badFilter(filter, 'ids must be numbers');
  return `exists (select 1 from sandbox.associations a where a.from_type = ${bind(from.name)} and a.from_id = o.id
    and a.to_type = ${bind(to.name)} and a.to_id = any(${bind(ids)}::bigint[]))`;
}

function orderBy(request: SearchRequest, target: SearchTarget): string {
  const sort = request.sorts?.[0];
  if (sort === undefined) return 'o.id';
  const descending = sort.startsWith('-');
  // A literal: the counting query shares the parameters, and PostgreSQL refuses unused ones.
  const literal: Bind = (name) => `'${String(name).replaceAll("'", "''")}'`;
  const { expression } = columnOf(descending ? sort.slice(1) : sort, target, literal);
  return `${expression} ${descending ? 'desc nulls last' : 'asc nulls last'}, o.id`;
}
