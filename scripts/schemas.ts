/** Turns the model types of HubSpot's client into JSON Schema for the sandbox; `--check` only compares. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  [keyword: string]: unknown;
}
type Definitions = Record<string, Schema>;

/** Schema prefix → folder of models; `only` keeps what the general module does not have. */
const MODULES: readonly { prefix: string; folder: string; only?: readonly string[] }[] = [
  { prefix: 'objects', folder: 'crm/objects' },
  {
    prefix: 'contacts',
    folder: 'crm/contacts',
    only: ['PublicMergeInput', 'PublicGdprDeleteInput'],
  },
  { prefix: 'associations', folder: 'crm/associations/v4' },
  { prefix: 'properties', folder: 'crm/properties' },
  { prefix: 'pipelines', folder: 'crm/pipelines' },
  { prefix: 'owners', folder: 'crm/owners' },
  { prefix: 'actions', folder: 'automation/actions', only: ['CallbackCompletionRequest'] },
];

/** Marked required in the model, yet left out in HubSpot's own published examples. */
const OPTIONAL_ON_THE_WIRE: Readonly<Record<string, readonly string[]>> = {
  'objects.BatchReadInputSimplePublicObjectId': ['propertiesWithHistory'],
};
/** Sent by HubSpot in every error, though the model forgets it. */
const ALSO_ON_THE_WIRE: Readonly<Record<string, Record<string, Schema>>> = {
  ModelError: { status: { type: 'string' } },
};

const require = createRequire(import.meta.url);
const root = rootOf(dirname(fileURLToPath(import.meta.url)));
const target = join(root, 'src/hosts/sandbox/generated/hubspot-schemas.json');

const text = `${JSON.stringify({ $id: 'hubspot', definitions: allDefinitions() }, null, 1)}\n`;
if (process.argv.includes('--check')) {
  const fresh = existsSync(target) && readFileSync(target, 'utf8') === text;
  if (!fresh) console.error('The HubSpot schemas are stale: run "npm run schemas" and commit.');
  process.exitCode = fresh ? 0 : 1;
} else {
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  console.log(`wrote ${target}`);
}

function allDefinitions(): Definitions {
  const all: Definitions = {};
  for (const { prefix, folder, only } of MODULES) {
    const models = join(root, 'node_modules/@hubspot/api-client/lib/codegen', folder, 'models/all');
    const generator = createGenerator({
      path: `${models}.d.ts`,
      type: '*',
      skipTypeCheck: true,
      additionalProperties: false,
      topRef: true,
      jsDoc: 'none',
    });
    const found = generator.createSchema('*').definitions as Definitions;
    for (const [name, schema] of Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (name === 'ObjectSerializer' || (only !== undefined && !only.includes(name))) continue;
      all[`${prefix}.${name}`] = onTheWire(prefix, name, schema, require(models));
    }
  }
  return all;
}

/** Gives fields their wire names (`_from` → `from`) and references their module. */
function onTheWire(prefix: string, name: string, schema: Schema, models: unknown): Schema {
  const wireName = wireNames(models, name);
  const optional = OPTIONAL_ON_THE_WIRE[`${prefix}.${name}`] ?? [];
  const result = qualify(schema, prefix) as Schema;
  if (result.properties === undefined) return result;
  const properties: Record<string, Schema> = {};
  for (const [key, value] of Object.entries(result.properties)) properties[wireName(key)] = value;
  const required = (result.required ?? []).map(wireName).filter((key) => !optional.includes(key));
  return {
    ...result,
    properties: { ...properties, ...ALSO_ON_THE_WIRE[name] },
    ...(required.length === 0 ? {} : { required }),
  };
}

function wireNames(models: unknown, name: string): (key: string) => string {
  const model = (
    models as Record<string, { attributeTypeMap?: { name: string; baseName: string }[] }>
  )[name];
  const names = new Map(model?.attributeTypeMap?.map((field) => [field.name, field.baseName]));
  return (key) => names.get(key) ?? key;
}

function qualify(node: unknown, prefix: string): unknown {
  if (Array.isArray(node)) return node.map((item) => qualify(item, prefix));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string'
        ? value.replace('#/definitions/', `#/definitions/${prefix}.`)
        : qualify(value, prefix),
    ]),
  );
}

function rootOf(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : rootOf(dirname(folder));
}
