/** Schema and types of manifest.json, the one declaration of what Rapport asks for, reads, writes and shows. */
import { z } from 'zod';
import { RECORD_KINDS } from './record.ts';

const scope = z.strictObject({ name: z.string().min(1), reason: z.string().min(10) });

const property = z.strictObject({
  name: z.string().regex(/^rapport_[a-z0-9_]{1,90}$/),
  label: z.string().min(1),
  labelZh: z.string().min(1),
  type: z.enum(['enumeration', 'number', 'string', 'datetime', 'bool']),
  fieldType: z.enum([
    'select',
    'checkbox',
    'booleancheckbox',
    'number',
    'text',
    'textarea',
    'date',
  ]),
  description: z.string().min(1),
  options: z.record(z.string(), z.string()).optional(),
  /** Of the same options; a CRM holds one label each, so these are for our own pages. */
  optionsZh: z.record(z.string(), z.string()).optional(),
  /** Options that are not the manifest's to know: the portal's own articles or topics join the others. */
  optionsFrom: z.enum(['catalogue', 'topics']).optional(),
  /** `on_change`: a change causes a write. `with_others`: written along, never a cause. `never`: people's. */
  writes: z.enum(['on_change', 'with_others', 'never']),
  /** Smallest change of a number that counts as one. */
  minChange: z.number().positive().optional(),
  /** Created and written only where the admin chose it, to spare the account's property limit. */
  optIn: z.boolean().optional(),
});

const EVENTS = [
  'creation',
  'propertyChange',
  'deletion',
  'merge',
  'restore',
  'associationChange',
] as const;

export const manifestSchema = z.strictObject({
  name: z.string().min(1).max(200),
  uid: z.string().regex(/^[\w.-]{1,64}$/),
  description: z.string().min(1).max(8192),
  platformVersion: z.string(),
  /** Where an operator's installation is reached; `npm run manifest` puts it into the HubSpot project. */
  publicOrigin: z.url(),
  support: z.strictObject({
    supportEmail: z.string(),
    documentationUrl: z.url(),
    supportUrl: z.url(),
  }),
  scopes: z.strictObject({
    required: z.array(scope).min(1),
    conditional: z.array(scope),
    optional: z.array(scope),
  }),
  webhooks: z.strictObject({ path: z.string().startsWith('/'), handler: z.string() }),
  objects: z.record(
    z.enum(RECORD_KINDS),
    z.strictObject({ reads: z.array(z.string()).min(1), events: z.array(z.enum(EVENTS)) }),
  ),
  propertyGroup: z.strictObject({ name: z.string(), label: z.string() }),
  properties: z.strictObject({
    contact: z.array(property),
    company: z.array(property),
    deal: z.array(property),
    ticket: z.array(property),
  }),
  cards: z.array(
    z.strictObject({
      uid: z.string(),
      name: z.string(),
      description: z.string(),
      entrypoint: z.string().endsWith('.tsx'),
      location: z.enum(['crm.record.tab', 'crm.record.sidebar', 'crm.preview', 'helpdesk.sidebar']),
      objectTypes: z.array(z.string()).min(1),
    }),
  ),
  settings: z.strictObject({ entrypoint: z.string().endsWith('.tsx') }),
  page: z.strictObject({ entrypoint: z.string().endsWith('.tsx') }),
  /** What workflows may ask; `name` is the last part of the action's URL. */
  workflowActions: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z-]{1,40}$/),
      handler: z.string(),
      label: z.string().min(1),
      description: z.string().min(1),
      card: z.string().min(1),
      objectTypes: z.array(z.string()).min(1),
      inputs: z.array(
        z.strictObject({
          name: z.string(),
          type: z.enum(['string', 'number', 'enumeration']),
          fieldType: z.enum(['text', 'textarea', 'number', 'select']),
          /** The account's own list, which HubSpot asks for: the last part of `/actions/options/…`. */
          list: z.enum(['topics', 'channels', 'segments']).optional(),
          label: z.string(),
          description: z.string(),
          required: z.boolean(),
          values: z.array(z.enum(['STATIC_VALUE', 'OBJECT_PROPERTY'])).min(1),
        }),
      ),
      outputs: z.array(
        z.strictObject({
          name: z.string(),
          type: z.enum(['string', 'number', 'datetime', 'enumeration']),
          label: z.string(),
          options: z.array(z.string()).optional(),
        }),
      ),
    }),
  ),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestProperty = z.infer<typeof property>;
export type WrittenKind = keyof Manifest['properties'];
export const WRITTEN_KINDS = [
  'contact',
  'company',
  'deal',
  'ticket',
] as const satisfies readonly WrittenKind[];

/** The properties an account gets of a kind: the core ones, and the others by choice. */
export const chosenProperties = (
  manifest: Manifest,
  kind: WrittenKind,
  optional: boolean,
): readonly ManifestProperty[] =>
  manifest.properties[kind].filter((p) => optional || p.optIn !== true);
