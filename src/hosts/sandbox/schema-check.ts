/** Checks bodies against HubSpot's schemas, requests and replies alike. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type AnySchema, type ErrorObject, type ValidateFunction } from 'ajv';
import ajvFormats from 'ajv-formats';
import { UNMODELLED_SCHEMAS } from './unmodelled-schemas.ts';

export interface SchemaCheck {
  /** What is wrong with `body` as a `schema`, one line each; empty when nothing is. */
  problems(schema: string, body: unknown): readonly SchemaProblem[];
}

export interface SchemaProblem {
  /** JSON pointer, empty for the whole body. */
  readonly path: string;
  readonly message: string;
}

// The compiled program lives one folder deeper than its sources; the schemas stay beside the sources.
const PLACES = ['./generated/', '../../../../src/hosts/sandbox/generated/'];

export function createSchemaCheck(): SchemaCheck {
  const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });
  ajvFormats.default(ajv);
  const { definitions } = JSON.parse(readSchemas()) as { definitions: Record<string, AnySchema> };
  ajv.addSchema({ $id: 'hubspot', definitions: { ...definitions, ...UNMODELLED_SCHEMAS } });
  const compiled = new Map<string, ValidateFunction>();

  function validator(schema: string): ValidateFunction {
    const known = compiled.get(schema);
    if (known !== undefined) return known;
    const found = ajv.getSchema(`hubspot#/definitions/${schema}`);
    if (found === undefined) throw new RangeError(`No schema ${schema}.`);
    compiled.set(schema, found as ValidateFunction);
    return found as ValidateFunction;
  }

  return {
    problems(schema, body) {
      const validate = validator(schema);
      return validate(body) ? [] : (validate.errors ?? []).map(problem);
    },
  };
}

function problem(error: ErrorObject): SchemaProblem {
  const extra = error.params['additionalProperty'];
  const message = error.message ?? error.keyword;
  return {
    path: error.instancePath,
    message: typeof extra === 'string' ? `unknown field "${extra}"` : message,
  };
}

function readSchemas(): string {
  for (const place of PLACES) {
    const file = fileURLToPath(new URL(`${place}hubspot-schemas.json`, import.meta.url));
    if (existsSync(file)) return readFileSync(file, 'utf8');
  }
  throw new Error('The generated HubSpot schemas are missing: run "npm run schemas".');
}
