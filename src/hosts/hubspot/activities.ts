/** Tasks and notes at HubSpot: made on the records they are about, found again, and taken away. */
import type { Client } from '@hubspot/api-client';
import type { ActivityKind, ActivityType, NewActivity } from '../../core/activity.ts';
import { RapportError } from '../../core/errors.ts';
import type { RecordKind } from '../../core/record.ts';
import type { HostSession } from '../../ports/host.ts';
import { OBJECT_TYPES } from './object-types.ts';

type Call = <T>(run: (client: Client) => Promise<T>) => Promise<T>;

const PLURALS: Readonly<Record<ActivityKind, string>> = { task: 'tasks', note: 'notes' };

/** HubSpot's own association types, from a task or a note to the record it stands on. */
const ASSOCIATIONS: Readonly<Record<ActivityKind, Partial<Record<RecordKind, number>>>> = {
  task: { contact: 204, company: 192, deal: 216, ticket: 230 },
  note: { contact: 202, company: 190, deal: 214, ticket: 228 },
};
const TASK_TYPES: Readonly<Record<ActivityType, string>> = {
  call: 'CALL',
  email: 'EMAIL',
  todo: 'TODO',
};
/** What a record has is looked through this far back for one that was already made. */
const LOOKED_AT = 100;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
/** HubSpot shows bodies as HTML; ours are plain lines. */
const toHtml = (lines: string): string => escaped(lines).split('\n').join('<br>');

export function activityProperties(activity: NewActivity): Record<string, string> {
  const { kind, subject, body, at, type, ownerId } = activity;
  const owner = ownerId === null ? {} : { hubspot_owner_id: ownerId };
  const time = { hs_timestamp: at.toISOString(), ...owner };
  return kind === 'task'
    ? {
        ...time,
        hs_task_subject: subject,
        hs_task_body: toHtml(body),
        hs_task_status: 'NOT_STARTED',
        hs_task_type: TASK_TYPES[type],
      }
    : { ...time, hs_note_body: toHtml(`${subject}\n${body}`) };
}

type ActivityCalls = Pick<
  HostSession,
  'createTask' | 'createNote' | 'findActivity' | 'hasActivity' | 'removeActivity'
>;

export function createActivityCalls(call: Call): ActivityCalls {
  const create = async (activity: NewActivity): Promise<string> => {
    const associations = activity.about.flatMap(({ kind, id }) => {
      const associationTypeId = ASSOCIATIONS[activity.kind][kind];
      return associationTypeId === undefined
        ? []
        : [
            {
              to: { id },
              types: [{ associationCategory: 'HUBSPOT_DEFINED' as never, associationTypeId }],
            },
          ];
    });
    const properties = activityProperties(activity);
    const made = await call((c) =>
      c.crm.objects.basicApi.create(PLURALS[activity.kind], { properties, associations }),
    );
    return made.id;
  };
  return {
    createTask: create,
    createNote: create,

    async findActivity(activity) {
      const { kind, about } = activity;
      const [first] = about;
      if (first === undefined) return null;
      const linked = await call((c) =>
        c.crm.associations.v4.batchApi.getPage(OBJECT_TYPES[first.kind].plural, PLURALS[kind], {
          inputs: [{ id: first.id }],
        }),
      );
      const ids = linked.results
        .flatMap((row) => row.to.map((t) => t.toObjectId))
        .sort((a, b) => Number(b) - Number(a))
        .slice(0, LOOKED_AT);
      if (ids.length === 0) return null;
      const wanted = activityProperties(activity);
      const told = kind === 'task' ? 'hs_task_subject' : 'hs_note_body';
      const held = await call((c) =>
        c.crm.objects.batchApi.read(PLURALS[kind], {
          inputs: ids.map((id) => ({ id })),
          properties: [told, 'hs_timestamp'],
          propertiesWithHistory: [],
        }),
      );
      const same = held.results.find(
        ({ properties: p }) =>
          p[told] === wanted[told] && sameTime(p['hs_timestamp'], wanted['hs_timestamp']),
      );
      return same?.id ?? null;
    },

    async hasActivity(id, activity) {
      const wanted = activityProperties(activity);
      const names =
        activity.kind === 'task'
          ? ['hs_task_subject', 'hs_task_body', 'hs_task_status']
          : ['hs_note_body'];
      const held = await call((c) =>
        c.crm.objects.batchApi.read(PLURALS[activity.kind], {
          inputs: [{ id }],
          properties: names,
          propertiesWithHistory: [],
        }),
      );
      const found = held.results[0]?.properties;
      return found !== undefined && names.every((name) => found[name] === wanted[name]);
    },

    async removeActivity(kind, id) {
      try {
        await call((c) => c.crm.objects.basicApi.archive(PLURALS[kind], id).then(() => true));
      } catch (error) {
        if (!(error instanceof RapportError && error.code === 'record_gone')) throw error;
      }
    },
  };
}

/** HubSpot answers ISO times, with or without milliseconds. */
const sameTime = (held: string | null | undefined, wanted: string | undefined): boolean =>
  held != null && wanted !== undefined && Date.parse(held) === Date.parse(wanted);
